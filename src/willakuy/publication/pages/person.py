"""One page for each person: what sources say, side by side, and every statement it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from willakuy.figures import Figure, PersonStanding, Profile, Standing
from willakuy.i18n import N_
from willakuy.publication.policy import Rule, say_rule
from willakuy.publication.site import Page, Site
from willakuy.publication.speech import PLACES, VOCABULARY_OF
from willakuy.statements import vocabularies
from willakuy.statements.ids import PersonId, StatementId
from willakuy.statements.judgements import Judgement
from willakuy.statements.statement import Status

PROPOSED_FROM = 0.5


class Index:
    """What pages of persons look up: made once for all of them."""

    def __init__(self, site: Site) -> None:
        record = site.record
        self.judgement: Mapping[str, Judgement] = {j.judgement_id: j for j in record.corpus.judgements}
        self.standing: list[tuple[Figure, dict[PersonId, PersonStanding]]] = [
            (f, {p.person_id: p for p in f.persons}) for f in record.answers.figures
        ]
        self.history: dict[StatementId, list[StatementId]] = {}
        for s in record.corpus.statements:
            if isinstance(s.content, Status):
                for target in s.content.targets:
                    self.history.setdefault(target, []).append(s.statement_id)
        different = {frozenset(pair) for pair in record.corpus.identities.different}
        self.proposed: dict[PersonId, list[tuple[PersonId, str, StatementId]]] = {}
        for p in record.corpus.proposals:
            a, b = record.person_of[p.record_l].person_id, record.person_of[p.record_r].person_id
            if a != b and p.p_same >= PROPOSED_FROM and frozenset((p.record_l, p.record_r)) not in different:
                said = f"{p.p_same:.2f}"
                self.proposed.setdefault(a, []).append((b, said, p.record_r))
                self.proposed.setdefault(b, []).append((a, said, p.record_l))


def pages(site: Site) -> Iterator[Page]:
    index = Index(site)
    for person_id in site.record.person:
        if site.cards.has_page(person_id):
            yield _page(site, index, site.record.answers.profiles[person_id])


def _page(site: Site, index: Index, profile: Profile) -> Page:
    text, cards = site.text, site.cards
    person = site.record.person[profile.person_id]
    someone = cards.someone(profile.person_id)
    number = {record: i for i, record in enumerate(person.records, 1)}
    history = list(dict.fromkeys(s for r in person.records for s in index.history.get(r, ())))
    masked = _mask(site, person.records)
    context = {
        "name": someone.name,
        "lead": someone.about or text(N_("No source gives an age, a day or a place.")),
        "initials_note": say_rule(masked) if masked else None,
        "status": [{"text": _status(site, s), "anchor": s} for s in history if s in profile.retracted_by],
        "fields": [_field(site, number, f) for f in profile.fields],
        "counted_sources": _sources(site, profile),
        "statements": [cards.statement(r) for r in person.records],
        "history": [cards.statement(s) for s in history],
        "decisions": [_decision(site, index.judgement[j]) for j in person.joined_by if j in index.judgement],
        "not_joined": text(N_("One record only: nothing had to be decided."))
        if len(person.records) == 1
        else text(N_("No decision is shown.")),
        "proposed": _proposed(site, index, profile.person_id),
        "counted": list(_counted(site, index, profile.person_id)),
        "grade": _grade(site, profile),
        "citation": text(
            N_("{name}. In: {site}, release {number}, {id}. Frozen at entry {size} of the ledger."),
            name=someone.name,
            site=site.edition.settings.name,
            number=site.edition.number,
            id=profile.person_id,
            size=site.edition.frozen_size,
        ),
    }
    return Page(f"p/{profile.person_id}.html", "person", "people", someone.name, context)


def _field(site: Site, number: Mapping[StatementId, int], field: Any) -> dict[str, Any]:
    speech = site.speech
    values = []
    for value in field.values:
        refs = [
            {"anchor": r, "n": number[r], "label": speech.text(N_("statement {n}"), n=number[r])}
            for r in value.records
            if r in number
        ]
        said = speech.value(field.field, value)
        words = "; ".join(speech.words_beside(field.field, value))
        if field.field == "blamed":
            who = ", ".join(dict.fromkeys(speech.chain(site.record.corpus.statement[r])[-1] for r in value.records))
            said, words = speech.text(N_("{who} said: {party}"), who=who, party=said), "; ".join(value.words)
        values.append({"said": said, "words": words, "refs": refs})
    is_quoted = field.field in VOCABULARY_OF or field.field in PLACES
    return {
        "label": speech.field(field.field),
        "is_disputed": field.is_disputed,
        "each": values,
        "quote_lang": _language(site, field) if is_quoted else None,
    }


def _language(site: Site, field: Any) -> str | None:
    """The language of the quoted words, when all come in one and it is not the page's."""
    corpus = site.record.corpus
    found = {
        corpus.statement[r].language or corpus.document[corpus.statement[r].document_id].language
        for v in field.values
        for r in v.records
    }
    only = found.pop() if len(found) == 1 else None
    return only if only != site.lang else None


def _sources(site: Site, profile: Profile) -> str:
    speech, n = site.speech, profile.n_sources
    if n == 1:
        return speech.text(N_("One source."))
    if profile.n_independent == n:
        return speech.text(N_("{n} sources, none of which goes back to another."), n=n)
    return speech.text(
        N_("{n} sources, which count as {independent} once those that pass on one another are joined."),
        n=n,
        independent=profile.n_independent,
    )


def _status(site: Site, statement_id: StatementId) -> str:
    statement = site.record.corpus.statement[statement_id]
    who = site.speech.chain(statement)[-1]
    if not isinstance(statement.content, Status):
        return site.text(N_("{who} took this back."), who=who)
    effect = site.speech.term("status_effect", statement.content.effect)
    said = site.text(N_("{who}: {effect}."), who=who, effect=effect)
    return f"{said} {statement.content.reason}" if statement.content.reason else said


def _mask(site: Site, records: tuple[StatementId, ...]) -> Rule | None:
    return next((rule for r in records if (rule := site.record.rules.get((r, "content.names")))), None)


def _decision(site: Site, judgement: Judgement) -> dict[str, str]:
    confidence = site.speech.term("confidence", judgement.confidence)
    about = site.text(
        N_("confidence: {confidence}; decided by {letter}, {day}"),
        confidence=confidence,
        letter=judgement.by,
        day=judgement.decided[:10],
    )
    return {"reason": judgement.reason, "about": about}


def _proposed(site: Site, index: Index, person_id: PersonId) -> list[dict[str, Any]]:
    out = []
    for other, p_same, record in index.proposed.get(person_id, ()):
        about = site.text(N_("probability given by the program: {p}"), p=p_same)
        shown = (
            {**site.cards.statement(record), "anchor": f"proposed-{record}"}
            if site.record.policy.show_proposed_links
            else None
        )
        out.append({"id": other, "name": site.cards.someone(other).name, "about": about, "statement": shown})
    return out


def _counted(site: Site, index: Index, person_id: PersonId) -> Iterator[dict[str, str]]:
    words = {
        Standing.counted: N_("counted"),
        Standing.possible: N_("perhaps. {reason}"),
        Standing.excluded: N_("not counted. {reason}"),
    }
    for figure, standing in index.standing:
        p = standing.get(person_id)
        if p is not None:
            said = site.text(words[p.standing], reason=site.speech.reason(p.reason, p.criterion))
            yield {"href": f"f/{figure.scope.scope_id}.html", "scope": figure.scope.name(site.lang), "standing": said}


def _grade(site: Site, profile: Profile) -> dict[str, str]:
    given = profile.grade_given
    code = given or profile.grade
    term = vocabularies.term("grade", code)
    label = (
        N_("Degree of support, as a person decided it:")
        if given
        else N_("Degree of support, computed from the facts above:")
    )
    return {"label": site.text(label), "term": term.say(site.lang), "definition": term.define(site.lang)}
