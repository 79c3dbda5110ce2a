"""The point of entry: a name is sealed where it is typed, or not taken at all.

A protected person becomes a source under a pseudonym: a random id and a role with a random sign ("enfermera 7K3F").
The id is random because one derived from a name could be guessed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from willakuy.casefile.case import Case
from willakuy.casefile.custodians import recipients
from willakuy.casefile.errors import NoSuchThing
from willakuy.casefile.sealing import SealedItem, new_pseudonym, seal_values
from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.statements.ids import SourceId
from willakuy.statements.names_personal import seems_personal, seems_whole_name
from willakuy.statements.sources import Source

PERSONAL_KINDS = frozenset({"witness", "family"})
"""Kinds of sources that are living people at risk."""

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NameNotProtected(UsageError):
    code = "W540"
    what = N_(
        "What was given as the name of a source of kind “{kind}” looks like a person's name. It was not recorded."
    )
    next = N_(
        "Nothing was recorded. Give a role (“a nurse”) and seal the name, which is then asked for:\n"
        "    … --source ROLE --kind {kind} --protected\n"
        "If it is the name of a body, or public already: --public-name. What you typed may be in your shell's history; remove it there."
    )


class NamesNotProtected(UsageError):
    code = "W541"
    what = N_(
        "{file}: {n} of its sources are witnesses or relatives by what look like their names. Nothing of it was recorded."
    )
    next = N_(
        "Nothing was recorded, and the file was not kept. Put roles in the place of names, and seal who is behind each:\n"
        "    willakuy vault seal --about SOURCE\n"
        "If they are public already: --public-name."
    )


class WorkingNameIsLegal(UsageError):
    code = "W542"
    what = N_("What was given as a working name looks like a person's whole name. It was not recorded.")
    next = N_(
        "Nothing was recorded. Choose one word that is no legal name; it is kept in clear with every decision:\n    --by condor"
    )


class RoleNamesSomebody(UsageError):
    code = "W543"
    what = N_("The role that is to stand for a protected person looks like a person's name. It was not recorded.")
    next = N_("Nothing was recorded. Give a role, such as “a nurse”, “a neighbour”, “the mother”.")


class NotProtected(UsageError):
    code = "W544"
    what = N_("{id}: this source is not protected; its name is in the case in clear.")
    next = N_("Nothing was recorded. Name a protected source, or a role for a new one.")


def check_source_name(name: str, kind: str) -> None:
    """Raises ``NameNotProtected``, which does not repeat the name."""
    if kind in PERSONAL_KINDS and seems_personal(name):
        raise NameNotProtected(kind=kind)


def check_sources(sources: Iterable[Source], file: Path) -> None:
    """Raises ``NamesNotProtected`` with how many there are, and no name."""
    n = sum(s.kind in PERSONAL_KINDS and not s.is_protected and seems_personal(s.name) for s in sources)
    if n:
        raise NamesNotProtected(file=file, n=n)


def check_role(role: str) -> None:
    """Raises ``RoleNamesSomebody``, which does not repeat the words."""
    if seems_personal(role):
        raise RoleNamesSomebody()


def check_working_name(by: str | None) -> None:
    """Raises ``WorkingNameIsLegal``, which does not repeat the name."""
    if by and seems_whole_name(by):
        raise WorkingNameIsLegal()


def protect_source(
    case: Case, role: str, kind: str, identity: Mapping[str, str], *, language: str | None = None, by: str | None = None
) -> tuple[Source, SealedItem]:
    """A new source under a pseudonym, whose identity is sealed first.

    Raises:
        RoleNamesSomebody, and as ``seal_values``: nothing was recorded.
    """
    check_role(role)
    recipients(case)
    source_id = SourceId(new_pseudonym(case))
    sign = "".join(_SIGNS[b % len(_SIGNS)] for b in case.entropy(4))
    item = seal_values(case, identity, about=source_id, by=by)
    source = Source(source_id, f"{role.strip()} {sign}", kind, language, is_protected=True)
    case.append([source], by=by)
    return source, item


def protected_source(case: Case, source_id: str) -> Source:
    """A source that is protected already.

    Raises:
        NoSuchThing, NotProtected
    """
    source = case.corpus().source.get(SourceId(source_id))
    if source is None:
        raise NoSuchThing(id=source_id)
    if not source.is_protected:
        raise NotProtected(id=source_id)
    return source
