from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.ledger import EMPTY_ROOT, inclusion_proof, leaf_hash, node_hash, root_from_inclusion, root_of

# The eight test leaves and nine roots of the Certificate Transparency reference implementation (RFC 6962).
REFERENCE_LEAVES = [
    bytes.fromhex(h)
    for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root_by_definition(leaves):
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(root_by_definition(leaves[:k]), root_by_definition(leaves[k:]))


@pytest.mark.parametrize("n", range(9))
def test_the_reference_roots_come_out(n):
    assert root_of([leaf_hash(data) for data in REFERENCE_LEAVES[:n]]).hex() == REFERENCE_ROOTS[n]


@given(st.integers(0, 70))
def test_the_fast_root_is_the_defined_root(n):
    leaves = [hashlib.sha256(bytes([i])).digest() for i in range(n)]

    assert root_of(leaves) == root_by_definition(leaves)


@given(st.data(), st.integers(1, 70))
def test_a_proof_leads_to_the_root_and_no_other_leaf_does(data, n):
    leaves = [hashlib.sha256(bytes([i])).digest() for i in range(n)]
    i = data.draw(st.integers(0, n - 1))

    proof = inclusion_proof(i, leaves)

    assert root_from_inclusion(leaves[i], i, n, proof) == root_of(leaves)
    assert root_from_inclusion(b"\0" * 32, i, n, proof) != root_of(leaves)
    assert root_from_inclusion(leaves[i], i, n, [*proof, b"\0" * 32]) != root_of(leaves)
