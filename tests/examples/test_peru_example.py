"""The example case is facts about real people: whole, consistent, short, and never the full name of a minor."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "peru-2022-2023"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "peru-2022-2023"
INITIALS = re.compile(r"(?:\w{1,2}\. ?)*\w{1,2}\.?|[A-ZÑ]{2,5}")
PRINTED = (
    "cause_printed",
    "circumstance_printed",
    "blamed_printed",
    "detail_printed",
    "hospital_printed",
    "role_printed",
)
MOST_WORDS = 8

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the lists the example was compiled from are not here")


def rows(name: str, folder: Path = EXAMPLE) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, strict=True))


LISTS = rows("lists.csv")


def victim_rows() -> list[tuple[str, dict[str, str]]]:
    listed = [(f"stm_{r['list_id']}.r{r['row']}", r) for entry in LISTS for r in rows(entry["file"])]
    return listed + [(f"stm_{r['mention_id']}", r) for r in rows("mentions.csv")]


def folded(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+", bare))


def is_under_18(row: dict[str, str]) -> bool:
    said = row["age_printed"].lower()
    number = re.match(r"\d+", said)
    return (number is not None and int(number.group()) < 18) or any(
        w in said for w in ("bebé", "menor", "born", "recién", "adol")
    )


def all_text() -> dict[str, str]:
    return {str(p.relative_to(EXAMPLE)): p.read_text("utf-8") for p in sorted(EXAMPLE.rglob("*")) if p.is_file()}


def test_every_table_is_rectangular_and_every_toml_parses() -> None:
    for path in EXAMPLE.rglob("*.csv"):
        assert all(None not in row and None not in row.values() for row in rows(path.name, path.parent)), path
    for path in EXAMPLE.glob("*.toml"):
        assert tomllib.loads(path.read_text("utf-8")), path


def test_ids_are_unique_and_every_reference_points_to_something() -> None:
    sources = [r["source_id"] for r in rows("sources.csv")]
    claims = rows("claims.csv")
    claim_ids = [r["claim_id"] for r in claims]
    records = [stm for stm, _ in victim_rows()]
    documents = {r["document_id"] for r in LISTS} | {s.replace("src_", "doc_") for s in sources}
    for ids in (sources, claim_ids, records, [r["status_id"] for r in rows("statuses.csv")]):
        assert len(set(ids)) == len(ids)
    known = {*records, *(f"stm_{c}" for c in claim_ids)}

    cited = {r["source_id"] for n in ("lists.csv", "claims.csv", "mentions.csv", "statuses.csv") for r in rows(n)}
    cited |= {i for r in rows("sources.csv") for i in r["derived_from_ids"].split(";") if i}
    targets = {t for r in rows("statuses.csv") for t in r["targets"].split(";")}
    judged = {r["record"] for r in rows("judgements.csv")}
    related = {i for r in claims for f in ("supersedes", "corrects") for i in r[f].split(";") if i}
    counted = {r["counts_rows_of"] for r in claims if r["counts_rows_of"]}

    assert cited <= set(sources)
    assert targets <= known
    assert judged <= set(records)
    assert related <= set(claim_ids)
    assert counted | {r["document_id"] for r in rows("statuses.csv")} <= documents
    assert {f"lists/{p.name}" for p in (EXAMPLE / "lists").iterdir()} == {r["file"] for r in LISTS}


def test_what_a_claim_says_it_corrects_is_also_a_status() -> None:
    targets = {t.removeprefix("stm_") for r in rows("statuses.csv") for t in r["targets"].split(";")}

    related = {i for r in rows("claims.csv") for f in ("supersedes", "corrects") for i in r[f].split(";") if i}

    assert related and related <= targets


def test_every_source_with_a_title_has_an_address_and_criteria_in_30_words() -> None:
    for row in rows("sources.csv"):
        assert bool(row["title"]) == row["url"].startswith(("http://", "https://")), row["source_id"]
        assert 3 <= len(row["criteria"].split()) <= 30, row["source_id"]


def test_whoever_is_printed_as_under_18_has_initials_or_no_name() -> None:
    for stm, row in victim_rows():
        note = row.get("transcriber_note") or row.get("note") or ""
        if is_under_18(row) or "minor reduced to initials" in note:
            name = row["name_printed"]
            assert name.startswith("(") or INITIALS.fullmatch(name), stm


def test_no_printed_cell_is_a_sentence_of_the_source() -> None:
    for stm, row in victim_rows():
        for field in PRINTED:
            for phrase in row.get(field, "").split(";"):
                assert len(phrase.split()) <= MOST_WORDS, (stm, field)


def test_figures_are_kept_as_a_few_words_and_the_bounds_are_in_order() -> None:
    for row in rows("claims.csv"):
        assert len(row["figure_printed"].split()) <= 4, row["claim_id"]
        if row["value_low"] and row["value_high"]:
            assert int(row["value_low"]) <= int(row["value_high"]), row["claim_id"]


def test_source_notes_are_short_marked_and_quote_little() -> None:
    addresses = {r["url"] for r in rows("sources.csv")}
    notes = sorted((EXAMPLE / "notes").glob("*.txt"))
    assert len(notes) >= 4
    for path in notes:
        head, body = path.read_text("utf-8").split("\n\n", 1)
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        assert fields["address"] in addresses
        assert fields["mark"] == f"Compiled by the project from {fields['address']}"
        assert len(body.split()) <= 150
        assert all(len(q.split()) <= 10 for q in re.findall(r"[\"“«]([^\"”»]+)[\"”»]", body))


def test_scopes_are_in_both_languages_with_the_ids_the_case_promises() -> None:
    scopes = tomllib.loads((EXAMPLE / "scopes.toml").read_text("utf-8"))["scope"]

    assert {s["scope_id"] for s in scopes} == {"scp_all", "scp_clashes", "scp_blockades", "scp_forces", "scp_minors"}
    assert all(s[k] for s in scopes for k in ("name_es", "name_en", "rule_es", "rule_en"))


def test_every_row_and_mention_is_judged_once_with_a_reason() -> None:
    judged = rows("judgements.csv")

    assert sorted(r["record"] for r in judged) == sorted(stm for stm, _ in victim_rows())
    assert all(r["reason"] and r["by"] and (r["confidence"] == "unresolved") == (not r["person_label"]) for r in judged)


@needs_shared
def test_no_full_name_of_a_minor_stands_anywhere() -> None:
    minors, adults = _names_of_minors_and_of_others()
    own_words = {w for name in minors for w in folded(name).split() if len(w) > 3}
    own_words -= {w for name in adults for w in folded(name).split()}
    assert len(minors) >= 10 and len(own_words) >= 15

    for where, text in all_text().items():
        words = folded(text)
        assert not [n for n in minors if f" {folded(n)} " in f" {words} "], where
        assert not own_words & set(words.split()), where


def _names_of_minors_and_of_others() -> tuple[set[str], set[str]]:
    """Names printed in the originals: those of people some source or the compiler calls minors, and all others."""
    minor_ids = {r["person_id"] for r in rows("persons.csv", SHARED) if r["minor"] == "yes"}
    minor_names = {r["name_printed"] for r in rows("crosswalk.csv", SHARED) if r["person_id"] in minor_ids}
    originals = [r for path in sorted((SHARED / "lists").glob("*.csv")) for r in rows(path.name, path.parent)]
    originals += rows("mentions.csv", SHARED)
    minors: set[str] = set()
    others: set[str] = set()
    for row in originals:
        name = row["name_printed"]
        if name.startswith("(") or INITIALS.fullmatch(name):
            continue
        is_minor = (
            name in minor_names or is_under_18(row) or "minor" in (row.get("transcriber_note") or row.get("note") or "")
        )
        (minors if is_minor else others).add(name)
    return minors, others


@needs_shared
def test_rows_keep_the_number_order_ages_and_adult_names_of_the_originals() -> None:
    minors, _ = _names_of_minors_and_of_others()
    assert len(LISTS) == 21
    for entry in LISTS:
        (path,) = (SHARED / "lists").glob(f"{entry['list_id']}_*.csv")
        theirs, ours = rows(path.name, path.parent), rows(entry["file"])
        assert [r["row"] for r in ours] == [r["row"] for r in theirs]
        assert [r["printed_no"] for r in ours] == [r["printed_no"] for r in theirs]
        for a, b in zip(ours, theirs, strict=True):
            assert a["age_printed"] == b["age_printed"] or not b["age_printed"]
            if not b["name_printed"].startswith("(") and b["name_printed"] not in minors:
                assert a["name_printed"] == b["name_printed"]
    assert len(rows("claims.csv")) == len(rows("claims.csv", SHARED))
    assert len(rows("mentions.csv")) == len(rows("mentions.csv", SHARED))


@needs_shared
def test_judgements_cover_the_crosswalk_row_for_row() -> None:
    ours = {r["record"]: r for r in rows("judgements.csv")}

    for row in rows("crosswalk.csv", SHARED):
        record = f"stm_{row['list_id']}" + (f".r{row['row']}" if row["kind"] == "list_row" else "")
        assert (ours[record]["person_label"], ours[record]["confidence"]) == (row["person_id"], row["confidence"])
