"""The two engines find the same candidates, so the same persons. Needs Java and ``willakuy[spark]``."""

from __future__ import annotations

import csv
import random
import shutil

import pytest

from tests.linkage.test_relinking import people

GIVEN_UP = "needs Java 17 or newer and pip install 'willakuy[spark]'"


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(("rec_id", "name", "age", "date of death", "province"))
        writer.writerows(rows)
    return path


def row(letter, n, person):
    from datetime import date

    name, age, day, region = person
    return f"{letter}{n}", name, age, date.fromordinal(day).isoformat(), region


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore")
def test_spark_and_duckdb_give_the_same_persons_and_pairs(tmp_path, willakuy):
    pytest.importorskip("pyspark", reason=GIVEN_UP)
    if shutil.which("java") is None:
        pytest.skip(GIVEN_UP)
    rng = random.Random(3)
    everybody = people(1200, seed=5)
    files = [
        write(tmp_path / f"{letter}.csv", [row(letter, n, p) for n, p in enumerate(rng.sample(everybody, 500))])
        for letter in "abc"
    ]

    for engine in ("duckdb", "spark"):
        said = willakuy("link", *files, "--out", tmp_path / engine, "--engine", engine, "--samples", "40")
        assert said.code == 0, said.err

    for name in ("persons.csv", "pairs.csv", "review.csv"):
        assert (tmp_path / "duckdb" / name).read_bytes() == (tmp_path / "spark" / name).read_bytes()
