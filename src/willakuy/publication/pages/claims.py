"""Figures that others published: all of them, where they differ, and which replaced which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from willakuy.figures import FindingKind
from willakuy.i18n import N_
from willakuy.publication.pages.front import finding_card
from willakuy.publication.site import Page, Site
from willakuy.statements.ids import StatementId
from willakuy.statements.statement import StatementKind

MOST = 60
"""Findings of one kind shown side by side; the data files hold all of them."""

_PARTS = (
    (
        FindingKind.claims_contradict,
        N_("Same question, other number"),
        N_("These count the same people at the same moment, and cannot both be right."),
    ),
    (
        FindingKind.same_number_other_meaning,
        N_("Same number, other meaning"),
        N_("These print one number and count different things."),
    ),
    (
        FindingKind.parts_do_not_add,
        N_("Parts that do not add up"),
        N_("The speaker gives a total, and parts that give another."),
    ),
    (FindingKind.parts_add, N_("Parts that add up"), N_("The speaker gives a total and its parts, and they agree.")),
    (
        FindingKind.rows_do_not_match,
        N_("Stated number and printed rows"),
        N_("The list says one number and prints another number of rows."),
    ),
    (FindingKind.withdrawn, N_("Taken back"), N_("Whoever said it withdrew it or set it right. Both statements stay.")),
    (FindingKind.status_disputed, N_("Denied by some, upheld by others"), N_("Whether it holds is disputed.")),
)


def pages(site: Site) -> Iterator[Page]:
    corpus, text = site.record.corpus, site.text
    claims = corpus.of_kind(StatementKind.figure)
    ordered = sorted(claims, key=lambda s: (_when(site, s.statement_id), s.statement_id))
    lead = text(
        N_(
            "{n} figures, as others published them. Two of them can be compared only if they count the same harm, people, circumstances, place, period and moment; where they do not, the difference is said."
        ),
        n=len(claims),
    )
    context = {
        "lead": lead,
        "findings": list(_findings(site)),
        "chains": _chains(site),
        "claims": [{**site.cards.claim(s.statement_id), "anchor": s.statement_id} for s in ordered],
    }
    yield Page("c/index.html", "claims", "claims", text(N_("Published figures")), context)


def _when(site: Site, statement_id: StatementId) -> tuple[bool, Any]:
    s = site.record.corpus.statement[statement_id]
    moment = s.figure.as_of or site.record.corpus.known(s)
    return (moment is None, moment.sort_key if moment else ())


def _findings(site: Site) -> Iterator[dict[str, Any]]:
    for kind, label, about in _PARTS:
        some = [finding_card(site, f, i) for i, f in enumerate(site.record.answers.findings, 1) if f.kind is kind]
        if some:
            yield {"anchor": kind.value, "label": site.text(label), "about": site.text(about), "findings": some[:MOST]}


def _chains(site: Site) -> list[dict[str, Any]]:
    """Claims of one speaker about one thing, each replacing the one before."""
    after: dict[StatementId, StatementId] = {}
    for finding in site.record.answers.findings:
        if finding.kind is FindingKind.superseded:
            earlier, later = finding.statements[:2]
            after[earlier] = later
    starts = [s for s in after if s not in set(after.values())]
    chains = []
    for start in starts:
        chain, at = [start], start
        while at in after and after[at] not in chain:
            at = after[at]
            chain.append(at)
        claims = [site.cards.claim(s) for s in chain]
        chains.append({"who": site.speech.chain(site.record.corpus.statement[start])[-1], "claims": claims})
    return chains
