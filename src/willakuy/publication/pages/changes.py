"""What changed since the release before, each difference with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from willakuy.i18n import N_
from willakuy.publication.differences import Change, Difference, What
from willakuy.publication.site import Page, Site
from willakuy.statements.ids import DocumentId, PersonId, ScopeId, SourceId, StatementId

_LABELS = {
    What.rules: N_("The rules"),
    What.consent: N_("Consent"),
    What.figure: N_("Figures"),
    What.person: N_("People"),
    What.judgement: N_("Decisions"),
    What.statements: N_("Statements"),
    What.statement: N_("Single statements"),
    What.source: N_("Sources"),
    What.document: N_("Documents"),
    What.scope: N_("Rules of figures"),
}
_SENTENCES = {
    (What.rules, Change.changed): N_(
        "The ledger is the same. The program or its settings changed, and with them how it is shown."
    ),
    (What.consent, Change.removed): N_(
        "Statements no longer shown, as those whose they are have asked: {before}. They are still counted."
    ),
    (What.consent, Change.added): N_("Statements shown now that those whose they are have agreed: {after}."),
    (What.figure, Change.added): N_("{name}: {after} (new)"),
    (What.figure, Change.changed): N_("{name}: from {before} to {after}"),
    (What.figure, Change.removed): N_("{name}: {before} (no longer counted)"),
    (What.person, Change.added): N_("{name} is new in the record."),
    (What.person, Change.changed): N_("{name}: other records, or shown otherwise ({before} → {after})."),
    (What.person, Change.removed): N_("{name} no longer has a page: joined with another, or kept back."),
    (What.statements, Change.added): N_("{after} new from “{name}”"),
    (What.statement, Change.changed): N_("A statement is shown otherwise."),
    (What.statement, Change.removed): N_("A statement is no longer shown."),
    (What.judgement, Change.added): N_("{after}"),
    (What.source, Change.added): N_("New source: {name}"),
    (What.source, Change.changed): N_("Described anew: {name}"),
    (What.source, Change.removed): N_("No longer shown: {name}"),
    (What.document, Change.added): N_("New document: {name}"),
    (What.document, Change.changed): N_("Described anew: {name}"),
    (What.document, Change.removed): N_("No longer shown: {name}"),
    (What.scope, Change.added): N_("New rule: {name}"),
    (What.scope, Change.changed): N_("Rule changed: {name}"),
    (What.scope, Change.removed): N_("Rule no longer used: {name}"),
}
_UNNAMED = {
    Change.changed: N_("{name}: shown otherwise than before."),
    Change.removed: N_("Somebody no longer has a page: kept back."),
}
"""Where the name that was shown before may not be shown again."""
MOST_REASONS = 12


def pages(site: Site) -> Iterator[Page]:
    edition, text = site.edition, site.text
    if edition.before is None:
        lead = text(N_("This is the first release. Later ones will say here what changed, and why."))
    elif not edition.differences:
        lead = text(N_("Nothing that is shown has changed since release {number}."), number=edition.before)
    else:
        lead = text(N_("Every difference from release {number}, with its reason."), number=edition.before)
    parts = []
    for what, label in _LABELS.items():
        some = [_difference(site, d) for d in edition.differences if d.what is what]
        if some:
            parts.append({"anchor": what.value, "label": text(label), "differences": some})
    title = text(N_("What changed in release {number}"), number=edition.number)
    yield Page("changes.html", "changes", "changes", title, {"lead": lead, "parts": parts})


def _difference(site: Site, d: Difference) -> dict[str, Any]:
    name, href = _item(site, d)
    sentence = _SENTENCES[d.what, d.change]
    if d.what is What.person and not d.before:
        sentence = _UNNAMED.get(d.change, sentence)
    said = site.text(sentence, name=name, before=d.before, after=d.after)
    return {"text": said, "href": href, "reasons": list(_reasons(site, d))}


def _item(site: Site, d: Difference) -> tuple[str, str | None]:
    corpus, speech = site.record.corpus, site.speech
    match d.what:
        case What.figure | What.scope:
            scope = corpus.scope.get(ScopeId(d.item))
            return (scope.name(site.lang), f"f/{d.item}.html") if scope else (d.item, None)
        case What.person:
            person = PersonId(d.item)
            if person in site.record.person and site.cards.has_page(person):
                return site.cards.someone(person).name, f"p/{d.item}.html"
            return d.before or d.after, None
        case What.statements | What.document:
            document = corpus.document.get(DocumentId(d.item))
            return (
                (document.title or speech.source_id(document.source_id), f"d/{d.item}.html")
                if document
                else (d.item, None)
            )
        case What.source:
            known = SourceId(d.item) in corpus.source
            return (speech.source_id(SourceId(d.item)), f"s/{d.item}.html") if known else (d.item, None)
        case What.statement:
            known = StatementId(d.item) in corpus.statement
            return d.item, site.cards.href(StatementId(d.item)) if known else None
        case _:
            return d.item, None


def _reasons(site: Site, d: Difference) -> Iterator[dict[str, Any]]:
    cards, judgements = site.cards, {j.judgement_id: j for j in site.record.corpus.judgements}
    for judgement_id in d.judgements[:MOST_REASONS]:
        yield {"text": site.text(N_("Decided: {reason}"), reason=judgements[judgement_id].reason), "href": None}
    for statement_id in d.statements[:MOST_REASONS]:
        card = cards.statement(statement_id)
        yield {
            "text": site.text(N_("Recorded: {who}, {document}"), who=card["who"], document=card["document"]),
            "href": card["href"],
        }
    more = len(d.judgements[MOST_REASONS:]) + len(d.statements[MOST_REASONS:])
    if more:
        yield {"text": site.text(N_("and {n} more"), n=more), "href": None}
    if d.by_rules and d.what is not What.rules:
        yield {
            "text": site.text(N_("The rules of counting or of protection now give another result.")),
            "href": "method.html",
        }
