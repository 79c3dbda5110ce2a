"""Text in a CSV cell that no spreadsheet takes for a formula, and back again.

A cell that begins like a formula (after white space, quotation marks or invisible signs as well, and in full-width signs) gets one
apostrophe before it; so does one that begins with an apostrophe, so that ``plain_cell`` gives back exactly what went in. So does
what follows a semicolon, a tab or a line end inside a cell: where lists are separated by semicolons, a spreadsheet would
cut there. Control characters, which CSV cannot carry, become U+FFFD; the JSON files hold them as they are.
"""

from __future__ import annotations

import re

_SIGN = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b\u207a\u207b\u207c|%"
_VEILED = "\\s\"'\u00ab\u2018\u2019\u201c\u201d\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffd"
_BEGINS = re.compile(rf"[{_VEILED}]*[{_SIGN}\t\r\n]|'")
_AFTER_CUT = re.compile(rf"([;\t\r\n])(?=[{_VEILED}]*[{_SIGN}])")
_GUARDED_CUT = re.compile(rf"([;\t\r\n])'(?=[{_VEILED}]*[{_SIGN}])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def safe_cell(text: str) -> str:
    """``text`` as a spreadsheet may see it: always text, never a formula, a number or a command."""
    text = _AFTER_CUT.sub(r"\1'", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))
    return "'" + text if _BEGINS.match(text) else text


def plain_cell(text: str) -> str:
    """What ``safe_cell`` was given, control characters aside."""
    return _GUARDED_CUT.sub(r"\1", text.removeprefix("'"))
