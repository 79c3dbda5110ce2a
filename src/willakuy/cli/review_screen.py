"""A pair on a terminal of any size, with colour and without: pure functions from values to lines."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

from willakuy.casefile.pairview import Alike, PairView, Piece, Row
from willakuy.i18n import gettext, ngettext

SIGN = {Alike.same: "=", Alike.partly: "~", Alike.differs: "≠", Alike.silent: " "}
_GAP = 2
_LABEL = 11
_NARROW = 60
"""Below this width the two records stand one under the other."""

_BOLD, _FAINT, _MARKED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[1;4;33m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Look:
    """How much room there is, and whether escape sequences may dress the words."""

    width: int = 80
    height: int = 24
    has_colour: bool = True

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if self.has_colour else text

    def faint(self, text: str) -> str:
        return f"{_FAINT}{text}{_PLAIN}" if self.has_colour else text

    def marked(self, text: str) -> str:
        return f"{_MARKED}{text}{_PLAIN}" if self.has_colour else f"‹{text}›"


def look_of(environ: Mapping[str, str], size: os.terminal_size) -> Look:
    """No colour where ``NO_COLOR`` is set (to anything) or the terminal knows none."""
    plain = bool(environ.get("NO_COLOR")) or environ.get("TERM", "") in ("", "dumb")
    return Look(max(30, size.columns), max(8, size.lines), not plain)


def safe(text: str) -> str:
    """Printed words cannot move the cursor, change the colour or turn the line round."""
    return "".join(_harmless(c) for c in text)


def _harmless(c: str) -> str:
    if c in "\n\t":
        return " "
    category = unicodedata.category(c)
    if category == "Cc" or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return "\ufffd"
    return c


def pair_lines(view: PairView, look: Look) -> list[str]:
    """Both records: where they stand, then every field, differing words marked, a sign at the left of each."""
    width = (look.width - 2 - _LABEL - _GAP) // 2
    lines: list[str] = []
    if look.width < _NARROW:
        for k, side in enumerate((view.left, view.right)):
            lines += [look.bold(line) for line in wrapped(f"{side.record_id} · {side.where}", look.width)]
            lines += [look.faint(line) for text in _also(side.also) for line in wrapped(text, look.width)]
            lines += [line for row in view.rows for line in _one_under(row, k, look)]
        return lines
    heads = [[side.record_id, *_also(side.also)] for side in (view.left, view.right)]
    for k in range(max(map(len, heads))):
        cells = [wrapped(head[k], width) if k < len(head) else [""] for head in heads]
        lines += _beside("", "", cells, width, look, dressed=look.bold if k == 0 else look.faint)
    wheres = [_shortened(wrapped(side.where, width), 2) for side in (view.left, view.right)]
    lines[1:1] = _beside("", "", wheres, width, look)
    for row in view.rows:
        cells = [_piece_lines(pieces, width, look) or [look.faint("–")] for pieces in (row.left, row.right)]
        lines += _beside(SIGN[row.agreement], row.label, cells, width, look)
    return lines


def _shortened(lines: list[str], most: int) -> list[str]:
    """The first and the last of too many lines: a title says what it is, its end which row."""
    return lines if len(lines) <= most else [*lines[: most - 1], "… " + lines[-1]]


def _also(also: Sequence[str]) -> list[str]:
    if not also:
        return []
    return [gettext("one person with {records}").format(records=", ".join(also))]


def opinion_lines(view: PairView, look: Look) -> list[str]:
    """What the machine thinks, in words and bits; nothing for a blind coder."""
    lines: list[str] = []
    if view.p_same is not None:
        said = gettext("A machine says: {p:.1%} that these are one person. For (+) and against (-), in bits:")
        lines += [look.bold(line) for line in wrapped(said.format(p=view.p_same), look.width)]
        lines += [line for spoken in view.evidence for line in wrapped(spoken.say(), look.width, indent=8)]
    return lines


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """``text`` in lines of at most ``width`` cells; all but the first are indented."""
    leading = text[: len(text) - len(text.lstrip(" "))]
    lines = _piece_lines((Piece(text, differs=False),), width - len(leading), Look(has_colour=False), indent)
    return [leading + lines[0], *lines[1:]] if lines else [""]


def page(
    header: Sequence[str], body: Sequence[str], footer: Sequence[str], look: Look, top: int
) -> tuple[list[str], int]:
    """One screenful: the header and footer whole, as much of the body as there is room for, from line ``top``.

    Returns the lines and the top used: never past the end.
    """
    room = max(1, look.height - len(header) - len(footer) - 1)
    if len(body) <= room:
        shown, top = list(body), 0
    else:
        top = max(0, min(top, len(body) - (room - 1)))
        shown = list(body[top : top + room - 1])
        left = len(body) - top - len(shown)
        shown.append(look.faint(_more(left)))
    return [*header, *shown, *[""] * (room - len(shown)), *footer], top


def _more(n: int) -> str:
    if n == 0:
        return gettext("  ↑ the beginning is above")
    return ngettext("  ↓ {n} more line below", "  ↓ {n} more lines below", n).format(n=n)


def ruled(look: Look) -> str:
    return look.faint("─" * look.width)


def _one_under(row: Row, k: int, look: Look) -> list[str]:
    cells = _piece_lines((row.left, row.right)[k], look.width - 2 - _LABEL, look)
    return [
        f"{SIGN[row.agreement] if i == 0 else ' '} {_padded(row.label if i == 0 else '', _LABEL)}{cell}"
        for i, cell in enumerate(cells)
    ]


def _beside(
    sign: str, label: str, cells: Sequence[Sequence[str]], width: int, look: Look, dressed: object = None
) -> list[str]:
    labels = wrapped(label, _LABEL - 1) if label else [""]
    lines = []
    for i in range(max(len(labels), *(len(cell) for cell in cells))):
        left, right = (cell[i] if i < len(cell) else "" for cell in cells)
        left = _padded(left, width)
        if callable(dressed):
            left, right = dressed(left), dressed(right)
        head = f"{sign if i == 0 else '':1} {_padded(labels[i] if i < len(labels) else '', _LABEL)}"
        lines.append(f"{head}{left}{' ' * _GAP}{right}".rstrip())
    return lines


def _piece_lines(pieces: Iterable[Piece], width: int, look: Look, indent: int = 0) -> list[str]:
    """Pieces in lines of at most ``width`` cells, each differing word dressed as such."""
    lines: list[list[tuple[str, bool]]] = [[]]
    used = 0
    for word, differs in _fitting(pieces, width - indent - (0 if look.has_colour else 2)):
        n = cell_len(word) + (2 if differs and not look.has_colour else 0)
        room = width - (indent if len(lines) > 1 else 0)
        if used and used + 1 + n > room:
            lines.append([])
            used = 0
        used += n + (1 if used else 0)
        lines[-1].append((word, differs))
    dressed = [" ".join(look.marked(w) if d else w for w, d in line) for line in lines if line]
    return [(" " * indent if i else "") + line for i, line in enumerate(dressed)]


def _fitting(pieces: Iterable[Piece], width: int) -> Iterable[tuple[str, bool]]:
    for piece in pieces:
        for word in safe(piece.text).split():
            for part in chop_cells(word, max(1, width)) if cell_len(word) > width else [word]:
                yield part, piece.differs


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _visible(text))


def _visible(text: str) -> int:
    """Cells a dressed text takes."""
    for code in (_BOLD, _FAINT, _MARKED, _PLAIN):
        text = text.replace(code, "")
    return cell_len(text)
