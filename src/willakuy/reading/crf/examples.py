"""Annotated text: who is said to have said what, as spans; and the labels of its tokens that a model learns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from willakuy.reading.crf.errors import ExamplesNotRead
from willakuy.reading.tokens import Token

Span = tuple[int, int]
CONTENT, SOURCE, CUE, OUT = "C", "S", "Q", "O"


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution. ``content`` may be in several pieces; ``source`` and ``cue`` may be missing."""

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text in which every attribution is marked, but for the paragraphs that touch ``unread``: those teach nothing."""

    text: str
    said: tuple[Said, ...]
    name: str = ""
    unread: tuple[Span, ...] = ()


def annotated_in(path: Path) -> list[Annotated]:
    """The annotated texts of a JSON Lines file: ``text`` and ``attributions: [{source, cue, content: [[start, end], …]}]``.

    Offsets are Unicode code points of ``text``, ``[start, end)``.

    Raises:
        ExamplesNotRead: names the line and what is wrong with it.
        OSError: the file cannot be opened.
    """
    found = []
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found.append(_annotated(json.loads(line), f"{path.name}:{n}"))
            except (ValueError, KeyError, TypeError) as e:
                raise ExamplesNotRead(file=path, line=n, reason=f"{type(e).__name__}: {e}") from None
    return found


def _annotated(row: dict[str, Any], name: str) -> Annotated:
    text = row["text"]
    if not isinstance(text, str):
        raise TypeError("text is not a string")
    said = tuple(
        Said(*(tuple(_span(span, text) for span in a.get(part) or ()) for part in ("content", "source", "cue")))
        for a in row["attributions"]
    )
    return Annotated(text, tuple(s for s in said if s.content), str(row.get("id") or name))


def _span(value: Sequence[int], text: str) -> Span:
    start, end = int(value[0]), int(value[1])
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}) is outside the text")
    return start, end


def labels_of(tokens: Sequence[Token], said: Sequence[Said]) -> list[str]:
    """A label for each token: ``B-``/``I-`` with C, S or Q, else O. What is marked first keeps its tokens."""
    labels = [OUT] * len(tokens)
    for kind, pieces in _pieces(said):
        is_open = False
        for i, token in enumerate(tokens):
            if token.start >= pieces[-1][1]:
                break
            inside = any(a <= token.start and token.end <= b for a, b in pieces)
            if inside and labels[i] == OUT:
                labels[i] = f"{'I' if is_open else 'B'}-{kind}"
                is_open = True
            elif any(a <= token.start < b for a, b in pieces) or inside:
                is_open = False
            elif not any(token.start < b for a, b in pieces):
                break
            else:
                is_open = False
    return labels


def _pieces(said: Sequence[Said]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    for s in said:
        for span in s.cue:
            yield CUE, (span,)
        for span in s.source:
            yield SOURCE, (span,)
        for span in s.content:
            yield CONTENT, (span,)


def spans_of(tokens: Sequence[Token], labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """``(kind, first token, token after the last)`` of each labelled run, in order."""
    found: list[tuple[str, int, int]] = []
    kind, start = OUT, 0
    for i, label in enumerate([*labels, OUT]):
        goes_on = label.startswith("I-") and label[2:] == kind
        if kind != OUT and not goes_on:
            found.append((kind, start, i))
        if not goes_on:
            kind, start = (label[2:], i) if label != OUT else (OUT, i)
    return found
