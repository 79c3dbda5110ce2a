"""From lists of names to an estimate that carries the doubt of who is who, through the commands alone."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from tests.casefile.people import row, say
from willakuy.casefile import Case, Settings

FIRST = ["Abel", "Benita", "Ciro", "Delia", "Efrain", "Flora", "Gaspar", "Hilda", "Isidro", "Justa"]
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "zu"]
N = 90


def people():
    """Ninety invented people and who is on which of three lists made apart, each person on each with chance one half."""
    rng = np.random.default_rng(11)
    surnames = ["".join(rng.choice(SYLLABLES, 3)).capitalize() for _ in range(2 * N)]
    names = [f"{FIRST[i % 10]} {surnames[2 * i]} {surnames[2 * i + 1]}" for i in range(N)]
    return names, rng.random((N, 3)) < 0.5, rng


def as_printed(name, rng):
    """Now and then a list leaves out the second surname."""
    return name.rsplit(" ", 1)[0] if rng.random() < 0.2 else name


@pytest.fixture
def lists(tmp_path):
    names, on, rng = people()
    paths = []
    for k, letter in enumerate("abc"):
        rows = [
            (f"{letter}{i}", as_printed(names[i], rng), 18 + i % 60, "2023-01-09") for i in np.flatnonzero(on[:, k])
        ]
        path = tmp_path / f"{letter}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("rec_id", "name", "age", "died"), *rows])
        paths.append(path)
    return paths


def test_lists_are_linked_and_the_estimate_carries_how_they_may_overlap(lists, tmp_path, willakuy):
    linked = willakuy("link", *lists, "--out", tmp_path / "linked", "--samples", 40)
    captures = tmp_path / "linked" / "captures.csv"
    told = willakuy("estimate", captures, "--versions", "sample", "--method", "graphs", "--json")

    assert (linked.code, told.code) == (0, 0)
    found = told.json
    assert found["lists"] == ["a", "b", "c"]
    assert found["estimate"]["lo"] <= N <= found["estimate"]["hi"]
    assert sum(v["weight"] for v in found["versions_mixed"]) == pytest.approx(1, abs=1e-4)
    own = [v["estimate"]["median"] for v in found["versions_mixed"]]
    assert min(own) <= found["estimate"]["median"] <= max(own)


def test_a_case_whose_lists_may_be_compared_is_estimated_over_the_clusterings_linkage_drew(tmp_path, willakuy):
    names, on, rng = people()
    folder = tmp_path / "case"
    with Case.create(folder, Settings(name="Invented")) as case:
        rows = [row(c, int(i), as_printed(names[i], rng), died="2023-01-09")
                for k, c in enumerate("abc") for i in np.flatnonzero(on[:, k])]  # fmt: skip
        say(case, *rows)

    linked = willakuy("link", "--case", folder, "--samples", 6)
    told = willakuy("figures", "--estimate", "everybody", "--case", folder)

    assert (linked.code, told.code) == (0, 0)
    assert "Lista A" in told.out
    assert "In the clusterings linkage drew, these lists name from" in told.out
    assert "Estimated in all" in told.out
    assert "Each version by itself" in told.out
