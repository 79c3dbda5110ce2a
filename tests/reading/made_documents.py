"""Invented documents with what they say marked in them, and how much of it a reading finds.

A mark is ``{{killed:words}}``: those words are victims of that act. ``{{killed 17-20:words}}`` gives their number too (``7+``: no
upper bound), ``{{by:words}}`` those blamed, ``{{no-killed:words}}`` victims the text does not assert. The marks are taken out
before the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .saying import Said, read

FOLDER = Path(__file__).parent / "made"
_MARK = re.compile(r"\{\{(?P<no>no-)?(?P<what>\w+)(?: (?P<lo>\d+)(?P<more>\+)?(?:-(?P<hi>\d+))?)?:(?P<words>[^}]*)\}\}")
_HARM = {
    "kidnapped": "detained",
    "detained": "detained",
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
}


@dataclass(frozen=True, slots=True)
class Mark:
    what: str
    start: int
    end: int
    words: str
    lo: int | None = None
    hi: int | None = None
    is_asserted: bool = True


@dataclass(slots=True)
class Made:
    name: str
    text: str
    marks: list[Mark]


@dataclass(slots=True)
class Found:
    """``wanted`` and ``found`` by kind (victims, figures, blamed); ``extra`` were read as asserted and are marked by nobody."""

    wanted: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def count(self, kind: str, is_found: bool, words: str) -> None:
        self.wanted[kind] = self.wanted.get(kind, 0) + 1
        self.found[kind] = self.found.get(kind, 0) + is_found
        if not is_found:
            self.missed.append(f"{kind}: {words}")


def made(folder: Path = FOLDER) -> list[Made]:
    return [
        parse(path.name.removesuffix(".txt"), path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())
    ]


def parse(name: str, marked: str) -> Made:
    text, marks, at = "", [], 0
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        lo = int(m["lo"]) if m["lo"] else None
        hi = int(m["hi"]) if m["hi"] else None if m["more"] else lo
        marks.append(Mark(m["what"], len(text), len(text) + len(m["words"]), m["words"], lo, hi, not m["no"]))
        text += m["words"]
        at = m.end()
    return Made(name, text + marked[at:], marks)


def score(document: Made, statements: list[Said] | None = None) -> Found:
    statements = read(document.text) if statements is None else statements
    victims = [v for s in statements for v in s["victims"] if v["polarity"] == "asserted"]
    figures = [f for s in statements for f in s["figures"] if f["polarity"] == "asserted"]
    blamed = [(p["start"], p["end"]) for s in statements for p in s["perpetrators"]]
    blamed += [(b["start"], b["end"]) for v in victims for b in v["blamed"]]
    counts = [(f["start"], f["end"], f["unit"], f["lo"], f["hi"]) for f in figures]
    counts += [(v["start"], v["end"], v["harm"], v["count"]["lo"], v["count"]["hi"]) for v in victims]
    found, used = Found(), set()
    for m in (m for m in document.marks if m.is_asserted):
        if m.what == "by":
            found.count("blamed", any(a < m.end and m.start < b for a, b in blamed), m.words)
            continue
        hits = [v for v in victims if (v["start"] < m.end and m.start < v["end"]) or _points_to(v, m)]
        used |= {(v["start"], v["end"]) for v in hits}
        harm = _HARM.get(m.what)
        right = [v for v in hits if (v["harm"] == harm if harm else v["act"] == m.what)]
        if m.lo is None or m.what not in _HARM:
            found.count("victims", bool(right), m.words)
            continue
        at = [c for c in counts if c[0] < m.end and m.start < c[1] and c[2] == harm]
        used |= {(c[0], c[1]) for c in at}
        found.count("figures", any(c[3] == m.lo and c[4] == m.hi for c in at), f"{m.words} {m.lo}–{m.hi} read {at}")
    found.extra = [f"{v['act']} {v['text']}" for v in victims if (v["start"], v["end"]) not in used]
    no_blame = [m for m in document.marks if m.what == "by"]
    found.extra += [
        f"blamed {document.text[a:b]}"
        for a, b in dict.fromkeys(blamed)
        if not any(m.is_asserted and a < m.end and m.start < b for m in no_blame)
    ]
    return found


def _points_to(victim: Said, mark: Mark) -> bool:
    """A pronoun that stands for whom the mark names."""
    return victim["basis"] == "pronoun" and (victim["name"] in mark.words or mark.words in victim["name"])


def totals(founds: list[Found]) -> Iterator[tuple[str, int, int]]:
    """``(kind, found, wanted)`` over documents."""
    for kind in ("victims", "figures", "blamed"):
        yield kind, sum(f.found.get(kind, 0) for f in founds), sum(f.wanted.get(kind, 0) for f in founds)
