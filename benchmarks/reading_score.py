"""Scorers for benchmarks/reading.py: what a reading is compared with, one function for each kind of gold.

Attributions and casualties of MUC-4 are scored by ``score.py``, which stands beside the data; here are the shapes it takes
and everything it does not score. Spans are ``[start, end)`` in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Span = Sequence[int]
Json = dict[str, Any]


@dataclass
class Tally:
    """Found of wanted, and how many were proposed; ``failures`` are one line each."""

    found: int = 0
    wanted: int = 0
    proposed: int = 0
    right: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return 100 * self.found / max(1, self.wanted)

    @property
    def precision(self) -> float:
        return 100 * (self.right or self.found) / max(1, self.proposed)

    @property
    def f(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def miss(self, line: str) -> None:
        self.failures.append(line)


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


# --- the shapes score.py takes ---


def as_attributions(statements: Iterable[Json]) -> list[Json]:
    """The attributed statements of ``read --json``; quotations of one cue are one attribution, as annotators count them."""
    grouped: dict[tuple[object, ...], Json] = {}
    for s in statements:
        if s["mode"] == "narrator" or "repeated" in s["flags"]:
            continue
        who = s["speaker"]
        cue = s.get("cue") or {}
        key = (cue.get("start"),) if cue else (s["start"], s["end"])
        frame = s.get("frame") or s
        a = grouped.setdefault(
            key,
            {
                "source": [[who["mention_start"], who["mention_end"]]] if who["mention_start"] is not None else [],
                "cue": [[cue["start"], cue["end"]]] if cue else [],
                "content": [],
            },
        )
        part = [frame["start"], frame["end"]]
        if part not in a["content"]:
            a["content"].append(part)
    return list(grouped.values())


def as_casualties(statements: Iterable[Json]) -> list[Json]:
    """Victims with harm and count, as score.py takes them."""
    found = []
    for v in (v for s in statements for v in s["victims"] if v["polarity"] == "asserted"):
        c = v["count"]
        count = {"value": c["lo"]} if c["lo"] == c["hi"] or c["hi"] is None else None
        found.append({"victim": [v["start"], v["end"]], "type": v["harm"], "count": count, "perp": None})
    return found


def as_blames(statements: Iterable[Json]) -> list[Json]:
    """Those held responsible, for the figure "perps" alone: score.py hangs each on a victim, here an empty one."""
    return [
        {"victim": [0, 0], "type": None, "count": None, "perp": [p["start"], p["end"]]}
        for s in statements
        for p in s["perpetrators"]
    ]


# --- gold that is ours to score ---


def founding(gold: Json, text: str, statements: Sequence[Json]) -> dict[str, Tally | int]:
    """Must-find statements, exact offsets, speakers, both figures, and what no gold statement explains."""
    found, exact, voices, figures = Tally(), Tally(), Tally(), Tally()
    explained: set[int] = set()
    for g in gold["statements"]:
        hits = [i for i, s in enumerate(statements) if _covers(g["content"], s)]
        explained |= set(hits)
        if not g["must_find"]:
            continue
        for t in (found, exact, voices):
            t.wanted += 1
        if not hits:
            found.miss(f"{g['id']} not found: {g['content_text'][:60]}")
            continue
        found.found += 1
        near = [statements[i] for i in hits]
        if any(_same_words(text, g["content"], (s["start"], s["end"])) for s in near):
            exact.found += 1
        else:
            exact.miss(f"{g['id']} offsets {near[0]['start']}–{near[0]['end']}, gold {g['content']}")
        who = (g["speaker"] or {}).get("canonical")
        named = {s["speaker"]["name"] for s in near}
        if who in named or (who is None and named == {None}) or _unattributed(g, near):
            voices.found += 1
        else:
            voices.miss(f"{g['id']} speaker {named}, gold {who}")
    for g in gold["figures"]:
        figures.wanted += 1
        bound = {"min": "at_least", "exact": "exactly"}[g["bound"]]
        ok = [
            f
            for s in statements
            for f in s["figures"]
            if overlap(g["span"], (f["start"], f["end"])) and f["lo"] == g["value"] and f["bound"] == bound
        ]
        figures.found += bool(ok)
        if not ok:
            figures.miss(f"figure {g['value']} {bound}")
    spurious = [s for i, s in enumerate(statements) if i not in explained and s["mode"] != "narrator"]
    for s in spurious:
        found.miss(f"extra: {s['quote'][:70]}")
    return {"found": found, "exact": exact, "voices": voices, "figures": figures, "spurious": len(spurious)}


def _covers(content: Span, s: Json) -> bool:
    common = min(content[1], s["end"]) - max(content[0], s["start"])
    return common > 0.5 * (content[1] - content[0]) or common > 0.8 * (s["end"] - s["start"])


def _same_words(text: str, a: Span, b: Span) -> bool:
    return _words(text, a) == _words(text, b)


def _words(text: str, span: Span) -> list[str]:
    return re.findall(r"\w+", text[span[0] : span[1]])


def _unattributed(gold: Json, near: Sequence[Json]) -> bool:
    """The gold says that the article names nobody, and the reading says so too."""
    says_none = "no speaker" in gold.get("note", "") or not (gold["speaker"] or {}).get("canonical")
    return says_none and all(s["speaker"]["basis"] == "unattributed" for s in near)


def figures(gold: Json, statements: Sequence[Json], doc: str) -> Tally:
    """A figure counts when the number, its bound and its harm are right at the same words."""
    tally = Tally()
    mine = [f for s in statements for f in s["figures"]]
    mine += [
        {**v, "lo": v["count"]["lo"], "hi": v["count"]["hi"], "bound": v["count"]["bound"], "unit": v["harm"]}
        for s in statements
        for v in s["victims"]
        if v["kind"] in ("group", "unnamed")
    ]
    for g in gold["figures"]:
        unit = {"wounded": "injured"}.get(g["unit"], g["unit"])
        if unit not in ("killed", "injured", "missing", "detained") or "span" not in g or g["low"] is None:
            continue
        span = (g["span"]["start"], g["span"]["end"])
        tally.wanted += 1
        at = [f for f in mine if overlap(span, (f["start"], f["end"]))]
        ok = [f for f in at if f["lo"] == g["low"] and (f["hi"] == g["high"] or g["high"] is None)]
        right = [f for f in ok if f["unit"] == unit]
        tally.found += bool(right)
        if not right:
            got = [(f["lo"], f["hi"], f["unit"]) for f in at]
            tally.miss(f"{doc} {g['id']} “{g['span']['text']}” gold {g['low']}–{g['high']} {unit}, read {got}")
    return tally


def persons(gold: Json, statements: Sequence[Json], doc: str) -> Tally:
    """Named victims found at their place, age right where the gold gives one."""
    tally = Tally()
    victims = [v for s in statements for v in s["victims"]]
    for g in gold["persons"]:
        if "victim" not in g["role"]:
            continue
        tally.wanted += 1
        span = (g["span"]["start"], g["span"]["end"])
        hits = [v for v in victims if overlap(span, (v["start"], v["end"]))]
        ages = {re.sub(r"\D.*", "", str(v["age"])) for v in hits if v["age"]}
        ok = bool(hits) and (not g["age"].isdigit() or g["age"] in ages)
        tally.found += ok
        if not ok:
            tally.miss(f"{doc} {g['id']} {g['span']['text']} age {g['age']}: {[(v['text'], v['age']) for v in hits]}")
    return tally


def dated(gold: Iterable[Json], statements: Sequence[Json], doc: str, at: Callable[[Span], str | None]) -> Tally:
    """Gold days of a document, with a printed or counted value; ``at`` gives the EDTF read at a span."""
    del statements
    tally = Tally()
    for g in gold:
        if not g.get("iso"):
            continue
        tally.wanted += 1
        got = at((g["span"]["start"], g["span"]["end"]))
        ok = got is not None and got.rstrip("~?%") == g["iso"]
        tally.found += ok
        if not ok:
            tally.miss(f"{doc} “{g['span']['text']}” gold {g['iso']}, read {got}")
    return tally


def spanish_events(gold: Sequence[Json], read: dict[str, Sequence[Json]]) -> tuple[Tally, Tally]:
    """Victims of the Spanish sentences overlapped; and with the right count."""
    seen, counted = Tally(), Tally()
    for d in gold:
        victims = [v for s in read[d["id"]] for v in s["victims"]]
        for e in d["events"]:
            if not e.get("victim"):
                continue
            hits = [v for v in victims if overlap(e["victim"], (v["start"], v["end"]))]
            hits = [v for v in hits if v["harm"] == e["type"]] or hits
            seen.wanted += 1
            seen.found += bool(hits)
            words = d["text"][slice(*e["victim"])]
            if not hits:
                seen.miss(f"{d['id']} {e['type']} “{words}”")
            if e["count"] is None:
                continue
            counted.wanted += 1
            ok = any(v["count"]["lo"] == e["count"] for v in hits)
            counted.found += ok
            if not ok:
                counted.miss(f"{d['id']} “{words}” gold {e['count']}, read {[v['count']['lo'] for v in hits]}")
    return seen, counted


def labels(rows: Iterable[tuple[str, set[str], set[str]]], only: str | None = None) -> Tally:
    """Label sets, micro-averaged: ``(id, gold, read)`` each."""
    tally = Tally()
    for name, gold, got in rows:
        if only:
            gold, got = gold & {only}, got & {only}
        tally.found += len(gold & got)
        tally.wanted += len(gold)
        tally.proposed += len(got)
        for missing in sorted(gold - got):
            tally.miss(f"{name} missed {missing}")
        for extra in sorted(got - gold):
            tally.miss(f"{name} extra {extra}")
    return tally
