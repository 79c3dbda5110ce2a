"""The words people read, in their language.

English is the source text; ``locale/<code>/LC_MESSAGES/willakuy.mo`` holds the others. A language is a
value held in a context variable, so two threads (two people at the desk) can read two languages at once.
"""

from __future__ import annotations

import gettext as _stdlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("es", "en")
"""Languages every screen and page exists in, the first one first."""

_LOCALE_DIR = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("willakuy_language", default="en")


@cache
def catalogue(language: str) -> _stdlib.NullTranslations:
    """Messages of one language; English needs none."""
    if language == "en":
        return _stdlib.NullTranslations()
    return _stdlib.translation("willakuy", _LOCALE_DIR, [language], fallback=True)


def gettext(message: str) -> str:
    return catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return catalogue(_language.get()).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - the gettext convention
    """Mark a message for extraction; it is translated where it is shown."""
    return message


def language() -> str:
    return _language.get()


def set_language(code: str) -> None:
    """Speak ``code`` from here on (in this thread or task)."""
    _language.set(_known(code))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak ``code`` inside a ``with`` block."""
    token = _language.set(_known(code))
    try:
        yield
    finally:
        _language.reset(token)


def language_of_environment(environ: dict[str, str] | None = None) -> str:
    """The language the person's system speaks, or English. ``WILLAKUY_LANG`` wins over the locale."""
    env = os.environ if environ is None else environ
    for name in ("WILLAKUY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = env.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"no such interface language: {code!r}; there are {LANGUAGES}")
    return code
