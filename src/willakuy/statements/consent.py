"""What people allow to be done with what they said, purpose by purpose, and how a later word replaces an earlier one.

A consent is a statement of a pseudonym (or of a role: "her mother"), recorded with who heard it, how and when. The latest
in force for a subject and purpose holds; recorded by mistake, it is undone like every judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from willakuy.statements.dates import PartialDate


class Purpose(StrEnum):
    """``keep``: in the case; ``share``: with others of the team; ``publish``: in a release; ``court``: with a court."""

    keep = "keep"
    share = "share"
    publish = "publish"
    court = "court"


class How(StrEnum):
    """How it was said to us."""

    spoken = "spoken"
    written = "written"
    recorded = "recorded"
    through_another = "through_another"


@dataclass(frozen=True, slots=True)
class Consent:
    """``subject`` is what it is about: a source (everything a person told us), a document, or one statement.

    About a victim record it speaks for the person recorded, and so for all records of that person. ``given_by`` is a
    pseudonym or a role, never a name. ``is_given`` false withdraws.
    """

    subject: str
    purposes: tuple[Purpose, ...]
    is_given: bool
    given_by: str
    how: How = How.spoken
    given_on: PartialDate | None = None
