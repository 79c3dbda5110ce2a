"""The example case without anybody's decisions: what the machine alone proposes, against what people judged."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import combinations

import pytest

from tests.conftest import ROOT
from willakuy.casefile.example import open_example
from willakuy.linkage import link_corpus


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with open_example(tmp_path_factory.mktemp("x") / "case", with_judgements=False) as case:
        corpus = case.corpus()
    return corpus, link_corpus(corpus)


def judged_pairs():
    people = defaultdict(list)
    with (ROOT / "examples" / "peru-2022-2023" / "judgements.csv").open(newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            if row["person_label"]:
                people[row["person_label"]].append(row["record"])
    return {frozenset(pair) for records in people.values() for pair in combinations(records, 2)}


def joined_pairs(result):
    return {frozenset(pair) for person in result.persons for pair in combinations(person.rec_ids, 2)}


def test_no_two_different_people_of_the_example_are_joined(found):
    _, result = found

    wrong = joined_pairs(result) - judged_pairs()

    assert wrong == set()


def test_records_of_one_person_find_one_another(found):
    _, result = found
    judged = judged_pairs()
    spelt_out = {r.rec_id for r in result.records if any(len(t) > 1 for name in r.names for t in name.tokens)}
    by_name = {pair for pair in judged if pair <= spelt_out}

    assert len(by_name & joined_pairs(result)) / len(by_name) >= 0.97
    assert len(judged & joined_pairs(result)) / len(judged) >= 0.9


def test_two_rows_of_one_list_are_never_joined(found):
    corpus, result = found

    for pair in joined_pairs(result):
        a, b = (corpus.statement[record] for record in pair)
        both = corpus.document[a.document_id]
        assert a.document_id != b.document_id or not (both.is_list and both.is_free_of_duplicates)
