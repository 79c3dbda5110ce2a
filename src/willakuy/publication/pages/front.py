"""The first page: what this is, the people, the figures with rule and date, where sources differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from willakuy.figures import Finding, FindingKind, Standing, say_finding
from willakuy.i18n import N_
from willakuy.publication.pages.figures import chart, summary
from willakuy.publication.pages.persons import letter_pages, listed
from willakuy.publication.site import Page, Site

MOST_NAMES = 150
MOST_FINDINGS = 4
SHOWN_FIRST = (
    FindingKind.claims_contradict,
    FindingKind.same_number_other_meaning,
    FindingKind.parts_do_not_add,
    FindingKind.rows_do_not_match,
)


def pages(site: Site) -> Iterator[Page]:
    record, text = site.record, site.text
    figures = record.answers.figures
    people = _people(site)
    shown = first_findings(site)
    n_people = len(listed(site))
    context = {
        "notice": site.edition.settings.notice(site.lang),
        "intro": _intro(site),
        "people": people if len(people) <= MOST_NAMES else (),
        "letters": letter_pages(site),
        "people_link": site.speech.plural(
            N_("All {n} person in the record, also by place and by day"),
            N_("All {n} people in the record, also by place and by day"),
            n_people,
        ),
        "figures": [summary(site, f) for f in figures],
        "chart": chart(site, figures[0]),
        "findings": shown,
        "findings_link": text(N_("Every published figure, and where they differ")),
    }
    yield Page("index.html", "front", "front", text(N_("A record of the dead, from the words of sources")), context)


def _people(site: Site) -> list[Any]:
    """Those whom the first figure counts or may count, by name."""
    figure = site.record.answers.figures[0]
    ids = {p.person_id for p in figure.persons if p.standing is not Standing.excluded}
    return [someone for someone in listed(site) if someone.id in ids]


def _intro(site: Site) -> str:
    corpus = site.record.corpus
    return site.text(
        N_(
            "This record holds {statements} statements by {sources} sources about {people} people. Each name, date and number leads to who said it, where, and in which words. Where sources differ, both stand."
        ),
        statements=len(corpus.statements),
        sources=len(corpus.sources),
        people=len(listed(site)),
    )


def first_findings(site: Site) -> list[dict[str, Any]]:
    """The contradictions between published figures that a first reader should see."""
    out: list[dict[str, Any]] = []
    for i, finding in enumerate(site.record.answers.findings, 1):
        if finding.kind in SHOWN_FIRST and len(out) < MOST_FINDINGS:
            out.append(finding_card(site, finding, i))
    return out


def finding_card(site: Site, finding: Finding, i: int) -> dict[str, Any]:
    claims = [site.cards.claim(s) for s in finding.statements if s in site.record.corpus.statement]
    return {"id": f"{finding.kind.value}-{i:03d}", "line": say_finding(site.record.corpus, finding), "claims": claims}
