"""Names inside a package: settled to a plain relative path, or refused.

No name from a package is ever used as a path on this machine: members go into the evidence store by their hash, and the
name is kept as what it is, a word of whoever packed it. It is checked all the same, since it will be shown, exported
and compared.
"""

from __future__ import annotations

import re
import unicodedata

from willakuy.i18n import gettext

_DRIVE = re.compile(r"^[A-Za-z]:")
_DIRECTION = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)
_LONGEST = 1024


class NameRefused(ValueError):
    """Says why; the caller knows the package."""


def settled_name(raw: str) -> str:
    """``raw`` as a relative POSIX path in NFC, without ``.`` parts.

    Raises:
        NameRefused: absolute, climbing (``..``), with a drive or control character, with a character that turns
            the direction of writing, reserved on some system, or too long.
    """
    name = unicodedata.normalize("NFC", raw).replace("\\", "/")
    if not name or len(name) > _LONGEST:
        raise NameRefused(gettext("its name is empty or too long"))
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in name):
        raise NameRefused(gettext("a control character in its name"))
    if _DIRECTION & set(name):
        raise NameRefused(gettext("a character in its name that hides its ending"))
    if name.startswith(("/", "~")) or _DRIVE.match(name):
        raise NameRefused(gettext("an absolute path"))
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise NameRefused(gettext("a path that climbs out"))
    if not parts:
        raise NameRefused(gettext("its name is empty or too long"))
    for part in parts:
        if _RESERVED.match(part) or part != part.rstrip(" ."):
            raise NameRefused(gettext("a name some systems cannot keep"))
    return "/".join(parts)


class Names:
    """Names seen so far in one package; two that some file systems would take for one are refused."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def settle(self, raw: str) -> str:
        """``settled_name``, and refused when it was there already, whatever its capitals."""
        name = settled_name(raw)
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in self._seen:
            raise NameRefused(gettext("two files of one name"))
        self._seen.add(folded)
        return name
