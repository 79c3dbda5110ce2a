"""The published examples of C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy and tlog-proof, and what must be refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.ledger import (
    Checkpoint,
    LogProof,
    Note,
    NoteNotValid,
    PolicyNotRead,
    SignatureKind,
    SigningKey,
    Verifier,
    leaf_hash,
    open_note,
    parse_policy,
    sign,
    tree_over,
)

EXAMPLE_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
COSIGNED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)

LOG = SigningKey("willakuy/case/aa", bytes(range(32)))
W1, W2, W3 = (SigningKey(f"willakuy/case/w{i}", bytes([i]) * 32).cosigner for i in (1, 2, 3))
ENTRIES = [bytes([i]) * 32 for i in range(70)]
TREE = tree_over(ENTRIES)
HEAD = Checkpoint(LOG.name, 70, TREE.root())
POLICY = f"""# who may be believed
log {LOG.vkey}

witness one {W1.vkey}
\twitness two {W2.vkey}  https://w2.example/
witness three {W3.vkey}
group two-of-three 2 one two three
quorum two-of-three
"""


def cosigned(*witnesses, at=100):
    return str(Note.parse(sign(HEAD, LOG)).with_signatures(w.cosign(HEAD, at) for w in witnesses))


@pytest.mark.parametrize(("note", "vkey"), [(EXAMPLE_NOTE, EXAMPLE_VKEY), (GO_NOTE, GO_VKEY)])
def test_published_notes_verify_under_their_published_keys(note, vkey):
    assert Verifier.of(vkey).times_signed(Note.parse(note)) == (0,)
    assert Verifier.of(vkey).vkey == vkey


@pytest.mark.parametrize("note", [EXAMPLE_NOTE, GO_NOTE, POEM, COSIGNED])
def test_published_notes_are_read_and_written_without_a_byte_of_difference(note):
    assert str(Note.parse(note)) == note


def test_the_text_of_a_note_may_hold_empty_lines():
    assert Note.parse(POEM).text.endswith("sole:\n\ned è subito sera.\n")


def test_the_published_checkpoint_and_its_cosignature_have_their_parts():
    note = Note.parse(COSIGNED)

    assert Checkpoint.parse(note.text).size == 20852163
    assert [s.name for s in note.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert int.from_bytes(note.signatures[1].blob[:8], "big") == 1679315147


@pytest.mark.parametrize("vkey", [GO_VKEY, EXAMPLE_VKEY])
@pytest.mark.parametrize("change", ["one bit of the key", "the name", "the id", "the kind"])
def test_a_key_whose_id_is_not_its_own_is_refused(vkey, change):
    name, key_id, blob = vkey.split("+", 2)
    raw = bytearray(base64.b64decode(blob))
    if change == "one bit of the key":
        raw[9] ^= 1
    if change == "the kind":
        raw[0] = 4
    name = name + "x" if change == "the name" else name
    key_id = "00000000" if change == "the id" else key_id

    with pytest.raises(NoteNotValid):
        Verifier.of(f"{name}+{key_id}+{base64.b64encode(raw).decode()}")


def test_a_checkpoint_under_a_key_of_the_same_name_and_id_but_another_key_is_refused():
    """A key id has 32 bits: another key with the same one can be found. It must gain nothing but a failed check."""
    other = SigningKey(LOG.name, bytes(32))
    forged = Note.parse(sign(HEAD, other))
    collided = str(Note(forged.text, tuple(type(s)(s.name, LOG.verifier.key_id, s.blob) for s in forged.signatures)))

    with pytest.raises(NoteNotValid, match="does not hold"):
        open_note(collided, LOG.vkey)


def test_a_log_signature_counts_even_beside_lines_of_keys_nobody_asked_for():
    stranger = SigningKey("somebody/else", bytes(32)).sign(HEAD.text)
    note = Note.parse(sign(HEAD, LOG))

    assert open_note(str(Note(note.text, (stranger, *note.signatures))), LOG.vkey) == HEAD


def test_a_cosignature_in_place_of_the_logs_own_is_refused():
    cosigner = LOG.cosigner
    note = str(Note(HEAD.text, (cosigner.cosign(HEAD, 5),)))

    with pytest.raises(NoteNotValid):
        open_note(note, LOG.vkey)
    with pytest.raises(NoteNotValid):
        open_note(note, cosigner.vkey)


def test_a_log_signature_dressed_as_a_cosignature_is_refused():
    blob = W1.cosign(HEAD, 5).blob
    plain = SigningKey(W1.name, W1.secret).sign(HEAD.text).blob
    for forged in (blob[:8] + plain, plain, b"", blob[:8]):
        line = type(W1.cosign(HEAD, 5))(W1.name, W1.verifier.key_id, forged or b"x")
        with pytest.raises(NoteNotValid):
            W1.verifier.times_signed(Note(HEAD.text, (line,)))


def test_a_cosignature_is_of_one_time_and_one_head():
    line = W1.cosign(HEAD, 1679315147)
    later = type(line)(line.name, line.key_id, (1679315148).to_bytes(8, "big") + line.blob[8:])

    assert W1.verifier.times_signed(Note(HEAD.text, (line,))) == (1679315147,)
    with pytest.raises(NoteNotValid):
        W1.verifier.times_signed(Note(HEAD.text, (later,)))
    with pytest.raises(NoteNotValid):
        W1.verifier.times_signed(Note(Checkpoint(HEAD.origin, 71, HEAD.root).text, (line,)))


def test_a_device_signs_and_cosigns_with_keys_of_its_own():
    assert LOG.public != LOG.cosigner.verifier.public
    assert LOG.verifier.key_id != LOG.cosigner.verifier.key_id


@given(st.integers(0, 2_000), st.integers(0, 7))
def test_no_bit_of_a_cosigned_checkpoint_can_change(at, bit):
    note = bytearray(cosigned(W1, W2).encode())
    note[at % len(note)] ^= 1 << bit
    policy = parse_policy(POLICY.encode())

    with pytest.raises((NoteNotValid, UnicodeDecodeError)):
        policy.judge(note.decode())


@pytest.mark.parametrize("size", ["012", "+12", " 12", "12 ", "-1", "1_2", "１２", "", "1e3"])
def test_a_size_has_one_spelling(size):
    with pytest.raises(NoteNotValid):
        Checkpoint.parse(f"origin\n{size}\n{base64.b64encode(bytes(32)).decode()}\n")


@pytest.mark.parametrize("root", ["AAAA", "A" * 44, "=" * 44, base64.b64encode(bytes(31)).decode(), "A" * 42 + "B="])
def test_a_root_has_one_spelling(root):
    with pytest.raises(NoteNotValid):
        Checkpoint.parse(f"origin\n1\n{root}\n")


@pytest.mark.parametrize(
    "note",
    ["", "\n", "text\n\n", "text\n\n— name\n", "text\n\n— name AAAA\n", "text\n\n- name AAAAAAAA\n", "a\tb\n\n— n AAAAAAAA\n",
     "text\n\n— a+b AAAAAAAA\n", "text\n\n—  AAAAAAAA\n", "text\n\n— n AAAAAAAA", "text\n\n— n AAAAAAAB\n\n", "text\r\n\n— n AAAAAAAA\n"],
)  # fmt: skip
def test_what_is_no_note_is_refused(note):
    with pytest.raises(NoteNotValid):
        Note.parse(note)


def test_sixteen_signatures_are_read_and_a_flood_is_refused():
    lines = [SigningKey(f"k{i}", bytes([i]) * 32).sign(HEAD.text) for i in range(65)]

    assert len(Note.parse(str(Note(HEAD.text, tuple(lines[:16])))).signatures) == 16
    with pytest.raises(NoteNotValid):
        Note.parse(str(Note(HEAD.text, tuple(lines))))


def test_enough_witnesses_make_a_quorum_and_one_fewer_does_not():
    policy = parse_policy(POLICY.encode())

    assert policy.judge(cosigned(W1, W3)).witnesses == ("one", "three")
    for too_few in (cosigned(), cosigned(W2), cosigned(W2, W2)):
        with pytest.raises(NoteNotValid, match="too few"):
            policy.judge(too_few)


def test_a_cosignature_of_tomorrow_counts_for_nothing():
    policy = parse_policy(POLICY.encode())

    assert policy.judge(cosigned(W1, W2, at=100), now=100)
    with pytest.raises(NoteNotValid, match="too few"):
        policy.judge(cosigned(W1, W2, at=101), now=100)


def test_groups_nest_as_in_the_example_of_the_specification():
    keys = {f"{x}{i}": SigningKey(f"w/{x}{i}", (x * 16).encode() + bytes([i]) * 16).cosigner for x in "XY" for i in (1, 2, 3)}  # fmt: skip
    text = "\n".join(
        [f"log {LOG.vkey}", *(f"witness {n} {k.vkey}" for n, k in keys.items()), "group X-witnesses 2 X1 X2 X3",
         "group Y-witnesses any Y1 Y2 Y3", "group X-and-Y all X-witnesses Y-witnesses", "quorum X-and-Y", ""]
    )  # fmt: skip
    policy = parse_policy(text.encode())

    assert policy.judge(cosigned(keys["X1"], keys["X3"], keys["Y2"]))
    for few in (("X1", "Y1", "Y2"), ("X1", "X2", "X3")):
        with pytest.raises(NoteNotValid):
            policy.judge(cosigned(*(keys[n] for n in few)))


def test_a_policy_may_ask_for_no_witness():
    policy = parse_policy(f"log {LOG.vkey}\nquorum none\n".encode())

    assert policy.judge(cosigned()).checkpoint == HEAD


def test_a_checkpoint_of_an_unknown_log_is_refused():
    other = SigningKey("willakuy/case/bb", bytes(32))
    policy = parse_policy(f"log {other.vkey}\nquorum none\n".encode())

    with pytest.raises(NoteNotValid, match="does not know"):
        policy.judge(cosigned())


A, B = f"witness a {W1.vkey}", f"witness b {W2.vkey}"


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), (f"log {LOG.vkey}\n", 2), ("quorum a\n", 1), ("quorum none\nquorum none\n", 2), (f"log {LOG.cosigner.vkey}\nquorum none\n", 1),
     (f"log {LOG.vkey}\nlog {LOG.vkey}\nquorum none\n", 2), (f"witness a {LOG.vkey}\nquorum a\n", 1), (f"{A}\n{A}\nquorum a\n", 2),
     (f"{A}\nwitness c {W1.vkey}\nquorum a\n", 2), (f"witness none {W1.vkey}\nquorum none\n", 1), ("group g 1 a\nquorum g\n", 1),
     (f"{A}\n{B}\ngroup g 3 a b\nquorum g\n", 3), (f"{A}\n{B}\ngroup g 0 a b\nquorum g\n", 3), (f"{A}\n{B}\ngroup g 01 a b\nquorum g\n", 3),
     (f"{A}\ngroup g all\nquorum g\n", 2), (f"{A}\n{B}\ngroup g 1 a a\nquorum g\n", 3), (f"{A}\n{B}\ngroup g 1 a b\ngroup h 1 a\nquorum g\n", 4),
     (f"{A}\ngroup g any none\nquorum g\n", 2), ("trust everyone\nquorum none\n", 1), ("quorum none\r\n", 1), ("log x+y+z\nquorum none\n", 1),
     (f"{A}\ngroup g ² a\nquorum g\n", 2)],
)  # fmt: skip
def test_a_policy_that_is_not_in_the_format_names_its_line(text, line):
    with pytest.raises(PolicyNotRead) as e:
        parse_policy(text.encode())

    assert e.value.line == line


def proof_of(index: int, **more) -> LogProof:
    return LogProof(index, tuple(TREE.inclusion(index)), cosigned(W1, W2), **more)


@pytest.mark.parametrize("index", [0, 1, 63, 64, 69])
def test_a_proof_in_a_file_shows_an_entry_in_its_log(index):
    proof = LogProof.parse(str(proof_of(index, extra=b"where it came from")))

    assert proof.extra == b"where it came from"
    assert proof.check(ENTRIES[index], parse_policy(POLICY.encode())).checkpoint == HEAD


def test_a_proof_shows_no_other_entry_place_or_root():
    policy = parse_policy(POLICY.encode())
    good = proof_of(5)
    other_head = sign(Checkpoint(LOG.name, 70, b"\0" * 32), LOG)
    quorum_free = parse_policy(f"log {LOG.vkey}\nquorum none\n".encode())

    for proof, entry in (
        (good, ENTRIES[6]),
        (LogProof(6, good.hashes, good.checkpoint), ENTRIES[5]),
        (LogProof(5, good.hashes[:-1], good.checkpoint), ENTRIES[5]),
        (LogProof(5, (*good.hashes, leaf_hash(b"")), good.checkpoint), ENTRIES[5]),
        (LogProof(70, good.hashes, good.checkpoint), ENTRIES[5]),
    ):
        with pytest.raises(NoteNotValid):
            proof.check(entry, policy)
    with pytest.raises(NoteNotValid):
        LogProof(5, good.hashes, other_head).check(ENTRIES[5], quorum_free)


@given(st.integers(0, 5_000), st.integers(0, 7))
def test_no_bit_of_a_proof_can_change(at, bit):
    """Nothing vouches for ``extra``, so there is none here."""
    text = bytearray(str(proof_of(5)).encode())
    text[at % len(text)] ^= 1 << bit

    with pytest.raises((NoteNotValid, UnicodeDecodeError)):
        LogProof.parse(text.decode()).check(ENTRIES[5], parse_policy(POLICY.encode()))


@pytest.mark.parametrize("kind", list(SignatureKind))
def test_both_kinds_of_key_come_back_from_their_text(kind):
    verifier = Verifier("name", bytes(range(32)), kind)

    assert Verifier.of(verifier.vkey) == verifier
