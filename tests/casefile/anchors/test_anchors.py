"""What others say about when, kept as evidence and checked without asking anyone. The authority here is made up on the spot."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.casefile.sync.devices import Team
from willakuy.casefile import Case, Settings
from willakuy.casefile.anchors import (
    NotAnAnchor,
    OtsNotRead,
    TokenNotValid,
    anchors,
    check_anchor,
    head_to_anchor,
    keep_anchor,
    keep_printed,
    read_ots,
    read_token,
    time_stamp_request,
    trusted_in,
)

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_chain = no
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamp]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
[web]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
"""


class Authority:
    """A root, one below it, and a certificate that stamps; ``openssl ts`` answers requests."""

    def __init__(self, root: Path, purpose: str = "stamp") -> None:
        self.root = root
        root.mkdir()
        (root / "conf").write_text(CONFIG)
        (root / "serial").write_text("01\n")
        for name, above, extensions in (("root", None, "ca"), ("middle", "root", "ca"), ("tsa", "middle", purpose)):
            self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")
            self.openssl("req", "-new", "-key", f"{name}.key", "-subj", f"/CN=Invented {name}", "-out", f"{name}.csr")
            by = (
                ("-CA", f"{above}.pem", "-CAkey", f"{above}.key", "-CAcreateserial")
                if above
                else ("-signkey", f"{name}.key")
            )
            self.openssl("x509", "-req", "-in", f"{name}.csr", *by, "-days", "30", "-sha256", "-extfile", "conf", "-extensions", extensions, "-out", f"{name}.pem")  # fmt: skip
        self.chain = "".join((root / f"{n}.pem").read_text() for n in ("tsa", "root", "middle"))
        (root / "chain.pem").write_text(self.chain)

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.root, check=True, capture_output=True)

    def stamp(self, request: bytes) -> Path:
        (self.root / "q.tsq").write_bytes(request)
        self.openssl("ts", "-reply", "-config", "conf", "-section", "here", "-queryfile", "q.tsq", "-chain", "chain.pem", "-out", "a.tsr")  # fmt: skip
        return self.root / "a.tsr"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command, to play a time-stamping authority")
    return Authority(tmp_path_factory.mktemp("tsa") / "here")


@pytest.fixture
def case(tmp_path: Path, entropy):
    with Case.create(
        tmp_path / "case", Settings(name="Invented"), clock=lambda: "2024-01-01T00:00:00Z", entropy=entropy
    ) as case:
        yield case


def test_a_token_of_an_authority_that_is_trusted_holds_and_is_an_entry(case: Case, authority: Authority):
    answer = authority.stamp(time_stamp_request(case))

    kept = keep_anchor(case, answer)

    trusted = trusted_in([authority.root / "root.pem"])
    assert (kept.kind, kept.size, kept.by) == ("rfc3161", 1, "CN=Invented tsa")
    assert check_anchor(case, kept, trusted) is None
    assert anchors(case) == [kept]


def test_the_request_is_one_that_openssl_reads(case: Case, authority: Authority):
    (authority.root / "own.tsq").write_bytes(time_stamp_request(case))

    said = subprocess.run(["openssl", "ts", "-query", "-in", "own.tsq", "-text"], cwd=authority.root, capture_output=True, text=True, check=True)  # fmt: skip

    assert "Certificate required: yes" in said.stdout


def test_certificates_in_any_order_are_taken(case: Case, authority: Authority):
    """Real authorities send sets that are not sorted; a reader that insists refuses genuine tokens."""
    token = read_token(authority.stamp(time_stamp_request(case)).read_bytes())

    assert len(token.certificates) >= 3


def test_nobody_is_trusted_who_was_not_named(case: Case, authority: Authority, tmp_path: Path):
    kept = keep_anchor(case, authority.stamp(time_stamp_request(case)))
    other = Authority(tmp_path / "other")

    assert check_anchor(case, kept, []) == "no authority you trust stands behind it"
    assert check_anchor(case, kept, trusted_in([other.root / "root.pem"])) is not None


def test_a_certificate_for_web_sites_stamps_nothing(case: Case, authority: Authority):
    token = read_token(authority.stamp(time_stamp_request(case)).read_bytes())
    web = trusted_in([authority.root / "middle.pem"])[0]

    from willakuy.casefile.anchors.rfc3161 import _check_purpose

    with pytest.raises(TokenNotValid, match="not for time stamps"):
        _check_purpose(web)
    _check_purpose(token._certificate())


def test_no_byte_of_a_token_can_change_unnoticed_but_in_what_nothing_rests_on(case: Case, authority: Authority):
    data = authority.stamp(time_stamp_request(case)).read_bytes()
    digest = read_token(data).digest
    trusted = trusted_in([authority.root / "root.pem"])
    whole = read_token(data)
    attributes, signature = whole.signer.items()[3].raw, whole.signer.items()[5].raw
    signed = {
        i for part in (whole.info, attributes, signature) for i in range(data.index(part), data.index(part) + len(part))
    }
    for at in range(0, len(data), 3):
        broken = bytearray(data)
        broken[at] ^= 0x10
        try:
            token = read_token(bytes(broken))
            token.check(digest, trusted)
        except TokenNotValid:
            continue
        assert at not in signed
        assert (token.digest, token.time, token.authority) == (whole.digest, whole.time, whole.authority)


def test_a_token_of_something_else_is_refused_and_nothing_recorded(case: Case, authority: Authority):
    from willakuy.casefile.anchors import request_for

    before = case.n_entries()
    answer = authority.stamp(request_for(hashlib.sha256(b"something else").digest(), 1))

    with pytest.raises(NotAnAnchor):
        keep_anchor(case, answer)

    assert case.n_entries() == before


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"0" * 5000, b"\x00OpenTimestamps"]
)
def test_what_is_no_anchor_is_refused_in_words(case: Case, tmp_path: Path, data: bytes):
    (tmp_path / "x").write_bytes(data)

    with pytest.raises(NotAnAnchor):
        keep_anchor(case, tmp_path / "x")


def ots(digest: bytes, *branches: bytes) -> bytes:
    magic = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"
    return magic + digest + b"".join(b"\xff" + b for b in branches[:-1]) + branches[-1]


PENDING = b"\x00" + bytes.fromhex("83dfe30d2ef90c8e") + b"\x06\x05https"
BITCOIN = b"\x00" + bytes.fromhex("0588960d73d71901") + b"\x03\xe5\x8e\x26"


def test_an_opentimestamps_proof_is_read_to_the_block_it_names():
    digest = hashlib.sha256(b"head").digest()

    proof = read_ots(ots(digest, b"\xf0\x02ab\x08" + PENDING, b"\xf1\x01z\x08\x08" + BITCOIN))

    assert [(a.kind, a.about) for a in proof.attestations] == [("pending", "https"), ("bitcoin", "624485")]
    inner = hashlib.sha256(hashlib.sha256(b"z" + digest).digest()).digest()
    assert proof.attestations[1].message == inner[::-1].hex()
    assert proof.is_complete


@pytest.mark.parametrize(
    "tail", [b"", b"\x08" * 300 + PENDING, b"\xf0\xff\xff\xff\xff\xff\xff\x01a", b"\x99", PENDING + b"x"]
)
def test_a_damaged_or_endless_proof_is_refused(tail: bytes):
    with pytest.raises(OtsNotRead):
        read_ots(ots(bytes(32), tail))


def test_a_proof_over_the_head_is_kept_and_one_over_something_else_is_not(case: Case, tmp_path: Path):
    digest = hashlib.sha256(head_to_anchor(case).encode()).digest()
    (tmp_path / "good.ots").write_bytes(ots(digest, b"\x08" + BITCOIN))
    (tmp_path / "bad.ots").write_bytes(ots(bytes(32), b"\x08" + BITCOIN))

    kept = keep_anchor(case, tmp_path / "good.ots")

    assert (kept.kind, kept.by) == ("ots", "bitcoin 624485")
    assert check_anchor(case, kept, []) is None
    with pytest.raises(NotAnAnchor):
        keep_anchor(case, tmp_path / "bad.ots")


def test_a_head_typed_in_from_a_newspaper_is_kept_with_its_scan(case: Case, tmp_path: Path):
    origin, size, root = head_to_anchor(case).split("\n")[:3]
    (tmp_path / "page.png").write_bytes(b"invented picture")

    kept = keep_printed(case, int(size), root, "Diario Inventado, 1 January 2024", scan=tmp_path / "page.png")

    assert origin.endswith(kept.device)
    assert check_anchor(case, kept, []) is None
    with pytest.raises(NotAnAnchor):
        keep_printed(case, int(size), "A" * 43 + "=", "Diario Inventado")


def test_anchors_travel_to_other_copies_with_what_they_anchor(tmp_path: Path, authority: Authority):
    team = Team(tmp_path)
    team.begin("ana")
    team.join("ana", "berta")
    with team.of("ana") as case:
        keep_anchor(case, authority.stamp(time_stamp_request(case)))

    team.send("ana", "berta")

    with team.of("berta") as case:
        (anchor,) = anchors(case)
        assert check_anchor(case, anchor, trusted_in([authority.root / "root.pem"])) is None
