"""A log as tiles: the layout of C2SP tlog-tiles, and every root and proof that of RFC 6962."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.test_tree import REFERENCE_LEAVES, REFERENCE_ROOTS
from willakuy.ledger import (
    GrowingTree,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    root_from_inclusion,
    root_of,
    root_of_tiles,
    tile_path,
    tiles_of,
    tree_over,
)
from willakuy.ledger.tiles import leaves_of

SIZES = (1, 2, 255, 256, 257, 511, 512, 513, 700, 65_535, 65_536, 65_537, 66_000)


def entries(n: int) -> list[bytes]:
    return [hashlib.sha256(i.to_bytes(4, "big")).digest() for i in range(n)]


@pytest.fixture(scope="module")
def many() -> list[bytes]:
    return entries(SIZES[-1])


@pytest.fixture(scope="module")
def leaves(many: list[bytes]) -> list[bytes]:
    return [leaf_hash(e) for e in many]


def test_paths_are_those_of_the_specification():
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 0, 17) == "tile/entries/000.p/17"


def test_a_log_of_70000_has_the_tiles_the_specification_counts():
    paths = list(tiles_of(70_000))

    level = {n: [p for p in paths if p.startswith(f"tile/{n}/")] for n in range(3)}
    assert [len(level[n]) for n in range(3)] == [274, 2, 1]
    assert (level[0][-1], level[1], level[2]) == (
        "tile/0/273.p/112",
        ["tile/1/000", "tile/1/001.p/17"],
        ["tile/2/000.p/1"],
    )


def test_a_log_of_256_has_a_full_tile_and_one_hash_above_it():
    assert list(tiles_of(256)) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


@pytest.mark.parametrize("n", SIZES)
def test_what_is_handed_out_are_the_tiles_of_that_size_and_nothing_else(many, n):
    put = {}
    growing = GrowingTree(put.__setitem__)
    growing.extend(many[:n])
    growing.hand_out_partial()

    assert sorted(put) == sorted(tiles_of(n))
    assert {len(data) for path, data in put.items() if ".p/" not in path} <= {8192, 8704}


@pytest.mark.parametrize("n", SIZES)
def test_the_root_is_that_of_the_definition(many, leaves, n):
    growing = GrowingTree()
    growing.extend(many[:n])

    assert growing.root() == tree_over(many[:n]).root() == root_of(leaves[:n])


@pytest.mark.parametrize("n", range(1, 9))
def test_the_nine_reference_roots_come_out_of_entries_of_other_lengths_too(n):
    assert root_of([leaf_hash(d) for d in REFERENCE_LEAVES[:n]]).hex() == REFERENCE_ROOTS[n]


@pytest.mark.parametrize("n", [0, 1, 256, 700, 66_000])
def test_a_log_on_disk_leads_to_its_root_and_a_changed_file_is_named(many, n):
    put = {}
    growing = GrowingTree(put.__setitem__)
    growing.extend(many[:n])
    growing.hand_out_partial()

    assert root_of_tiles(n, put.__getitem__) == growing.root()
    for path in list(put)[:: max(1, len(put) // 5)]:
        broken = {**put, path: put[path][:-1] + bytes([put[path][-1] ^ 1])}
        with pytest.raises(ValueError, match="tile/"):
            root_of_tiles(n, broken.__getitem__)


def test_an_empty_log_has_no_tiles_and_the_empty_root():
    assert list(tiles_of(0)) == []
    assert GrowingTree().root().hex() == REFERENCE_ROOTS[0]


@given(st.data())
def test_growing_in_pieces_is_growing_at_once(data):
    cuts = sorted(data.draw(st.lists(st.integers(0, 900), max_size=4)))
    growing, whole = GrowingTree(), GrowingTree()
    for lo, hi in zip([0, *cuts], [*cuts, 900], strict=True):
        growing.extend(entries(900)[lo:hi])
        assert growing.root() == tree_over(entries(hi)).root()
    whole.extend(entries(900))

    assert growing.root() == whole.root()


@given(st.data())
def test_proofs_from_tiles_are_those_of_the_definition(data):
    size = data.draw(st.integers(1, 600))
    index = data.draw(st.integers(0, size - 1))
    held = entries(600)
    leaves = [leaf_hash(e) for e in held]

    proof = tree_over(held).inclusion(index, size)

    assert proof == inclusion_proof(index, leaves[:size])
    assert root_from_inclusion(leaves[index], index, size, proof) == root_of(leaves[:size])


def test_proofs_hold_across_the_border_of_tiles(many, leaves):
    tree = tree_over(many)
    for size in (257, 65_537, 66_000):
        root = tree.root(size)
        for index in (0, 255, 256, size - 1):
            assert root_from_inclusion(leaves[index], index, size, tree.inclusion(index, size)) == root
        for first in (1, 255, 256, 257, size - 1, size):
            assert is_consistent(first, tree.root(first), size, root, tree.consistency(first, size))


@given(st.integers(0, 80), st.integers(0, 80), st.data())
def test_a_log_continues_its_own_beginning_and_nothing_else(a, b, data):
    first, second = sorted((a, b))
    held = entries(80)
    tree, other = tree_over(held), tree_over([b"\xff" * 32, *held[1:]])

    proof = tree.consistency(first, second)

    assert is_consistent(first, tree.root(first), second, tree.root(second), proof)
    if first:
        assert not is_consistent(first, other.root(first), second, tree.root(second), proof)
        assert not is_consistent(first, tree.root(first), second, other.root(second), proof)
        assert not is_consistent(first, tree.root(first), second, tree.root(second), [*proof, b"\0" * 32])
    if proof:
        cut = data.draw(st.integers(0, len(proof) - 1))
        assert not is_consistent(first, tree.root(first), second, tree.root(second), proof[:cut] + proof[cut + 1 :])
        wrong = [b"\0" * 32 if i == cut else h for i, h in enumerate(proof)]
        assert not is_consistent(first, tree.root(first), second, tree.root(second), wrong)


def test_a_longer_first_log_is_never_the_beginning_of_a_shorter():
    assert not is_consistent(2, b"\0" * 32, 1, b"\0" * 32, [])


@pytest.mark.parametrize("bundle", [b"\x00\x20" + b"x" * 31, b"\x00\x21" + b"x" * 32, b"\x01\x20" + b"x" * 32])
def test_a_bundle_of_other_entries_is_refused(bundle):
    with pytest.raises(ValueError, match="32-byte"):
        leaves_of(bundle)
