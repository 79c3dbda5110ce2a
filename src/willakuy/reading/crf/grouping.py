"""From labelled tokens to attributions: which content, source and cue belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.crf.examples import CONTENT, CUE, SOURCE, Said, Span, spans_of
from willakuy.reading.tokens import Token

_APART = 60
"""Tokens between a content and its cue or source beyond which they are not put together."""

_LONGEST_FRAME = 25
OPENING, CLOSING = '“«"', '”»"'


@dataclass(slots=True)
class _Run:
    kind: str
    a: int
    b: int


def grouped(tokens: Sequence[Token], labels: Sequence[str]) -> list[Said]:
    """The attributions of one paragraph. A content split by its own cue and source ("…", she said, "…") is one."""
    runs = [_Run(*found) for found in spans_of(tokens, labels)]
    contents: list[list[_Run]] = []
    for n, run in enumerate(runs):
        if run.kind != CONTENT:
            continue
        if contents and _continues(tokens, runs, contents[-1][-1], n):
            contents[-1].append(run)
        else:
            contents.append([run])
    found = [_said(tokens, runs, pieces) for pieces in contents]
    return [
        s
        for s, pieces in zip(found, contents, strict=True)
        if s.cue or s.source or tokens[pieces[0].a].words in OPENING
    ]


def _continues(tokens: Sequence[Token], runs: Sequence[_Run], before: _Run, n: int) -> bool:
    """Whether the content ``runs[n]`` goes on with ``before``: only their cue and source stand between them.

    ("…," she said, "…") and ("…," she said. "…") are one; a content that brings a cue of its own is another.
    """
    run = runs[n]
    between = tokens[before.b : run.a]
    inner = [r for r in runs if before.b <= r.a and r.b <= run.a]
    if not inner:  # what is reported ends where a quotation begins
        is_near = len(between) <= 2 and not any(t.is_word for t in between)
        return is_near and not (tokens[run.a].words in OPENING and tokens[before.b - 1].words not in CLOSING)
    if sum(r.kind == CUE for r in inner) != 1 or len(between) > _LONGEST_FRAME:
        return False
    closes, opens = tokens[before.b - 1].words in CLOSING, tokens[run.a].words in OPENING
    is_quoted = closes and opens
    if opens and not closes:
        return False
    if between[-1].words in ".!?":
        return is_quoted and not _has_own_cue(tokens, runs, n)
    ends = any(t.words in ".!?" for t in tokens[max(before.a, before.b - 2) : before.b])
    return not ends and (is_quoted or between[-1].words in ",:")


def _has_own_cue(tokens: Sequence[Token], runs: Sequence[_Run], n: int) -> bool:
    """A cue or source right after the content, in its sentence."""
    after = runs[n + 1 :][:1]
    return (
        bool(after)
        and after[0].kind in (CUE, SOURCE)
        and after[0].a - runs[n].b <= 2
        and not any(t.words in ".!?" for t in tokens[runs[n].b - 2 : after[0].a])
    )


def _said(tokens: Sequence[Token], runs: Sequence[_Run], pieces: Sequence[_Run]) -> Said:
    cue = _nearest(runs, pieces, CUE)
    source = _nearest(runs, [*pieces, *([cue] if cue else [])], SOURCE)
    return Said(
        tuple(_chars(tokens, r) for r in pieces),
        (_chars(tokens, source),) if source else (),
        (_chars(tokens, cue),) if cue else (),
    )


def _nearest(runs: Sequence[_Run], beside: Sequence[_Run], kind: str) -> _Run | None:
    def apart(r: _Run) -> int:
        return min(max(r.a - x.b, x.a - r.b, 0) for x in beside)

    near = [(apart(r), -r.a, r) for r in runs if r.kind == kind and apart(r) <= _APART]
    return min(near, key=lambda x: x[:2])[2] if near else None


def _chars(tokens: Sequence[Token], run: _Run) -> Span:
    return tokens[run.a].start, tokens[run.b - 1].end
