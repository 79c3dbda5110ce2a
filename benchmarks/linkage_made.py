"""Lists of invented people with known truth, in any size and with any rate of error.

    python benchmarks/linkage_made.py PERSONS OUT [--profile clean|usual|poor] [--seed N]

Every list has columns and header spellings of its own. Families share surnames and die in one event; events take
from one to forty people. What a profile spoils: spelling, order and dropping of surnames, initials, withheld names,
ages, dates, places. Nothing is copied from any real list; the parts of names are common ones of the region and made-up ones.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

SYLLABLES = ("ka", "mi", "to", "ru", "sel", "pan", "qui", "yo", "wa", "lin", "hua", "cho", "ne", "bar", "ti", "ya", "sa", "lla")  # fmt: skip
REGIONS = ("Altamar", "Brumal", "Cumbre", "Delta", "Espino", "Frontera", "Granito", "Horizonte", "Islote", "Jaral", "Laguna")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """Chances, one for each record. ``cover`` is the chance that a list holds a person."""

    cover: tuple[float, ...] = (0.7, 0.5, 0.4)
    typo: float = 0.08
    drop_surname: float = 0.15
    swap: float = 0.05
    surname_first: float = 0.1
    initials: float = 0.04
    withheld: float = 0.03
    no_age: float = 0.1
    age_off: float = 0.1
    date_off: float = 0.08
    month_only: float = 0.05
    no_place: float = 0.05
    repeated: float = 0.01


PROFILES = {
    "clean": Profile(typo=0.02, drop_surname=0.05, initials=0.0, withheld=0.0, no_age=0.02, age_off=0.02, date_off=0.02),
    "usual": Profile(),
    "poor": Profile(
        typo=0.2, drop_surname=0.3, swap=0.1, initials=0.12, withheld=0.08, no_age=0.3, age_off=0.2, date_off=0.2,
        month_only=0.15, no_place=0.2, repeated=0.03,
    ),
}  # fmt: skip
HEADERS: tuple[Mapping[str, str], ...] = (
    {"id": "rec_id", "name": "nombre y apellidos", "age": "edad", "sex": "sexo", "date": "fecha de los hechos", "region": "departamento", "district": "distrito"},
    {"id": "rec_id", "name": "Name", "age": "Age", "sex": "Gender", "date": "Date of death", "region": "State", "district": "City"},
    {"id": "rec_id", "name": "full_name", "age": "age_printed", "date": "date_printed", "region": "region"},
    {"id": "rec_id", "name": "victima", "age": "años", "sex": "género", "date": "fecha", "district": "municipio", "region": "estado"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    given: tuple[str, ...]
    surnames: tuple[str, str]
    sex: str
    age: int
    day: dt.date
    region: str
    district: str


def people(n: int, rng: random.Random) -> list[Person]:
    """``n`` invented people, killed in events of one to forty, a third of them in families of two or three.

    In four years, or in twenty where there are more than twenty thousand.
    """
    days = 1400 if n <= 20_000 else 7300
    given = {s: _common("given", s, rng) for s in "MF"}
    surnames = _common("surnames", "", rng)
    out: list[Person] = []
    while len(out) < n:
        day = dt.date(2001, 1, 1) + dt.timedelta(days=rng.randrange(days))
        region = rng.choice(REGIONS)
        district = f"{region} {1 + min(int(rng.expovariate(0.15)), 40)}"
        for _ in range(min(40, int(rng.paretovariate(1.1)))):
            family = (_surname(surnames, rng), _surname(surnames, rng))
            for _ in range(rng.choice((1, 1, 1, 1, 2, 2, 3))):
                sex = "M" if rng.random() < 0.75 else "F"
                names = tuple(_zipf(given[sex], rng) for _ in range(rng.choice((1, 2, 2))))
                out.append(Person(names, family, sex, min(95, int(rng.gammavariate(4, 8))), day, region, district))
    return out[:n]


def lists(
    persons: Sequence[Person], profile: Profile, rng: random.Random
) -> tuple[dict[str, list[dict[str, str]]], dict[str, str]]:
    """The rows of each list by its name, and the truth by ``rec_id``."""
    found: dict[str, list[dict[str, str]]] = {}
    truth: dict[str, str] = {}
    for k, cover in enumerate(profile.cover):
        header, rows = HEADERS[k % len(HEADERS)], []
        for number, person in enumerate(persons):
            if rng.random() < cover:
                for _ in range(1 + (rng.random() < profile.repeated)):
                    said = _said(person, profile, rng, k)
                    rows.append({header[field]: said[field] for field in header if field != "id"})
                    rows[-1]["_person"] = str(number)
        rng.shuffle(rows)
        for number, row in enumerate(rows):
            rec_id = f"{chr(97 + k)}{number}"
            truth[rec_id] = row.pop("_person")
            rows[number] = {header["id"]: rec_id} | row
        found[f"list_{chr(97 + k)}"] = rows
    return found, truth


def write(found: Mapping[str, Sequence[Mapping[str, str]]], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in found.items():
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", newline="", encoding="utf-8") as f:
            writer = csv.DictWriter(f, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return paths


def _said(person: Person, profile: Profile, rng: random.Random, k: int) -> dict[str, str]:
    """What one list prints of one person."""
    day = person.day
    if rng.random() < profile.date_off:
        day += dt.timedelta(days=rng.choice((-7, -2, -1, 1, 1, 2, 3)))
    age = person.age + (rng.choice((-10, -2, -1, 1, 2, 10)) if rng.random() < profile.age_off else 0)
    nowhere = rng.random() < profile.no_place
    return {
        "name": _printed(person, profile, rng, k),
        "age": "" if rng.random() < profile.no_age else str(max(0, age)),
        "sex": person.sex,
        "date": f"{day:%Y-%m}" if rng.random() < profile.month_only else day.isoformat(),
        "region": person.region,
        "district": "" if nowhere else person.district,
    }


def _printed(person: Person, profile: Profile, rng: random.Random, k: int) -> str:
    if rng.random() < profile.withheld:
        return rng.choice(("NN", "Sin nombre", "No identificado", "Name withheld"))
    given, surnames = list(person.given), list(person.surnames)
    if rng.random() < profile.initials:
        return ". ".join(w[0] for w in given + surnames) + "."
    if len(given) > 1 and rng.random() < 0.3:
        given = given[:1]
    if rng.random() < profile.swap:
        surnames.reverse()
    if rng.random() < profile.drop_surname:
        surnames = surnames[:1]
    given = [_typo(w, profile.typo, rng) for w in given]
    surnames = [_typo(w, profile.typo, rng) for w in surnames]
    text = " ".join(surnames + given if rng.random() < profile.surname_first else given + surnames)
    return text.upper() if k == 0 else text.title()


def _typo(word: str, chance: float, rng: random.Random) -> str:
    if rng.random() >= chance or len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )


def _common(kind: str, sex: str, rng: random.Random) -> list[str]:
    text = files("willakuy.statements").joinpath("data", "names", f"{kind}.txt").read_text("utf-8")
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split() if w.isalpha()]
    if sex:
        words = [w for w in words if w.endswith("a") == (sex == "F")]
    return words + ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(800)]


def _zipf(words: Sequence[str], rng: random.Random) -> str:
    return words[min(int(len(words) ** rng.random()) - 1, len(words) - 1)]


def _surname(words: Sequence[str], rng: random.Random) -> str:
    return _zipf(words, rng) if rng.random() < 0.8 else "".join(rng.choices(SYLLABLES, k=rng.choice((3, 4))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("persons", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--profile", choices=PROFILES, default="usual")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    found, truth = lists(people(chosen.persons, rng), PROFILES[chosen.profile], rng)
    write(found, chosen.out)
    with (chosen.out / "truth.csv").open("w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([("rec_id", "person_id"), *truth.items()])


if __name__ == "__main__":
    main()
