"""What can go wrong, said so that a tired person knows what happened, what is safe and what to type.

    WillakuyError
    ├── UsageError      the command or its arguments cannot be carried out as written   exit 2
    ├── ProblemFound    the work was done and found something to look at                exit 1
    └── CaseDamaged     what is on disk is not what was written                         exit 3

Each package adds a small family under one of the three. ``ValueError`` is for our own mistakes.
"""

from __future__ import annotations

from typing import ClassVar

from willakuy.i18n import N_, gettext


class WillakuyError(Exception):
    """Base of every error a person can meet.

    ``what`` says what happened, ``next`` what is safe and what to type. Both are gettext messages with
    named placeholders, filled from the keyword arguments when shown, so that they appear in the
    language of whoever reads them.
    """

    code: ClassVar[str] = "W000"
    exit_code: ClassVar[int] = 1
    what: ClassVar[str] = N_("Something went wrong.")
    next: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(*facts.values())
        self.facts = facts

    def say_what(self) -> str:
        return gettext(self.what).format_map(_Facts(self.facts))

    def say_next(self) -> str:
        return gettext(self.next).format_map(_Facts(self.facts)) if self.next else ""

    def __str__(self) -> str:
        return self.say_what()

    def as_json(self) -> dict[str, object]:
        """For ``--json``: the code and the same two sentences, plus the facts as strings."""
        return {
            "error": self.code,
            "kind": type(self).__name__,
            "what": self.say_what(),
            "next": self.say_next(),
            "facts": {name: str(value) for name, value in self.facts.items()},
        }


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


class UsageError(WillakuyError):
    """The command cannot be carried out as it was written."""

    code = "W100"
    exit_code = 2
    what = N_("{problem}")


class ProblemFound(WillakuyError):
    """The work was done, and found something a person must look at."""

    code = "W200"
    exit_code = 1
    what = N_("{problem}")


class CaseDamaged(WillakuyError):
    """Bytes on disk are not the bytes that were written."""

    code = "W300"
    exit_code = 3
    what = N_("{problem}")
