"""The doubt of linkage, carried to counts and to the tables that estimates are made from."""

from __future__ import annotations

import pytest

from tests.casefile.people import EVERYBODY, row, say
from tests.cli.conftest import willakuy
from willakuy.casefile.deciding import decide, decision_named
from willakuy.casefile.doubt import capture_versions, clusterings_of, doubt_ranges
from willakuy.figures import count
from willakuy.figures.sampled import counted_if
from willakuy.linkage import link_case
from willakuy.linkage.values import Settings

__all__ = ["willakuy"]

NAMES = ["Abel", "Benita", "Ciro", "Delia", "Efrain", "Flora", "Gaspar", "Hilda"]
SURNAMES = ["Ejemplo", "Muestra", "Ficticio", "Inventado", "Supuesto", "Hipotetico", "Figurado", "Imaginado"]


def name_of(i):
    return f"{NAMES[i]} {SURNAMES[i]} {SURNAMES[-1 - i]}"


@pytest.fixture
def linked(case):
    """Three lists that share people; one of them is printed by a first name and a surname that two people have."""
    rows = []
    for letter, seen in (("a", (0, 1, 2, 3, 4)), ("b", (1, 2, 3, 5, 6)), ("c", (2, 3, 4, 6, 7))):
        rows += [row(letter, n, name_of(i), died="2023-01-09") for n, i in enumerate(seen, 1)]
    rows += [row("a", 9, "Abel Ejemplo Otro", died="2023-01-09"), row("b", 9, "A. Ejemplo", died="2023-01-10")]
    say(case, *rows)
    link_case(case, settings=Settings(samples=60))
    return case


def test_the_range_of_a_count_is_that_of_the_counts_under_each_clustering(linked):
    corpus = linked.corpus()
    drawn = clusterings_of(linked, corpus)

    (found,) = doubt_ranges(corpus, [EVERYBODY], drawn)

    counts = sorted(counted_if(corpus, [EVERYBODY], groups)[0].lo for groups in drawn.samples)
    assert counts[0] <= found.lo <= found.hi <= counts[-1]
    assert found.lo < len(corpus.identities.persons)


def test_supposing_who_is_who_changes_nothing_that_is_recorded(linked):
    corpus = linked.corpus()
    before = count(corpus, EVERYBODY)

    doubt_ranges(corpus, [EVERYBODY], clusterings_of(linked, corpus))

    assert count(linked.corpus(), EVERYBODY) == before
    assert linked.corpus().judgements == ()


def test_a_decision_since_makes_the_clusterings_stale_until_linked_again(linked):
    decide(linked, decision_named("same", ("stm_a.r2", "stm_b.r1")), reason="invented")

    assert clusterings_of(linked, linked.corpus()) is None
    link_case(linked, settings=Settings(samples=20))
    assert clusterings_of(linked, linked.corpus()) is not None


def test_the_table_of_an_estimate_has_a_version_for_each_way_the_lists_may_overlap(linked):
    corpus = linked.corpus()
    drawn = clusterings_of(linked, corpus)
    found = capture_versions(corpus, EVERYBODY, drawn)

    assert sum(found.shares) == pytest.approx(1)
    assert len(set(found.tables)) == len(found.tables) > 1
    assert found.lists == ("doc_a", "doc_b", "doc_c")
    assert all(len(pattern) == 3 for rows in found.tables for pattern, _ in rows)


def test_the_command_shows_the_range_apart_from_the_figures_own(linked, willakuy):
    told = willakuy("figures", "--doubt", "--case", linked.folder, "--json").json["figures"][0]

    assert set(told["linkage"]) == {"scope", "low", "high", "level", "clusterings", "run_id"}
    assert told["low"] <= told["high"]
