"""The same words printed twice, once in the body and once as a pull quote, are one statement with two mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from willakuy.reading.tokens import fold
from willakuy.reading.values import Proposed

_FEWEST_WORDS = 7
"""Shorter utterances may be said twice by chance."""


def join_repeats(text: str, statements: Sequence[Proposed]) -> list[Proposed]:
    """Keep the fuller mention and hang the other on it; voices must be the same, or one of them unknown."""
    del text
    kept: list[Proposed] = []
    words = [_words(s.quote) for s in statements]
    order = sorted(range(len(statements)), key=lambda i: (-len(words[i]), statements[i].start))
    homes: dict[int, int] = {}
    openings = {i: _opening(words[i]) for i in order if _may_repeat(statements[i], words[i])}
    holding = _holding(words, order, set(openings.values()))
    for i, opening in openings.items():
        for j in holding[opening]:
            if j == i:
                break
            spoken = statements[j].mode in ("direct", "mixed", "reported")
            apart = statements[i].end <= statements[j].start or statements[j].end <= statements[i].start
            if (
                j not in homes
                and spoken
                and apart
                and words[i] in words[j]
                and _one_voice(statements[i], statements[j])
            ):
                homes[i] = j
                break
    mentions: dict[int, list[Proposed]] = {}
    for i, home in homes.items():
        mentions.setdefault(home, []).append(statements[i])
    for j, s in enumerate(statements):
        if j in homes:
            continue
        mine = mentions.get(j, [])
        voice = next((x.voice for x in [s, *mine] if x.voice.name), s.voice)
        kept.append(replace(s, voice=voice, mentions=tuple((x.start, x.end) for x in mine)) if mine else s)
    return kept


def _may_repeat(s: Proposed, words: str) -> bool:
    return s.mode in ("direct", "mixed") and len(words.split()) >= _FEWEST_WORDS


def _opening(words: str) -> tuple[str, ...]:
    return tuple(words.split()[:_FEWEST_WORDS])


def _holding(
    words: Sequence[str], order: Sequence[int], wanted: set[tuple[str, ...]]
) -> dict[tuple[str, ...], list[int]]:
    """For each opening the texts it stands in, in ``order``: only they can hold all that begins so."""
    found: dict[tuple[str, ...], list[int]] = {opening: [] for opening in wanted}
    for j in order:
        said = words[j].split()
        runs = {tuple(said[n : n + _FEWEST_WORDS]) for n in range(len(said) - _FEWEST_WORDS + 1)}
        for run in runs & wanted:
            found[run].append(j)
    return found


def _words(quote: str) -> str:
    """Folded words with single spaces around each, so that a part is found only at word edges."""
    return " " + " ".join("".join(c if c.isalnum() else " " for c in fold(quote)).split()) + " "


def _one_voice(a: Proposed, b: Proposed) -> bool:
    return not a.voice.name or not b.voice.name or a.voice.name == b.voice.name
