"""A list of 1,000 rows added to a case of 100,000 records: the time of linking it in, against linking everything.

    ./run bench linkage_incremental             100,000 and 1,000
    ./run bench linkage_incremental 10000 100   smaller

Invented people with Andean names, ten lists that each see a part of them, slips in names, ages and days. Both runs use the
same teaching; that their results are equal is checked here too. CPU time of one thread.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from willakuy.linkage.keeping import read_kept, write_kept
from willakuy.linkage.names_tokens import tokens_of
from willakuy.linkage.relinking import relink
from willakuy.linkage.taught import teach
from willakuy.linkage.values import Record, Settings
from willakuy.statements.names import NameKind

N_LISTS = 10
SETTINGS = Settings(may_repeat=frozenset(), samples=200)


def words(rng: random.Random, n: int, endings: tuple[str, ...]) -> list[str]:
    """``n`` invented names that are spoken like names; the first are far commoner when drawn by ``drawn``."""
    syllables = [c + v for c in "ptkmnlrsch" for v in "aeiou"]
    made: dict[str, None] = {}
    while len(made) < n:
        made["".join(rng.choice(syllables) for _ in range(rng.choice((2, 2, 3)))) + rng.choice(endings)] = None
    return list(made)


def drawn(rng: random.Random, names: list[str]) -> str:
    """One of them, by Zipf's law."""
    return names[min(int(len(names) ** rng.random()) - 1, len(names) - 1)]


def people(rng: random.Random, n: int) -> list[tuple[str, int, int, str, str]]:
    given, surnames = words(rng, 400, ("", "o", "a", "io")), words(rng, 1500, ("", "ri", "ni", "lla", "qui"))
    places = [(f"region{r}", f"province{r}-{p}") for r in range(24) for p in range(8)]
    out = []
    for _ in range(n):
        name = " ".join([drawn(rng, given), drawn(rng, given), drawn(rng, surnames), drawn(rng, surnames)])
        day = 724_000 + min(int(rng.expovariate(1 / 1200)), 7000)
        out.append((name, min(95, int(rng.gauss(32, 14)) % 96), day, *rng.choice(places)))
    return out


def listed(rng: random.Random, name: str, seen: list[tuple[str, int, int, str, str]]) -> list[Record]:
    out = []
    for full, age, day, region, province in seen:
        parts = full.split()
        if rng.random() < 0.2:
            parts.pop()
        if rng.random() < 0.1:
            parts = [*parts[2:], *parts[:2]]
        if rng.random() < 0.1:
            parts[0] = parts[0][:1]
        age_ = None if rng.random() < 0.2 else (age + rng.choice((0, 0, 0, 1)),) * 2
        day_ = day + rng.choice((0, 0, 0, 0, 1))
        tokens = tokens_of(" ".join(parts), NameKind.full)
        place = (region, province if rng.random() < 0.7 else "", "", "")
        out.append(Record(f"{name}-{len(out)}", name, (tokens,), age=age_, died=(day_, day_), place=place))
    return out


def timed(work):  # type: ignore[no-untyped-def]
    start = time.process_time()
    value = work()
    return value, time.process_time() - start


def main(n: int = 100_000, added: int = 1_000) -> int:
    rng = random.Random(7)
    each = n // N_LISTS
    everybody = people(rng, int(each * 2.5))
    lists = [listed(rng, f"list{i}", rng.sample(everybody, each)) for i in range(N_LISTS)]
    records = [r for one in lists for r in one]
    more = [*records, *listed(rng, "new", rng.sample(everybody, added))]

    taught, learning_s = timed(lambda: teach(records, SETTINGS))
    print(f"{len(records):,} records: learnt in {learning_s:.1f} s", flush=True)
    first, first_s = timed(lambda: relink(records, taught, settings=SETTINGS))
    print(
        f"  linked from nothing in {first_s:.1f} s: {len(first.kept.left):,} candidate pairs, {first.touched.components[1]:,} groups",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linkage.npz"
        _, writing_s = timed(lambda: write_kept(path, taught, first.kept))
        again, reading_s = timed(lambda: read_kept(path))
        print(
            f"  kept in {path.stat().st_size / 1e6:.0f} MB: written in {writing_s:.1f} s, read in {reading_s:.1f} s",
            flush=True,
        )
    assert again is not None
    incremental, incremental_s = timed(lambda: relink(more, again[0], again[1], settings=SETTINGS))
    new, pairs, groups = incremental.touched.records, incremental.touched.pairs, incremental.touched.components
    print(
        f"{added:,} added: linked in {incremental_s:.1f} s; {new[0]:,} records, {pairs[0]:,} pairs, {groups[0]:,} of {groups[1]:,} groups anew",
        flush=True,
    )
    scratch, scratch_s = timed(lambda: relink(more, again[0], settings=SETTINGS))
    one, other = incremental.result, scratch.result
    equal = one.pairs == other.pairs and one.persons == other.persons and np.array_equal(one.samples, other.samples)
    whole = incremental_s + reading_s + writing_s
    print(f"everything again: {scratch_s:.1f} s; the same result: {'yes' if equal else 'NO'}")
    print(
        f"time of the addition, file included, over that of everything: {whole / scratch_s:.3f} (with learning anew: {whole / (scratch_s + learning_s):.3f})"
    )
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
