"""How fast a release is made: invented people in several lists each, their pages written in both languages.

    ./run bench publish              10,000 people, the goal of this benchmark: their pages in under 15 s on one core
    ./run bench publish --people 500

Names are plainly invented (Ejemplo, Ficticio, Imaginario …). Times are of the processor (user and system), so that other
programs do not count; the wall clock stands beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from willakuy.casefile import Case, Settings
from willakuy.publication import publish, verify_release
from willakuy.publication.site import Site
from willakuy.statements.ages import parse_age
from willakuy.statements.dates import PartialDate, parse_date
from willakuy.statements.ids import DocumentId, JudgementId, ScopeId, SourceId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement
from willakuy.statements.names import Name
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Citation, Document, Locator, Source
from willakuy.statements.statement import Coded, Mode, Statement, VictimRecord

GIVEN = (
    "Anacleto",
    "Baldomera",
    "Crisanto",
    "Dorotea",
    "Eleuterio",
    "Filomena",
    "Gumersindo",
    "Hermelinda",
    "Ildefonso",
    "Jacinta",
)
SURNAMES = (
    "Ejemplo",
    "Ficticio",
    "Imaginario",
    "Inventado",
    "Supuesto",
    "Irreal",
    "Ilusorio",
    "Fingido",
    "Simulado",
    "Hipotético",
)
PLACES = (
    ("Juliaca", "PE.21.11.01"),
    ("Huamanga", "PE.05.01"),
    ("Andahuaylas", "PE.03.02"),
    ("Arequipa", "PE.04"),
    ("Lima", "PE.15.01"),
)
N_LISTS = 12


def invented(n_people: int, rng: random.Random) -> Iterator[Any]:
    """Sources, lists, and two to six records of each person, joined by a judgement."""
    for i in range(N_LISTS):
        yield Source(SourceId(f"src_{i:02d}"), f"Fuente inventada {i + 1}", "press", "es")
    for i in range(N_LISTS):
        yield Document(
            DocumentId(f"doc_L{i:02d}"), SourceId(f"src_{i:02d}"), f"Lista inventada {i + 1}",
            address=f"https://example.org/lista/{i}", language="es", published=PartialDate(f"2023-{i % 12 + 1:02d}-15"), is_list=True,
        )  # fmt: skip
    yield Scope(ScopeId("scp_all"), 1, "Todas las muertes", "All deaths", "Personas inventadas.", "Invented people.")
    rows = [0] * N_LISTS
    for person in range(n_people):
        name = f"{rng.choice(GIVEN)} {rng.choice(SURNAMES)} {rng.choice(SURNAMES)} {person}"
        age, day, (place, code) = rng.randint(18, 80), rng.randint(1, 28), rng.choice(PLACES)
        month = rng.randint(1, 12)
        records = []
        for i in sorted(rng.sample(range(N_LISTS), rng.randint(2, 6))):
            rows[i] += 1
            said_age = age + (rng.random() < 0.1)
            record = VictimRecord(
                names=(Name(name),),
                age=parse_age(f"{said_age} años"),
                died=parse_date(f"{day:02d}/{month:02d}/2023" if day > 12 else f"2023-{month:02d}-{day:02d}"),
                place=PlaceSaid(place, Place(code)),
                causes=(Coded("impacto de bala", "firearm"),),
                circumstances=(Coded("enfrentamiento", "clash_or_forces"),),
                printed_no=str(rows[i]),
            )
            statement_id = StatementId(f"stm_L{i:02d}.r{rows[i]}")
            words = f"{rows[i]} | {name} | {said_age} años | {place}"
            yield Statement(
                statement_id,
                record,
                (Citation(DocumentId(f"doc_L{i:02d}"), Locator(row=rows[i])),),
                words,
                mode=Mode.list_row,
            )
            records.append(statement_id)
        same = Identity(IdentityVerdict.same, tuple(records))
        yield Judgement(
            JudgementId(f"jdg_{person}"), same, "coder", "2024-01-01T00:00:00Z", "Mismo nombre, día y lugar."
        )


def timed(what: Callable[[], Any]) -> tuple[Any, float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    out = what()
    return out, time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="willakuy-bench-"))
    try:
        report = run(folder / "case", arguments.people)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(report) if arguments.json else "\n".join(f"{name:32} {value}" for name, value in report.items()))


def run(folder: Path, n_people: int) -> dict[str, Any]:
    counter = iter(range(10**9))

    def entropy(n: int) -> bytes:
        return hashlib.shake_256(str(next(counter)).encode()).digest(n)

    settings = Settings(name="Caso inventado", is_example=True)
    case = Case.create(folder, settings, clock=lambda: "2024-01-01T00:00:00Z", entropy=entropy)
    _, record_s, _ = timed(lambda: case.append(invented(n_people, random.Random(7))))
    pages_s, people_s, n_people_pages = stopwatch()
    release, publish_cpu, publish_wall = timed(lambda: publish(case))
    _, verify_cpu, _ = timed(lambda: verify_release(release.path))
    size = sum(f.stat().st_size for f in release.path.rglob("*") if f.is_file())
    return {
        "people": n_people,
        "statements recorded, s": round(record_s, 2),
        "pages": release.n_pages,
        "all pages, cpu s": round(pages_s[0], 2),
        "pages of people": n_people_pages[0],
        "pages of people, cpu s": round(people_s[0], 2),
        "10,000 pages of people, cpu s": round(people_s[0] / max(n_people_pages[0], 1) * 10_000, 2),
        "whole release, cpu s": round(publish_cpu, 2),
        "whole release, wall s": round(publish_wall, 2),
        "verify, cpu s": round(verify_cpu, 2),
        "release, MB": round(size / 1e6, 1),
    }


def stopwatch() -> tuple[list[float], list[float], list[int]]:
    """Lists that fill up while a release is made: cpu seconds of all pages, of people's pages, and how many of those."""
    from willakuy.publication import writing as room

    all_s, people_s, n = [0.0], [0.0], [0]
    make = room.all_pages
    last = [0.0]

    def all_pages(site: Site) -> Iterator[Any]:
        last[0] = time.process_time()
        for page in make(site):
            yield page
            now = time.process_time()
            all_s[0] += now - last[0]
            if page.template == "person":
                people_s[0] += now - last[0]
                n[0] += 1
            last[0] = now

    room.all_pages = all_pages
    return all_s, people_s, n


if __name__ == "__main__":
    main()
