"""Reasons, comparisons and findings as sentences, in the reader's language.

Attributed always: the sentences say who counts what, never who did what.
"""

from __future__ import annotations

from willakuy.figures.comparison import NOT_STATED, Claim, claims_of, later_of
from willakuy.figures.profile import profile
from willakuy.figures.register import register_of
from willakuy.figures.values import Comparison, Difference, Finding, FindingKind, Reason, Relation
from willakuy.i18n import N_, gettext, language
from willakuy.statements.corpus import Corpus
from willakuy.statements.dates import PartialDate
from willakuy.statements.errors import DateNotEdtf, GazetteerUnknown, PlaceCodeNotValid, TermUnknown
from willakuy.statements.ids import DocumentId, StatementId
from willakuy.statements.places import Place, gazetteer
from willakuy.statements.vocabularies import term

_VOCABULARY = {"harm": "harm", "population": "population", "scope": "claim_scope"}

_REASONS = {
    Reason.withdrawn: N_("Whoever said it withdrew it."),
    Reason.rectified: N_("Whoever said it corrected it."),
    Reason.denied: N_("It was denied."),
    Reason.not_yet_known: N_("Nothing said of this person is certainly known by that day."),
    Reason.other_harm: N_("The sources speak of another harm."),
    Reason.other_role: N_("The sources give a role that is not counted here."),
    Reason.other_circumstance: N_("The sources give a circumstance that is not counted here."),
    Reason.other_place: N_("It happened in a place that is not counted here."),
    Reason.other_period: N_("It happened on a day that is not counted here."),
    Reason.not_a_minor: N_("The sources give an age of 18 or more."),
    Reason.too_few_sources: N_("Fewer independent sources than the rule asks for."),
    Reason.criterion_unknown: N_("No source says enough to decide."),
    Reason.criterion_disputed: N_("The sources disagree."),
    Reason.identity_open: N_("May be the same person as another who is counted; nobody has decided."),
    Reason.unnamed: N_("Nobody is named: raises the upper bound only."),
    Reason.inside_group: N_("Taken as another account of a larger group."),
    Reason.judged_wrong: N_("A coder judged that it does not stand, with a reason on record."),
}

_ON_CRITERION = {
    (Reason.withdrawn, "upheld"): N_("It was withdrawn, and somebody else upholds it."),
    (Reason.rectified, "upheld"): N_("It was corrected, and somebody else upholds it."),
    (Reason.denied, "upheld"): N_("It was denied, and somebody else upholds it."),
    (Reason.criterion_unknown, "harms"): N_("No source says what harm was done."),
    (Reason.criterion_unknown, "roles"): N_("No source says in what role."),
    (Reason.criterion_unknown, "circumstances"): N_("No source says in what circumstance."),
    (Reason.criterion_unknown, "minors_only"): N_("No source gives an age that decides."),
    (Reason.criterion_unknown, "place"): N_("No source says where, or not closely enough."),
    (Reason.criterion_unknown, "period"): N_("No source says when, or not closely enough."),
    (Reason.criterion_disputed, "harms"): N_("The sources disagree on the harm."),
    (Reason.criterion_disputed, "roles"): N_("The sources disagree on the role."),
    (Reason.criterion_disputed, "not_roles"): N_("The sources disagree on the role."),
    (Reason.criterion_disputed, "circumstances"): N_("The sources disagree on the circumstance."),
    (Reason.criterion_disputed, "not_circumstances"): N_("The sources disagree on the circumstance."),
    (Reason.criterion_disputed, "minors_only"): N_("The sources give ages on both sides of 18."),
    (Reason.criterion_disputed, "place"): N_("The sources disagree on the place."),
    (Reason.criterion_disputed, "period"): N_("The sources disagree on the day."),
}


def say_reason(reason: Reason, criterion: str | None = None) -> str:
    """Why somebody is not (certainly) counted, in one sentence."""
    return gettext(_ON_CRITERION.get((reason, criterion or ""), _REASONS[reason]))


def say_comparison(corpus: Corpus, comparison: Comparison) -> str:
    """What two published numbers are to one another, in one line."""
    claims = claims_of(register_of(corpus))
    a, b = claims[comparison.a], claims[comparison.b]
    facts = {"a": _number(a), "b": _number(b), "who_a": _who(corpus, a), "who_b": _who(corpus, b)}
    match comparison.relation:
        case Relation.agree:
            return gettext("{a} ({who_a}) and {b} ({who_b}) count the same and agree.").format(**facts)
        case Relation.contradict:
            return gettext("{a} ({who_a}) and {b} ({who_b}) count the same and contradict one another.").format(**facts)
        case Relation.supersedes:
            return _say_succession(corpus, a, b)
        case Relation.same_number_other_meaning:
            message = gettext("{a} ({who_a}) and {b} ({who_b}) are one number with two meanings: {differences}.")
        case _:
            message = gettext("{a} ({who_a}) and {b} ({who_b}) cannot be compared: {differences}.")
    return message.format(**facts, differences="; ".join(say_difference(d) for d in comparison.differences))


def say_difference(difference: Difference) -> str:
    """One aspect in which two claims count different things."""
    a, b = (_value(difference.aspect, value) for value in (difference.a, difference.b))
    if difference.aspect == "as_of" and NOT_STATED in (difference.a, difference.b):
        return gettext("not certainly of one moment")
    messages = {
        "harm": gettext("the first counts “{a}”, the second “{b}”"),
        "population": gettext("the first is of {a}, the second of {b}"),
        "scope": gettext("the first counts: {a}; the second: {b}"),
        "place": gettext("the first is of {a}, the second of {b}"),
        "period": gettext("the first is of {a}, the second of {b}"),
        "as_of": gettext("the first is as of {a}, the second as of {b}"),
    }
    return messages[difference.aspect].format(a=a, b=b)


def say_finding(corpus: Corpus, finding: Finding) -> str:
    """A contradiction or correction, in one sentence or two."""
    facts = dict(finding.facts)
    match finding.kind:
        case FindingKind.claims_contradict:
            return _say_contradiction(corpus, finding)
        case FindingKind.same_number_other_meaning:
            return _say_meanings(corpus, finding, facts["n"])
        case FindingKind.parts_add:
            message = gettext("{who}: the parts add to the total, {parts} = {total}.")
            return message.format(who=_who_said(corpus, finding.statements[0]), **facts)
        case FindingKind.parts_do_not_add:
            message = gettext(
                "{who}: the parts do not add to the total: {parts} = {sum}, and the total given is {total}."
            )
            return message.format(who=_who_said(corpus, finding.statements[0]), **facts)
        case FindingKind.rows_do_not_match:
            title = corpus.document[DocumentId(facts["document"])].title
            message = gettext("“{title}” says {stated}, and its rows hold {rows}.")
            return message.format(title=title, stated=facts["stated"], rows=facts["rows"])
        case FindingKind.withdrawn | FindingKind.status_disputed:
            return _say_taken_back(corpus, finding, facts)
        case FindingKind.profile_disputed:
            message = gettext("{who}: sources disagree on {field}: {values}.")
            return message.format(who=_name(corpus, finding), field=say_field(facts["field"]), values=facts["values"])
        case FindingKind.superseded:
            claims = claims_of(register_of(corpus))
            return _say_succession(corpus, *(claims[s] for s in finding.statements))


def say_field(field: str) -> str:
    """The name of a field of a profile, as it stands inside a sentence."""
    names = {
        "names": N_("the name"),
        "age": N_("the age"),
        "sex": N_("the sex"),
        "roles": N_("the role"),
        "origin": N_("the place of origin"),
        "wounded": N_("the day of the wound"),
        "wounded_at": N_("the place of the wound"),
        "died": N_("the day of the death"),
        "died_at": N_("the place of the death"),
        "happened": N_("the day of the events"),
        "dated": N_("the date"),
        "place": N_("the place"),
        "causes": N_("the cause"),
        "circumstances": N_("the circumstance"),
        "blamed": N_("whom they hold responsible"),
        "hospital": N_("the hospital"),
    }
    return gettext(names[field])


def _say_contradiction(corpus: Corpus, finding: Finding) -> str:
    claims = claims_of(register_of(corpus))
    a, b = (claims[s] for s in finding.statements)
    message = gettext("{a} ({who_a}) against {b} ({who_b}): {what}, as of {day}.")
    return message.format(
        a=_number(a),
        b=_number(b),
        who_a=_who(corpus, a),
        who_b=_who(corpus, b),
        what=_meaning(a),
        day=a.as_of.say(language()) if a.as_of else gettext("a day not stated"),
    )


def _say_meanings(corpus: Corpus, finding: Finding, n: str) -> str:
    claims = claims_of(register_of(corpus))
    meanings = gettext("{who}: {meaning}")
    said = [meanings.format(who=_who(corpus, claims[s]), meaning=_meaning(claims[s])) for s in finding.statements]
    return gettext("{n} is printed with {k} meanings. {meanings}.").format(n=n, k=len(said), meanings="; ".join(said))


def _say_succession(corpus: Corpus, a: Claim, b: Claim) -> str:
    later = later_of(a, b) or b
    earlier = a if later is b else b
    message = gettext("{who} gives {later} as of {day}, in place of {earlier}: a newer word, not a contradiction.")
    return message.format(
        who=_who(corpus, later),
        later=_number(later),
        earlier=_number(earlier),
        day=later.as_of.say(language()) if later.as_of else gettext("a day not stated"),
    )


def _say_taken_back(corpus: Corpus, finding: Finding, facts: dict[str, str]) -> str:
    if finding.kind is FindingKind.status_disputed:
        message = gettext("{who}: taken back or denied by {speaker} on {day}, and upheld by somebody else. {reason}")
    else:
        message = gettext("{who}: taken back or denied by {speaker} on {day}, and upheld by nobody. {reason}")
    day = PartialDate(facts["day"]).say(language()) if facts.get("day") else gettext("a day not stated")
    return message.format(
        who=_name(corpus, finding),
        speaker=_who_said(corpus, finding.statements[0]),
        day=day,
        reason=facts.get("reason", ""),
    ).strip()


def _meaning(claim: Claim) -> str:
    """What a claim counts, in the words of the vocabularies and of the place as printed."""
    figure = claim.statement.figure
    parts = [
        _value("harm", figure.harm.code or figure.harm.words or NOT_STATED),
        _value("population", figure.population.code or figure.population.words or NOT_STATED),
        _value("scope", figure.scope.code or figure.scope.words or NOT_STATED),
    ]
    return ", ".join(parts + ([figure.place.words] if figure.place else []))


def _number(claim: Claim) -> str:
    return claim.statement.figure.quantity.say(language())


def _who(corpus: Corpus, claim: Claim) -> str:
    return _who_said(corpus, claim.statement_id)


def _who_said(corpus: Corpus, statement_id: StatementId) -> str:
    """Whoever the words go back to, and the source that passes them on; a protected speaker by role only."""
    statement = corpus.statement[statement_id]
    source = corpus.source_of(statement)
    if not statement.speakers:
        return source.name
    origin = statement.speakers[-1]
    name = origin.role if origin.is_protected or not origin.name else origin.name
    if not name or name == source.name:
        return source.name
    return gettext("{origin}, in {source}").format(origin=name, source=source.name)


def _name(corpus: Corpus, finding: Finding) -> str:
    return profile(corpus, finding.person_id).display_name if finding.person_id else ""


def _value(aspect: str, value: str) -> str:
    """A code as its term, a date in words; whatever was only printed, as printed."""
    if value == NOT_STATED:
        return gettext("not stated")
    try:
        if aspect in _VOCABULARY:
            return term(_VOCABULARY[aspect], value).say(language())
        if aspect in ("period", "as_of"):
            return PartialDate(value).say(language())
        place = Place(value)
        return gazetteer(place.country).name(place, language())
    except (TermUnknown, DateNotEdtf, PlaceCodeNotValid, GazetteerUnknown):
        return value
