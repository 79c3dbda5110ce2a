"""A page for each scope: how many, who is counted, who perhaps, who not and why, and what others published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from willakuy.figures import Figure, PersonStanding, Standing
from willakuy.i18n import N_
from willakuy.publication.charts import Dot, Step, steps_svg
from willakuy.publication.site import Page, Site
from willakuy.statements.dates import PartialDate
from willakuy.statements.statement import StatementKind

MOST_NAMES = 600
"""More names than this are not repeated on a figure's page; the list of people and the data files hold them."""


def pages(site: Site) -> Iterator[Page]:
    text = site.text
    figures = [summary(site, f) for f in site.record.answers.figures]
    yield Page("f/index.html", "figures", "figures", text(N_("Figures")), {"figures": figures})
    for figure in site.record.answers.figures:
        yield _page(site, figure)


def href(figure: Figure) -> str:
    return f"f/{figure.scope.scope_id}.html"


def as_of(site: Site, figure: Figure) -> str:
    """Up to when the figure knows: the last day on which anything in the record became known."""
    last = last_day(site)
    if last is None:
        return site.text(N_("Of all that is recorded."))
    return site.text(N_("Of all that is recorded; the latest is of {day}."), day=say_day(site, last))


def last_day(site: Site) -> date | None:
    known = [site.record.corpus.known(s) for s in site.record.corpus.statements]
    days = [d.latest for d in known if d is not None and d.latest is not None]
    return max(days, default=None)


def say_day(site: Site, day: date) -> str:
    return site.speech.date(PartialDate(day.isoformat()))


def summary(site: Site, figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.scope.name(site.lang),
        "rule": figure.scope.rule(site.lang),
        "range": site.speech.range(figure),
        "href": href(figure),
        "as_of": as_of(site, figure),
    }


def chart(site: Site, figure: Figure) -> dict[str, Any] | None:
    """The band of the bounds day by day, with comparable published figures as dots."""
    points = site.record.answers.points[figure.scope.scope_id]
    if len(points) < 2:
        return None
    until = _until(figure, points[-1].as_of)
    drawn = [Step(p.as_of, p.lo, p.hi) for p in points if p.as_of <= until]
    dots = [d for d in _dots(site, figure) if points[0].as_of <= d.day <= until]
    title = site.text(N_("{scope}: documented by each day"), scope=figure.scope.name(site.lang))
    about = site.text(
        N_(
            "The band runs from the least to the most that the sources known by each day document. Circles are figures that others published of the same."
        )
    )
    if len(drawn) < len(points):
        about += " " + site.text(N_("What became known later stands in the table only."))
    last = max([s.day for s in drawn] + [d.day for d in dots])
    ends = (say_day(site, points[0].as_of), say_day(site, last))
    return {
        "title": title,
        "about": about,
        "svg": _safe(steps_svg(drawn, dots, title, ends, site.text(N_("The table says the same.")))),
        "rows": [{"day": say_day(site, p.as_of), "lo": p.lo, "hi": p.hi} for p in points],
    }


def _until(figure: Figure, last: date) -> date:
    """How far the drawing goes: three months beyond the period the figure asks about, so that its days can be told apart."""
    end = figure.scope.period.latest if figure.scope.period else None
    return min(last, end + timedelta(days=90)) if end else last


def _dots(site: Site, figure: Figure) -> Iterator[Dot]:
    """Published figures of the same kind of count, where the moment is one day."""
    scope, corpus = figure.scope, site.record.corpus
    for claim in corpus.of_kind(StatementKind.figure):
        said, moment = claim.figure, claim.figure.as_of or corpus.known(claim)
        where = said.place.place if said.place else None
        is_whole = where is None or (scope.place is not None and where == scope.place)
        is_same = is_whole and said.scope.code in scope.claim_scopes and said.population.code in scope.claim_populations
        if is_same and said.harm.code in scope.harms and moment and moment.latest and moment.latest == moment.earliest:
            yield Dot(moment.latest, said.quantity.lo)


def _safe(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by us from numbers and escaped words


def _page(site: Site, figure: Figure) -> Page:
    text, scope = site.text, figure.scope
    context = {
        "rule": scope.rule(site.lang),
        "range": site.speech.range(figure),
        "as_of": as_of(site, figure),
        "reading": _reading(site, figure),
        "chart": chart(site, figure),
        "parts": list(_parts(site, figure)),
        "unnamed": [_group(site, g) for g in figure.groups],
        "claims": list(_claims(site, figure)),
        "method_anchor": scope.scope_id,
    }
    return Page(href(figure), "figure", "figures", text("{name}", name=scope.name(site.lang)), context)


def _reading(site: Site, figure: Figure) -> str:
    facts = {"lo": figure.lo, "hi": figure.hi}
    if figure.lo == figure.hi and not figure.hi_is_open:
        return site.text(
            N_(
                "The sources in this record document {lo} people under this rule. The figure is partial: others may be in no source."
            ),
            **facts,
        )
    return site.text(
        N_(
            "The sources in this record document at least {lo} people under this rule, and at most {hi} if everyone about whom they differ is counted. The figure is partial: others may be in no source."
        ),
        **facts,
    )


def _parts(site: Site, figure: Figure) -> Iterator[dict[str, Any]]:
    about = {
        Standing.counted: (N_("Counted ({n})"), N_("Sources affirm every criterion of the rule, and none denies one.")),
        Standing.possible: (
            N_("Perhaps ({n})"),
            N_(
                "Sources differ or are silent on a criterion, or it is open who is who. They raise the upper number only."
            ),
        ),
        Standing.excluded: (
            N_("Not counted ({n})"),
            N_("Recorded, and not counted under this rule. The reason stands with each."),
        ),
    }
    for standing, (label, why) in about.items():
        people = figure.of(standing)
        if people:
            groups = list(_groups(site, people))
            yield {
                "anchor": standing.value,
                "label": site.text(label, n=len(people)),
                "about": site.text(why),
                "groups": groups,
            }


def _groups(site: Site, people: Iterable[PersonStanding]) -> Iterator[dict[str, Any]]:
    """Under each reason, names in order; those not shown only as a number."""
    by_reason: dict[str, list[PersonStanding]] = defaultdict(list)
    for p in people:
        by_reason[site.speech.reason(p.reason, p.criterion)].append(p)
    for reason, some in by_reason.items():
        shown = [site.cards.someone(p.person_id) for p in some if p.person_id in site.record.person]
        n_hidden = len(some) - len(shown)
        label = (
            reason
            if not n_hidden
            else site.text(N_("{reason} Of these, {n} are not shown alone."), reason=reason, n=n_hidden)
        )
        if len(shown) > MOST_NAMES:
            link = site.speech.plural(
                N_("{n} person, in the list of people"), N_("{n} people, in the list of people"), len(shown)
            )
            yield {"label": label, "href": "p/index.html", "link": link, "people": ()}
        else:
            yield {"label": label, "href": None, "link": "", "people": sorted(shown, key=lambda s: (s.sort, s.id))}


def _group(site: Site, group: Any) -> dict[str, Any]:
    statements = [
        {"href": site.cards.href(r), "words": _short(site.cards.statement(r)["words"])} for r in group.records
    ]
    said = (
        str(group.n_lo)
        if group.n_lo == group.n_hi
        else f"{group.n_lo}–{group.n_hi}"
        if group.n_hi
        else f"≥ {group.n_lo}"
    )
    return {
        "statements": statements,
        "said": said,
        "adds": group.adds,
        "why": site.speech.reason(group.reason, group.criterion),
    }


def _short(words: str) -> str:
    return words if len(words) <= 90 else words[:88].rsplit(" ", 1)[0] + " …"


def _claims(site: Site, figure: Figure) -> Iterator[dict[str, Any]]:
    for anchor, label, ids in (
        ("for", N_("Published figures that this agrees with"), figure.claims_for),
        ("against", N_("Published figures that this does not agree with"), figure.claims_against),
    ):
        if ids:
            yield {"anchor": anchor, "label": site.text(label), "claims": [site.cards.claim(c) for c in ids]}
