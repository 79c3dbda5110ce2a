"""Why two records may be one person: in words a person can check against the rows, and in bits a machine can add up."""

from __future__ import annotations

from willakuy.i18n import N_, gettext
from willakuy.linkage.result import LinkResult
from willakuy.linkage.values import Evidence, PairScore, Record

_FIELD = {
    "name": N_("name"), "event": N_("date and place"), "age": N_("age"), "birth": N_("birth date"), "sex": N_("sex"),
    "judged": N_("judgement"), "others": N_("the other candidates and records"),
}  # fmt: skip
_NAME = {
    "agree": N_("every part of the shorter name answers one of the other"),
    "first_differs": N_("the first names contradict one another, the rest agrees"),
    "other_differs": N_("one part of the name contradicts, the rest agrees"),
    "differ": N_("the names contradict one another"),
    "letters": N_("the initials of one are those of the other"),
    "parts_left": N_("the parts that can be compared agree, each name has a part the other leaves out"),
}
_LEVEL = {
    "same": N_("the same"), "same_rare": N_("the same, and rare"), "alike": N_("nearly the same"), "differ": N_("different"),
    "one": N_("a year apart"), "two": N_("two years apart"), "five": N_("three to five years apart"),
    "fits": N_("one fits inside the other"), "typing": N_("one digit apart"), "far": N_("far apart"),
    "near": N_("days apart"), "year": N_("within a year"), "decade": N_("within ten years"),
    "through": N_("not found alike by themselves, joined through other records in this share of the samples"),
}  # fmt: skip
_DATE = {
    "missing": N_("no date to compare"), "same_day": N_("the same day"), "one_day": N_("a day apart"),
    "three_days": N_("two or three days apart"), "week": N_("within a week"), "month": N_("within a month"),
    "fits": N_("one date fits inside the other"), "typing": N_("dates with one part different"), "far": N_("dates far apart"),
}  # fmt: skip
_PLACE = {
    "missing": N_("no place to compare"), "locality": N_("the same locality"), "district": N_("the same district or town"),
    "province": N_("the same province or county"), "region": N_("the same region"),
    "inside_differs": N_("another place in the same region"), "region_differs": N_("another region"),
}  # fmt: skip


def explain(result: LinkResult, rec_l: str, rec_r: str) -> str:
    """For one pair: the probability, each field for (+) and against (-) in bits, and the rows that say so.

    Lines, in the language being spoken. A pair that was never a candidate gets one line that says so.
    """
    wanted = {rec_l, rec_r}
    found = next((p for p in result.pairs if {p.rec_l, p.rec_r} == wanted), None)
    if found is None:
        return gettext("{a} and {b} were not proposed as one person: the probability is below what is kept.").format(
            a=rec_l, b=rec_r
        )
    record = {r.rec_id: r for r in result.records}
    a, b = record[found.rec_l], record[found.rec_r]
    lines = [gettext("Probability that these are one person: {p:.1%}").format(p=found.p_same)]
    for row in (a, b):
        lines.append(
            gettext("  {rec_id} ({where}): {printed}").format(rec_id=row.rec_id, where=row.where, printed=_printed(row))
        )
    for evidence in sorted(found.evidence, key=lambda e: -abs(e.bits)):
        lines.append(
            gettext("  {bits:+6.1f} bits  {field}: {what}").format(
                bits=evidence.bits, field=field_in_words(evidence.comparison), what=level_in_words(evidence)
            )
        )
    return "\n".join(lines)


def why(pair: PairScore) -> str:
    """One line: the fields that count, the strongest first."""
    return why_of(pair.evidence)


def why_of(evidence: tuple[Evidence, ...]) -> str:
    if [e.level for e in evidence] == ["through"]:
        return level_in_words(evidence[0])
    strongest = sorted((e for e in evidence if abs(e.bits) >= 0.5), key=lambda e: -abs(e.bits))
    return "; ".join(
        gettext("{field}: {what} ({bits:+.1f})").format(
            field=field_in_words(e.comparison), what=level_in_words(e), bits=e.bits
        )
        for e in strongest
    )


def field_in_words(comparison: str) -> str:
    return gettext(_FIELD[comparison]) if comparison in _FIELD else comparison.replace("_", " ")


def level_in_words(evidence: Evidence) -> str:
    level = evidence.level
    if evidence.comparison == "name":
        return gettext(next(words for stem, words in _NAME.items() if level.startswith(stem)))
    if evidence.comparison == "event":
        date, place = level.split("|")
        return gettext("{date}, {place}").format(date=gettext(_DATE[date]), place=gettext(_PLACE[place]))
    level = level.split("|")[0]
    return gettext(_LEVEL[level]) if level in _LEVEL else level


def _printed(record: Record) -> str:
    return " · ".join(value for _, value in record.printed)
