from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from willakuy.ledger import commitment_of, disclosed, field_commitment, leaf_hash, make_entry, root_of

fields = st.dictionaries(
    st.text("abcdefgh.", min_size=1, max_size=6), st.text(st.characters(exclude_categories=["Cs"])), max_size=20
)


@given(fields)
def test_the_number_of_fields_does_not_show(given_fields):
    entry = make_entry("statement", given_fields, lambda n: b"\x07" * n)

    n = len(entry.leaves)
    assert n >= 8
    assert n & (n - 1) == 0


def test_the_same_words_commit_differently_each_time(entropy):
    first = make_entry("statement", {"name": "Anacleto Ejemplo"}, entropy)
    second = make_entry("statement", {"name": "Anacleto Ejemplo"}, entropy)

    assert commitment_of(first.header) != commitment_of(second.header)


def test_changing_one_letter_changes_the_commitment(entropy):
    entry = make_entry("statement", {"name": "Anacleto Ejemplo", "age": 31}, entropy)
    changed = type(entry)(entry.kind, {**entry.fields, "name": "Anacleto Exemplo"}, entry.salts, entry.decoys)

    assert commitment_of(entry.header) != commitment_of(changed.header)


@given(fields, st.data())
def test_what_is_disclosed_proves_the_entry_without_the_rest(given_fields, data):
    entry = make_entry("statement", given_fields, lambda n: bytes(i % 251 for i in range(n)))
    shown = data.draw(st.sets(st.sampled_from(sorted(given_fields)))) if given_fields else set()

    told = disclosed(entry, shown)

    leaves = dict(told["hidden"])
    leaves |= {i: field_commitment(path, value, bytes.fromhex(salt)).hex() for i, path, value, salt in told["fields"]}
    root = root_of([leaf_hash(bytes.fromhex(leaves[i])) for i in sorted(leaves)])
    assert root.hex() == told["header"]["fields_root"]
    assert {path for _, path, _, _ in told["fields"]} == shown
