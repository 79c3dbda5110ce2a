"""A reading as JSON: what ``willakuy read --json`` prints."""

from __future__ import annotations

from typing import Any

from willakuy.reading.languages import language_in
from willakuy.reading.values import FigureFound, PlaceFound, Proposed, Reading, VictimFound
from willakuy.statements.ids import derived_id


def to_json(reading: Reading) -> dict[str, Any]:
    """``{"document": …, "proposer": …, "doubts": […], "refused": […], "statements": […]}``; offsets are code points of the text layer.

    A statement with several mentions is printed once for each, under one ``id``, so that ``quote`` is always
    ``text[start:end]``; the later ones carry the flag ``repeated``.
    """
    who = reading.proposer
    statements = []
    for s in reading.statements:
        statements += [
            _statement(reading, s, *s_span, is_first=n == 0) for n, s_span in enumerate([(s.start, s.end), *s.mentions])
        ]
    statements.sort(key=lambda row: (row["start"], row["end"]))
    return {
        "document": {
            "sha256": reading.layer.sha256,
            "language": reading.language,
            "published": reading.published.edtf if reading.published else None,
        },
        "proposer": {
            "name": who.name,
            "version": who.version,
            "parameters": who.parameters,
            "model": who.model,
            "model_digest": who.model_digest,
            "prompt_sha256": who.prompt_sha256,
            "seed": who.seed,
        },
        "doubts": list(reading.layer.doubts),
        "refused": [{"words": r.words, "reason": r.reason} for r in reading.refused],
        "statements": statements,
    }


def statement_id(reading: Reading, s: Proposed) -> str:
    """The same document, place, mode and proposer give the same id on every machine.

    A proposer with a model may say something else of the same words tomorrow: what it said is then part of the id, so that
    both are kept and neither is taken for the other.
    """
    made_with = reading.proposer.say()
    return derived_id(
        "statement",
        reading.layer.sha256,
        str(s.start),
        str(s.end),
        s.mode,
        s.kind,
        reading.proposer.name,
        reading.proposer.version,
        *((made_with, repr(s)) if made_with else ()),
    )


def _statement(reading: Reading, s: Proposed, start: int, end: int, *, is_first: bool) -> dict[str, Any]:
    asserted_by = s.voice.name
    return {
        "id": statement_id(reading, s),
        "start": start,
        "end": end,
        "quote": reading.layer.text[start:end],
        "language": language_in(reading.layer, start, end),
        "mode": s.mode,
        "kind": s.kind,
        "speaker": {
            "name": s.voice.name,
            "role": s.voice.role,
            "mention_start": s.voice.start,
            "mention_end": s.voice.end,
            "basis": s.voice.basis,
        },
        "cue": _span(s.cue),
        "frame": _span(s.frame),
        "acts": [{"act": a.act, "start": a.start, "end": a.end} for a in s.acts] if is_first else [],
        "figures": [_figure(f) for f in s.figures] if is_first else [],
        "victims": [_victim(v) for v in s.victims] if is_first else [],
        "perpetrators": [
            {"text": p.text, "start": p.start, "end": p.end, "asserted_by": p.asserted_by or asserted_by}
            for p in s.perpetrators
        ]
        if is_first
        else [],
        "demands": [{"text": d.text, "start": d.start, "end": d.end, "addressee": d.addressee} for d in s.demands]
        if is_first
        else [],
        "dates": [{"text": d.text, "edtf": d.edtf, "start": d.start, "end": d.end} for d in s.dates]
        if is_first
        else [],
        "places": [_place(p) for p in s.places] if is_first else [],
        "confidence": s.p_right,
        "proposer": s.proposer,
        "flags": list(s.flags) if is_first else [*s.flags, "repeated"],
    }


def _span(span: tuple[int, int] | None) -> dict[str, int] | None:
    return {"start": span[0], "end": span[1]} if span else None


def _figure(f: FigureFound) -> dict[str, Any]:
    return {
        "lo": f.quantity.lo,
        "hi": f.quantity.hi,
        "bound": str(f.quantity.bound),
        "unit": f.unit,
        "population": f.population,
        "place": f.place.text if f.place else None,
        "date": f.date.edtf if f.date else None,
        "start": f.start,
        "end": f.end,
        "group": f.group,
        "places_nearby": list(f.places_nearby),
        "polarity": f.polarity,
    }


def _victim(v: VictimFound) -> dict[str, Any]:
    return {
        "text": v.text,
        "start": v.start,
        "end": v.end,
        "kind": v.kind,
        "name": v.name,
        "count": {"lo": v.quantity.lo, "hi": v.quantity.hi, "bound": str(v.quantity.bound)},
        "age": v.age.words if v.age else None,
        "harm": v.harm,
        "act": v.act,
        "blamed": [{"start": a, "end": b} for a, b in v.blamed],
        "role": v.role,
        "place": v.place.text if v.place else None,
        "date": v.date.edtf if v.date else None,
        "polarity": v.polarity,
        "basis": v.basis,
    }


def _place(p: PlaceFound) -> dict[str, Any]:
    return {"text": p.text, "start": p.start, "end": p.end, "code": p.code, "candidates": list(p.candidates)}
