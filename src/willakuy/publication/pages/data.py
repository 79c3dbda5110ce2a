"""Downloads, and how to check them."""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.i18n import N_
from willakuy.publication.site import Page, Site

TITLES = {
    "persons": N_("People, and everything said of each"),
    "statements": N_("Statements: who said what, where, in which words"),
    "claims": N_("Figures published by others"),
    "figures": N_("Figures counted from the record, by scope and day"),
    "sources": N_("Sources, and from whom they have what they say"),
    "documents": N_("Documents"),
    "judgements": N_("Decisions of people, with their reasons"),
    "scopes": N_("Scopes: what each figure counts"),
    "findings": N_("Contradictions and corrections"),
    "vocabulary": N_("The controlled words and their definitions"),
    "withheld": N_("What is kept back, counted by rule"),
}


def pages(site: Site) -> Iterator[Page]:
    context = {
        "files": [{"name": name, "title": site.text(title)} for name, title in TITLES.items()],
        "vkey": site.edition.vkey,
        "checkpoint": site.edition.checkpoint,
    }
    yield Page("data.html", "data", "data", site.text(N_("Data")), context)
