"""Identifiers: one type for each kind of thing, a prefix to read it by, and one grammar.

``src_S01``, ``doc_L01``, ``stm_L01.r05``, ``jdg_…``, ``scp_…``, ``per_…``. Ids of two kinds never mix: the type
checker sees it, and so does whoever reads a log.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import NewType

from willakuy.statements.errors import IdNotValid

SourceId = NewType("SourceId", str)
DocumentId = NewType("DocumentId", str)
StatementId = NewType("StatementId", str)
JudgementId = NewType("JudgementId", str)
ScopeId = NewType("ScopeId", str)
PersonId = NewType("PersonId", str)

PREFIXES = {
    "source": "src",
    "document": "doc",
    "statement": "stm",
    "judgement": "jdg",
    "scope": "scp",
    "person": "per",
    "run": "run",
    "release": "rel",
    "entry": "ent",
    "sealed": "sea",
}

_GRAMMAR = re.compile(r"(?:src|doc|stm|jdg|scp|per|run|rel|ent|sea)_[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def check_id(kind: str, value: str) -> str:
    """The same text, if it is an id of ``kind``.

    Raises:
        IdNotValid: wrong prefix or characters that would not survive a file name or a web address.
    """
    if not _GRAMMAR.fullmatch(value) or not value.startswith(PREFIXES[kind] + "_"):
        raise IdNotValid(value=value, kind=kind, example=f"{PREFIXES[kind]}_7f3a")
    return value


def new_id(kind: str, entropy: Callable[[int], bytes]) -> str:
    """A fresh id: 64 bits from ``entropy`` (``os.urandom`` in earnest, a seeded source in tests)."""
    return f"{PREFIXES[kind]}_{entropy(8).hex()}"


def derived_id(kind: str, *parts: str) -> str:
    """The id that follows from ``parts``: the same parts give the same id on every machine.

    Rows of a list take it from the list's bytes and the row's place, so that importing one list
    twice, or on two laptops, records each row once.
    """
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{PREFIXES[kind]}_{digest[:12]}"
