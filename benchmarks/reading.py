"""How well the rules read: every row of the issue's table, on the data beside the project.

Run: ./run bench reading [ROW …] [--failures] [--json] [--sample N]

Rows whose data is absent are skipped and say so. "in-sample" marks what the rules were written on, "dev" what they were checked on
while they were written, "unseen" the half of a set that was never opened while they were written.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import reading_score as score
from willakuy.reading import language_of, propose, text_layer, to_json
from willakuy.statements.dates import PartialDate, find_dates, parse_date

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
TEXTS = DATA / "extraction"
DOCUMENTS = DATA / "peru-2022-2023" / "documents"
Json = dict[str, Any]


@dataclass
class Row:
    """One line of the table: what was measured, on what, beside what is to be reached."""

    name: str
    on: str
    sample: str
    figures: dict[str, str]
    reach: str = ""
    failures: list[str] = field(default_factory=list)


class Absent(Exception):
    """The data is not on this machine."""


def lines(name: str) -> list[Json]:
    path = TEXTS / name
    if not path.exists():
        raise Absent(f"{path} is not there")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return rows[: SAMPLE[0]] if SAMPLE[0] else rows


SAMPLE = [0]


@cache
def official() -> ModuleType:
    path = TEXTS / "score.py"
    if not path.exists():
        raise Absent(f"{path} is not there")
    spec = importlib.util.spec_from_file_location("official_score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(text: str, published: str | None = None) -> list[Json]:
    """The statements of ``willakuy read --json``, with the cue and frame a scorer needs beside them."""
    if not text.strip():
        return []
    reading = propose(text_layer(text.encode(), "text", "text/plain"), published=_day(published))
    assert reading.layer.text == text, "the text layer changed the text"
    found: list[Json] = to_json(reading)["statements"]
    return found


def _day(words: str | None) -> PartialDate | None:
    return parse_date(words[:10]).value if words else None


# --- rows ---


def founding_article() -> Iterator[Row]:
    path = DATA / "founding-article.txt"
    if not path.exists():
        raise Absent(f"{path} is not there")
    gold = json.loads((TEXTS / "seed_gold.json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    got = score.founding(gold, text, read(text))
    parts = {k: v for k, v in got.items() if isinstance(v, score.Tally)}
    told = {k: f"{t.found}/{t.wanted}" for k, t in parts.items()} | {"extra": str(got["spurious"])}
    failures = [line for t in parts.values() for line in t.failures]
    yield Row("founding article", "15 statements", "in-sample", told, "15/15 15/15 15/15 2/2, extra ≤ 3", failures)


def polnear() -> Iterator[Row]:
    gold = lines("polnear_dev.jsonl")
    pred = [{"id": d["id"], "attributions": score.as_attributions(read(d["text"]))} for d in gold]
    for half, keep in (("dev, first half", 0), ("dev, second half", 1)):
        some = [d for i, d in enumerate(gold) if i % 2 == keep]
        for direct in (False, True):
            out = official().attributions(some, pred, 0.5, direct)
            told = {k: _of(v) for k, v in out.items() if k in ("attribution@0.5", "source_accuracy", "direct+source")}
            kind = "direct" if direct else "all"
            failures = _worst_attributions(some, pred, direct)
            sample = "dev" if keep == 0 else "dev, unopened half"
            yield Row(f"PolNeAR {kind}", half, sample, told, "82 (88)" if direct else "58 (62)", failures)
    for direct in (False, True):
        out = official().attributions(gold, pred, 0.5, direct)
        told = {k: _of(v) for k, v in out.items()}
        yield Row(
            f"PolNeAR {'direct' if direct else 'all'}", "dev, whole", "dev", told, "82 (88)" if direct else "58 (62)"
        )


def _worst_attributions(gold: list[Json], pred: list[Json], direct: bool) -> list[str]:
    by_id = {p["id"]: p for p in pred}
    told = []
    for d in gold:
        out = official().attributions([d], [by_id[d["id"]]], 0.5, direct)["attribution@0.5"]
        told.append((out["F"], f"{d['id']}: F {out['F']} (P {out['P']}, R {out['R']}) of {len(d['attributions'])}"))
    return [line for _, line in sorted(told)]


def muc() -> Iterator[Row]:
    gold = lines("muc4_dev.jsonl")
    read_docs = {d["id"]: read(d["text"], (d.get("dateline") or {}).get("date")) for d in gold}
    half = len(gold) // 2
    for name, some, sample in (
        ("TST1", gold[:half], "dev"),
        ("TST2", gold[half:], "dev, unopened half"),
        ("whole", gold, "dev"),
    ):
        told = _casualties(some, read_docs)
        failures = [
            f"{d['id']}: victims F {one['victims']['F']}, perps F {one['perps']['F']}"
            for d in some
            if d["templates"] and (one := _casualties([d], read_docs)) and name == "TST1"
        ]
        yield Row("MUC-4 casualties", f"dev, {name}", sample, _shown(told), "victims 50 (58), perps 40 (52)", failures)
    told = _casualties(gold, read_docs, by_task_rule=True)
    yield Row("MUC-4, by its own relevance rule", "dev, whole", "dev", _shown(told), "victims 50 (58)")
    yield _muc_dates(gold)


_ARMED = re.compile(
    r"\b(?:soldiers?|guerrillas?|rebels?|troops?|terrorists?|subversives?|traffickers?|insurgents?|extremists?|patrol|brigade|battalion|kidnappers?|combatants?)\b"
)


def _casualties(gold: list[Json], read_docs: dict[str, list[Json]], *, by_task_rule: bool = False) -> Json:
    """Victims and those blamed. MUC-4 leaves out fighters hurt in combat and arrests by the State: ``by_task_rule``."""
    victims, blames = [], []
    for d in gold:
        statements = read_docs[d["id"]]
        found = score.as_casualties(statements)
        if by_task_rule:
            arrested = {v["start"] for s in statements for v in s["victims"] if v["act"] in ("detained", "arrested")}
            found = [
                x
                for x in found
                if not _ARMED.search(d["text"][slice(*x["victim"])].lower()) and x["victim"][0] not in arrested
            ]
        victims.append({"id": d["id"], "casualties": found})
        blames.append({"id": d["id"], "casualties": score.as_blames(statements)})
    out: Json = official().casualties(gold, victims)
    out["perps"] = official().casualties(gold, blames)["perps"]
    return out


def _shown(out: Json) -> dict[str, str]:
    return {k: _of(v) for k, v in out.items()}


def _muc_dates(gold: list[Json]) -> Row:
    """The exact gold day is among the days read in the text, the dateline's own included."""
    tally = score.Tally()
    for d in gold:
        dateline = (d.get("dateline") or {}).get("date")
        days = {s.value.edtf for _, _, s in find_dates(d["text"], against=_day(dateline)) if s.value} | {dateline}
        for t in d["templates"]:
            date = t.get("date") or {}
            if date.get("kind") != "on" or not date.get("from"):
                continue
            tally.wanted += 1
            tally.found += date["from"] in days
            if date["from"] not in days:
                tally.miss(f"{d['id']} gold {date['from']}")
    return Row(
        "dates: MUC-4 exact day reachable",
        "dev",
        "dev; dates not annotated by us",
        {"right": _share(tally)},
        "95 % (98)",
        tally.failures,
    )


def spanish() -> Iterator[Row]:
    gold = lines("es_globalvoices_gold_dev.jsonl")
    got = {d["id"]: read(d["text"]) for d in gold}
    seen, counted = score.spanish_events(gold, got)
    yield Row(
        "Spanish sentences: victims",
        f"{len(gold)} sentences",
        "in-sample",
        {"found": _share(seen), "right count": _share(counted)},
        "60 % (80)",
        seen.failures + counted.failures,
    )
    pred = [{"id": i, "attributions": score.as_attributions(r)} for i, r in got.items()]
    out = official().attributions(gold, pred)
    yield Row(
        "Spanish sentences: attribution",
        f"{len(gold)} sentences",
        "in-sample",
        {k: _of(v) for k, v in out.items()},
        "85 (90)",
        _worst_attributions(gold, pred, False),
    )


def peru() -> Iterator[Row]:
    if not DOCUMENTS.is_dir():
        raise Absent(f"{DOCUMENTS} is not there")
    figures, people, days = score.Tally(), score.Tally(), score.Tally()
    for path in sorted(DOCUMENTS.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        layer = text_layer(path.with_name(gold["file"]))
        as_of = max((g.get("as_of") or "" for g in gold["figures"]), default="")
        reading = propose(layer, published=layer.published or _day(as_of or None))
        statements = to_json(reading)["statements"]
        days_read = {(a, b): s.value.edtf for a, b, s in find_dates(layer.text, against=reading.published) if s.value}

        def at(span: score.Span, days_read: dict[tuple[int, int], str] = days_read) -> str | None:
            return next((v for k, v in days_read.items() if score.overlap(k, span)), None)

        for tally, one in (
            (figures, score.figures(gold, statements, gold["doc_id"])),
            (people, score.persons(gold, statements, gold["doc_id"])),
            (days, score.dated(gold["dates"], statements, gold["doc_id"], at)),
        ):
            tally.found += one.found
            tally.wanted += one.wanted
            tally.failures += one.failures
    for what, tally, reach in (
        ("figures", figures, "60 % (80)"),
        ("victims by name, with age", people, "60 % (80)"),
        ("dates", days, "95 % (98)"),
    ):
        yield Row(
            f"Peru documents: {what}", "6 documents", "in-sample", {"right": _share(tally)}, reach, tally.failures
        )


def dates() -> Iterator[Row]:
    rows = lines("dates_sheet_en_es.jsonl")
    for name, some in (
        ("English", [r for r in rows if r["lang"] == "en" and r["span"]]),
        ("Spanish", [r for r in rows if r["lang"] == "es" and r["span"]]),
    ):
        tally = score.Tally()
        for r in some:
            tally.wanted += 1
            got = [
                s.value.edtf
                for a, b, s in find_dates(r["text"], against=_day(r["reference"]))
                if s.value and score.overlap((a, b), r["span"])
            ]
            ok = any(_accepts(r["accept"], x) for x in got)
            tally.found += ok
            if not ok:
                tally.miss(f"{r['text']} gold {r['accept']}, read {got}")
        yield Row(
            f"dates: {name} sheet",
            f"{len(some)} sentences",
            "in-sample; the sheet came with the data",
            {"right": _share(tally)},
            "95 % (98)",
            tally.failures,
        )
    traps = [r for r in rows if not r["span"]]
    sprung = [
        f"{r['text']} read {found}"
        for r in traps
        if (found := [s.words for _, _, s in find_dates(r["text"], against=_day(r["reference"]))])
    ]
    yield Row(
        "dates: traps sprung",
        f"{len(traps)} sentences",
        "in-sample",
        {"sprung": f"{len(sprung)}/{len(traps)}"},
        "≤ 1 (0)",
        sprung,
    )


def _accepts(accept: list[str], edtf: str) -> bool:
    """ "About" is no other day; an interval of a week or a weekend is right when it opens on an accepted day."""
    return edtf.rstrip("~?%").split("/")[0] in accept


VIOLATIONS = {
    "killed": "killing",
    "detained": "arbitrary detention",
    "kidnapped": "kidnapping",
    "missing": "enforced disappearance",
    "tortured": "torture",
}


def hrds() -> Iterator[Row]:
    """Harms read in an article against its violation types; the label "other" and "unknown" are nobody's reading."""
    for name, sample in (("hrdsattack_dev.jsonl", "dev"),):
        rows = []
        victims = score.Tally()
        for d in lines(name):
            statements = read(d["text"], d["publish_date"])
            got = {VIOLATIONS[h] for s in statements for h in harms_of(s) if h in VIOLATIONS}
            rows.append((str(d["id"]), set(d["annotation"]["violation_types"]) & set(VIOLATIONS.values()), got))
            for v in d["annotation"]["victims"]:
                if not v.get("spans"):
                    continue
                victims.wanted += 1
                hit = any(
                    score.overlap(s, (x["start"], x["end"]))
                    for s in v["spans"]
                    for st in statements
                    for x in st["victims"]
                )
                victims.found += hit
        tally = score.labels(rows)
        each = {v: f"{score.labels(rows, v).f:.1f}" for v in VIOLATIONS.values()}
        yield Row(
            "HRDsAttack violations",
            f"{len(rows)} articles",
            sample,
            {"P": f"{tally.precision:.1f}", "R": f"{tally.recall:.1f}", "F": f"{tally.f:.1f}", **each},
            "72 (75)",
            tally.failures,
        )
        yield Row("HRDsAttack named victims found", f"{len(rows)} articles", sample, {"recall": _share(victims)})


def harms_of(statement: Json) -> set[str]:
    """The acts the statement says happened, those of its victims included."""
    asserted = {v["act"] for v in statement["victims"] if v["polarity"] == "asserted"}
    return {a["act"] for a in statement["acts"]} | asserted


def police() -> Iterator[Row]:
    """Sentences where the police kill or arrest, by the statements that touch them."""
    docs = lines("indiapoliceevents_half0.jsonl")
    for label in ("KILL", "ARREST"):
        for half, sample in ((0, "dev"), (1, "dev, unopened half")):
            rows = []
            for d in [d for i, d in enumerate(docs) if i % 2 == half]:
                spans = _police_acts(d["text"], _read_once(d["text"]), label)
                for k, sentence in enumerate(d["sentences"]):
                    got = any(score.overlap((sentence["start"], sentence["end"]), s) for s in spans)
                    rows.append((f"{d['id']}.{k}", {label} & set(sentence["labels"]), {label} if got else set()))
            tally = score.labels(rows)
            yield Row(
                f"IndiaPoliceEvents {label}",
                f"half {half + 1} of half 0",
                sample,
                {"P": f"{tally.precision:.1f}", "R": f"{tally.recall:.1f}", "F": f"{tally.f:.1f}"},
                "76 KILL, 78 ARREST",
                tally.failures,
            )


def _police_acts(text: str, statements: list[Json], label: str) -> list[tuple[int, int]]:
    """Where somebody is detained (by whoever the police are), or killed by police named in the same act."""
    if label == "ARREST":
        return [(a["start"], a["end"]) for s in statements for a in s["acts"] if a["act"] in ("detained", "arrested")]
    return [
        (v["start"], v["end"])
        for s in statements
        for v in s["victims"]
        if v["harm"] == "killed" and v["polarity"] == "asserted"
        if any(_is_police(text[b["start"] : b["end"]]) for b in v["blamed"])
    ]


@cache
def _read_once(text: str) -> list[Json]:
    return read(text)


def _is_police(words: str) -> bool:
    return any(
        x in words.lower()
        for x in (
            "police",
            "cop",
            "rpf",
            "constable",
            "officer",
            "crpf",
            "inspector",
            "security",
            "force",
            "jawan",
            "army",
        )
    )


def languages() -> Iterator[Row]:
    rows = lines("langid_en_es_quy_aym.jsonl")
    codes = {"quy": "qu", "aym": "ay"}
    for lang in ("en", "es", "quy", "aym"):
        for what, cut in (("sentences", 10_000), ("first 40 characters", 40)):
            tally = score.Tally()
            for r in rows:
                if r["lang"] != lang:
                    continue
                tally.wanted += 1
                got = language_of(r["text"][:cut])
                tally.found += got == codes.get(lang, lang)
                if got != codes.get(lang, lang):
                    tally.miss(f"{got}: {r['text'][:70]}")
            yield Row(f"language {lang}", what, "dev", {"right": _share(tally)}, "98 % (99)", tally.failures)


def speed() -> Iterator[Row]:
    texts = [d["text"] for d in lines("polnear_dev.jsonl")] + [d["text"] for d in lines("muc4_dev.jsonl")]
    start = time.process_time()
    for text in texts:
        propose(text_layer(text.encode(), "text", "text/plain"))
    used = time.process_time() - start
    words = sum(len(t.split()) for t in texts)
    yield Row(
        "speed, rules",
        f"{len(texts)} documents",
        "",
        {"docs/s": f"{len(texts) / used:.0f}", "words/s": f"{words / used:.0f}"},
        "150 (300) docs/s",
    )
    code = (
        "import time,resource;a=time.process_time();from willakuy.reading import propose,text_layer;"
        "b=time.process_time();propose(text_layer(b'Two people died, she said.','t','text/plain'));c=time.process_time();"
        "print(b-a,c-a,resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    yield Row(
        "start",
        "one sentence, fresh process",
        "",
        {
            "import": f"{float(out[0]):.2f} s",
            "to first reading": f"{float(out[1]):.2f} s",
            "RSS": f"{float(out[2]):.0f} MiB",
        },
        "< 0.3 s, < 150 MB",
    )
    yield Row(
        "memory",
        "this whole run",
        "",
        {"RSS": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"},
        "< 150 MB",
    )


ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "founding": founding_article,
    "polnear": polnear,
    "muc": muc,
    "spanish": spanish,
    "peru": peru,
    "dates": dates,
    "hrds": hrds,
    "police": police,
    "languages": languages,
    "speed": speed,
}


def _of(value: Any) -> str:
    return " / ".join(str(x) for x in value.values()) if isinstance(value, dict) else str(value)


def _share(tally: score.Tally) -> str:
    return f"{tally.found}/{tally.wanted} ({tally.recall:.0f} %)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--failures", action="store_true", help="what was missed, document by document")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sample", type=int, default=0, help="only the first N documents of each set")
    asked = parser.parse_args()
    SAMPLE[0] = asked.sample
    table = []
    for name in asked.rows or ROWS:
        try:
            for row in ROWS[name]():
                table.append(row)
                if not asked.json:
                    _say(row, failures=asked.failures)
        except Absent as e:
            print(f"{name}: skipped, {e}", file=sys.stderr)
    if asked.json:
        print(json.dumps([row.__dict__ for row in table], ensure_ascii=False, indent=1))


def _say(row: Row, *, failures: bool) -> None:
    told = "  ".join(f"{k} {v}" for k, v in row.figures.items())
    print(f"{row.name:<34} {row.on:<22} [{row.sample}]\n    {told}    reach: {row.reach or '-'}", flush=True)
    if failures:
        for line in row.failures:
            print(f"      {line}")


if __name__ == "__main__":
    main()
