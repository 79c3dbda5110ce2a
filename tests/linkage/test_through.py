"""Pairs that only other records join: in the list of pairs, with the share of samples that says so."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np

from tests.linkage.test_laws import made
from willakuy.linkage import Record, Settings, link_files
from willakuy.linkage.partition import Links
from willakuy.linkage.through import pairs_through_others


def test_a_pair_without_a_link_has_the_share_of_samples_that_join_it():
    records = [Record(name, name) for name in ("a", "b", "c", "d")]
    ends = np.array([[0, 1], [1, 2]], np.int32)  # a-b and b-c are linked; a-c is not
    links = Links(4, ends[:, 0], ends[:, 1], np.array([3.0, 3.0]), np.arange(4, dtype=np.int32))
    samples = np.array([[0, 0, 0, 3], [0, 0, 0, 3], [0, 0, 0, 3], [0, 0, 2, 3]], np.int32)

    (found,) = pairs_through_others(records, links, samples, 0.01)

    assert (found.rec_l, found.rec_r, found.p_same) == ("a", "c", 0.75)
    assert "samples" in found.why
    assert pairs_through_others(records, links, samples, 0.8) == ()


def test_every_pair_of_a_person_is_among_the_pairs(tmp_path):
    rng = random.Random(11)
    found, _ = made.lists(made.people(400, rng), made.PROFILES["poor"], rng)

    result = link_files(made.write(found, tmp_path), settings=Settings(samples=100)).result

    shown = {frozenset((p.rec_l, p.rec_r)) for p in result.pairs}
    assert len(result.records) > 1000 or len(shown) > 0
    assert len(shown) == len(result.pairs)
    for person in result.persons:
        assert {frozenset(pair) for pair in combinations(person.rec_ids, 2)} <= shown
