"""Recording what people allow, so that it can be shown later who said it, when and how, and never by name."""

from __future__ import annotations

from willakuy.casefile.case import Case
from willakuy.casefile.deciding import decide
from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.statements.consent import Consent
from willakuy.statements.corpus import Corpus
from willakuy.statements.judgements import Judgement, in_force
from willakuy.statements.names_personal import seems_personal


class ConsentNamesSomebody(UsageError):
    code = "W545"
    what = N_("What was given as who consents looks like a person's name. It was not recorded.")
    next = N_("Nothing was recorded. Give a role or a pseudonym, such as “herself” or “the mother”.")


def record_consent(case: Case, consent: Consent, *, note: str = "", by: str | None = None) -> Judgement:
    """Record ``consent``, about a source, a document or a statement of the case.

    Raises:
        ConsentNamesSomebody, NoSuchThing, WorkingNameIsLegal: nothing was recorded.
    """
    if seems_personal(consent.given_by):
        raise ConsentNamesSomebody()
    return decide(case, consent, reason=note, by=by).judgement


def said_so_far(corpus: Corpus) -> list[tuple[Judgement, Consent]]:
    """Consents in force, oldest first; a later one about the same replaces an earlier."""
    return [(j, j.decision) for j in in_force(corpus.judgements) if isinstance(j.decision, Consent)]
