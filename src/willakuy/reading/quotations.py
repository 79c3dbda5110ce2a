"""Quotations: where they open and close, nested, unclosed, and over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from willakuy.reading.layers import Block
from willakuy.reading.lexicon.speech import CUES
from willakuy.reading.tokens import fold

_MARK = re.compile('[“”«»"„‟]|(?<![\\w’])‘(?=\\w)|(?<=[\\w.,!?…])’(?!\\w)')
_OPENS, _CLOSES = "“«„‟", "”»"
_DASHED = re.compile(r"[—–―]\s?(?=\S)")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Quotation:
    """``[start, end)`` with its marks. ``is_unclosed`` when the text never closes it."""

    start: int
    end: int
    is_unclosed: bool = False
    is_dashed: bool = False


def quotations(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    """The outermost quotations of the readable blocks, in order.

    A quotation that its paragraph does not close ends with the paragraph, unless the next paragraph opens with a
    mark of its own (the custom for quotations of several paragraphs), or the document never prints another mark:
    then all that follows is quoted, and flagged as unclosed.
    """
    found: list[Quotation] = []
    open_at: int | None = None
    for i, block in enumerate(blocks):
        if open_at is None and (dialogue := _dialogue(text, block)):
            found += dialogue
            continue
        inside, left_open = _in_block(text, block, open_at)
        found += inside
        open_at = None
        if left_open is None:
            continue
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if following and text[following.start] in _OPENS + '"':
            open_at = left_open
        elif not found and following and not _MARK.search(text, block.end):
            found.append(Quotation(left_open, blocks[-1].end, is_unclosed=True))
            break
        else:
            found.append(Quotation(left_open, block.end, is_unclosed=True))
    return found


def _in_block(text: str, block: Block, carried: int | None) -> tuple[list[Quotation], int | None]:
    """Quotations that close in ``block``, and where the one left open began. ``carried`` came from before."""
    found: list[Quotation] = []
    stack: list[tuple[str, int]] = [("“", carried)] if carried is not None else []
    skip_first = carried is not None
    for m in _MARK.finditer(text, block.start, block.end):
        mark, at = m[0], m.start()
        if skip_first and at == block.start:
            continue
        if mark == '"':
            mark = "”" if _is_straight_close(text, at, block, stack) else "“"
        if mark in _OPENS or mark == "‘":
            if mark == "‘" and stack:
                continue
            if len(stack) < 4:
                stack.append((mark, at))
        elif mark == "’":
            if stack and stack[-1][0] == "‘":
                _, start = stack.pop()
                if not stack:
                    found.append(Quotation(start, m.end()))
        elif stack:
            while stack and stack[-1][0] == "‘":
                stack.pop()
            if not stack:
                continue
            _, start = stack.pop()
            if not stack:
                found.append(Quotation(start, m.end()))
    if stack and stack[0][0] == "‘":
        stack = stack[1:]
    return found, stack[0][1] if stack else None


_OPENS_DIALOGUE = re.compile(r"[—―–]\s?(?=[^\W\d_]|[¿¡“\"«])")
_INCISE = re.compile(r"\s[—―–](?P<inside>[^—―–\n]{3,160}?)(?:[—―–](?P<after>[.,:;]?)|[.](?=\s|$)|$)")
_FEWEST_SPOKEN = 3


def _dialogue(text: str, block: Block) -> list[Quotation]:
    """A paragraph opened by a raya: "—No fue un choque —dijo Rosa—. Nos dispararon." speaks twice.

    The aside must hold a verb of speech, or there must be none at all; a line of a list is no dialogue.
    """
    m = _OPENS_DIALOGUE.match(text, block.start, block.end)
    if m is None:
        return []
    asides = [x for x in _INCISE.finditer(text, m.end(), block.end) if _reports(x["inside"])]
    body = text[m.end() : block.end].rstrip()
    spaced = text[m.end() - 1].isspace()
    if not asides and (spaced or not body.endswith((".", "!", "?", "…")) or len(body.split()) < _FEWEST_SPOKEN):
        return []
    found = []
    start = block.start
    for x in asides:
        end = start + len(text[start : x.start()].rstrip())
        if end - start > 1:
            found.append(Quotation(start, end, is_dashed=True))
        start = x.end() + len(text[x.end() : block.end]) - len(text[x.end() : block.end].lstrip())
    rest = text[start : block.end].rstrip()
    if any(c.isalnum() for c in rest):
        found.append(Quotation(start, start + len(rest), is_dashed=True))
    return found


def _reports(inside: str) -> bool:
    return any(fold(word) in CUES for word in re.findall(r"[^\W\d_]+", inside)[:4])


def _is_straight_close(text: str, at: int, block: Block, stack: list[tuple[str, int]]) -> bool:
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    if not stack:
        return False
    if _SPACE.match(before) or before in "([—–¿¡":
        return bool(_SPACE.match(after)) and not _SPACE.match(before)
    return True


def is_a_name_in_quotes(words: str) -> bool:
    """Scare quotes, titles and names: a few words, all of them capitalised, or one alone."""
    bare = re.findall(r"[\w’'-]+", words)
    big = [w for w in bare if len(w) > 3 or w[0].isupper()]
    return len(bare) <= 1 or (len(bare) <= 7 and all(w[0].isupper() for w in big))
