"""What a release may show, and the rule under which anything is kept back.

A release is built only from what these rules let through (``frozen.release_record``): pages and data files never
see the rest. Everything kept back is counted under the rule that kept it back, and the methodology page prints
each rule. Method: docs/method/publication.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from willakuy.casefile import Settings
from willakuy.i18n import N_, gettext
from willakuy.statements.judgements import Judgement, PolicyException, in_force


class Rule(StrEnum):
    """Why something is not shown, or not as it was recorded."""

    minor = "minor"
    may_be_alive = "may_be_alive"
    not_killed = "not_killed"
    withdrawn_by_decision = "withdrawn_by_decision"
    consent_withdrawn = "consent_withdrawn"
    no_consent = "no_consent"
    protected_speaker = "protected_speaker"
    protected_source = "protected_source"
    relative_or_witness = "relative_or_witness"
    named_suspect = "named_suspect"
    personal_number = "personal_number"
    unread_cell = "unread_cell"
    row_words = "row_words"
    erased = "erased"
    coder = "coder"
    not_reviewed = "not_reviewed"
    not_accepted = "not_accepted"
    about_withheld = "about_withheld"


SENTENCES: dict[Rule, str] = {
    Rule.minor: N_(
        "Persons under 18, or who may be, are named by initials only, in every name, quotation, title and file."
    ),
    Rule.may_be_alive: N_(
        "A person whose every reported death was later rectified may be alive, and is named by initials only."
    ),
    Rule.not_killed: N_(
        "A person nobody says was killed (injured, detained, missing) is never shown alone, only inside a count."
    ),
    Rule.withdrawn_by_decision: N_("A person decided, with a reason, to keep this record out of what is published."),
    Rule.consent_withdrawn: N_("Those whose words or data these are have asked that they be no longer shown."),
    Rule.no_consent: N_(
        "What a protected person told is shown only once they have agreed to its publication, and as long as they do."
    ),
    Rule.protected_speaker: N_("Witnesses, relatives and contributors are named by their role only."),
    Rule.protected_source: N_("A protected source is named by its kind only, and its addresses are not given."),
    Rule.relative_or_witness: N_("Names of relatives and witnesses inside quotations and notes are replaced by […]."),
    Rule.named_suspect: N_("Names of individuals whom somebody blames are replaced by […]; bodies and ranks stay."),
    Rule.personal_number: N_("Numbers that could be of an identity document or a telephone are replaced by […]."),
    Rule.unread_cell: N_(
        "Cells of a list that could not be read as what their column holds are kept in the case and not shown."
    ),
    Rule.row_words: N_("The words of a row of a list are put together again from its published cells."),
    Rule.erased: N_(
        "The value was destroyed on request; the ledger still proves that there was one, and not what it was."
    ),
    Rule.coder: N_("People who decided are shown by a letter, not by their working name."),
    Rule.not_reviewed: N_("What a program proposed and nobody has reviewed is not published."),
    Rule.not_accepted: N_("What a program proposed and a person rejected or corrected is not published."),
    Rule.about_withheld: N_("What concerns only records that are kept back is kept back with them."),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The defaults protect. ``individual_harms``: codes of ``harm`` under which one person may be shown alone.

    ``show_proposed_links``: whether the statements of a record that a program takes for the same person are shown
    on a person's page, in a part of its own, marked as not judged. They are never merged and never counted.
    """

    individual_harms: tuple[str, ...] = ("killed",)
    show_proposed_links: bool = False


def policy_of(settings: Settings) -> Policy:
    """The policy a case asks for in ``case.toml``."""
    return Policy(show_proposed_links=settings.publish_unjudged_links)


def exceptions_in(judgements: Iterable[Judgement]) -> dict[tuple[str, str], bool]:
    """(rule, subject) to allow or withhold, as the latest decision in force says."""
    return {
        (j.decision.rule, j.decision.subject): j.decision.allow
        for j in in_force(judgements)
        if isinstance(j.decision, PolicyException)
    }


def say_rule(rule: Rule) -> str:
    """The rule as the reader is told it, in the language in force."""
    return gettext(SENTENCES[rule])
