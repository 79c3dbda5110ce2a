"""willakuy figures"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_, gettext, language, ngettext

if TYPE_CHECKING:
    from willakuy.casefile import Case
    from willakuy.casefile.doubt import Clusterings, DoubtRange
    from willakuy.casefile.estimating import CaseEstimate
    from willakuy.figures import Figure
    from willakuy.statements.corpus import Corpus
    from willakuy.statements.ids import ScopeId
    from willakuy.statements.scopes import Scope


class NoSuchScope(UsageError):
    code = "W150"
    what = N_("The case has no scope “{scope}”.")
    next = N_("Its scopes are: {known}.")


class NoScopeYet(ProblemFound):
    code = "W151"
    what = N_("The case has no scope: nothing can be counted without a rule of what to count.")
    next = N_(
        "Write one, or change the one that a new case has in its folder, and import it; docs/format/scopes.md says what it holds:\n    willakuy import {path} --case {folder}"
    )


@click.command(
    "figures",
    help=N_("""Count under each scope, as of a date: a range, who is counted, who is not and why, which claims speak for and against.

    \b
    willakuy figures                                   every scope, all that is recorded
    willakuy figures --scope scp_clashes --as-of 2022-12-13 --why
    willakuy figures --compare stm_K046 stm_K054       two published figures: do they count the same thing?
    willakuy figures --contradictions
    """),
)
@click.option("--scope", "scope_id", help=N_("One scope only."))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help=N_("Only what was known by the end of that day."))
@click.option("--why", is_flag=True, help=N_("List every person counted, possible and excluded, with the reason."))
@click.option("--compare", nargs=2, metavar="CLAIM CLAIM", help=N_("Compare two figure claims."))
@click.option("--contradictions", is_flag=True, help=N_("List what the record contradicts itself in."))
@click.option(
    "--estimate", "estimate_scope", metavar="SCOPE", help=N_("Estimate what no list of the case saw, or say why not.")
)
@click.option(
    "--doubt", is_flag=True, help=N_("Also how far each count moves with the doubt of linkage, apart from its range.")
)
@case_option
@json_option
def command(
    scope_id: str | None,
    as_of: Any,
    why: bool,
    compare: tuple[str, str] | None,
    contradictions: bool,
    estimate_scope: str | None,
    doubt: bool,
    folder: Path,
    as_json: bool,
) -> int:
    from willakuy.casefile import Case

    screen = Screen(as_json)
    with Case.open(folder) as case:
        corpus = case.corpus()
        drawn = _clusterings(case, corpus, screen) if doubt or estimate_scope else None
    if compare:
        return _compare(corpus, compare, screen)
    if contradictions:
        return _contradictions(corpus, screen)
    if not corpus.scope:
        raise NoScopeYet(folder=folder, path=folder / "scopes.toml")
    if estimate_scope:
        return _estimate(corpus, _chosen(corpus, estimate_scope)[0], drawn, screen)
    return _count(corpus, _chosen(corpus, scope_id), as_of.date() if as_of else None, screen, why=why, drawn=drawn)


def _chosen(corpus: Corpus, scope_id: str | None) -> list[Scope]:
    if scope_id is None:
        return list(corpus.scope.values())
    found = [s for s in corpus.scope.values() if s.scope_id in (scope_id, f"scp_{scope_id}")]
    if not found:
        raise NoSuchScope(scope=scope_id, known=", ".join(corpus.scope))
    return found


def _count(
    corpus: Corpus, scopes: list[Scope], as_of: date | None, screen: Screen, *, why: bool, drawn: Clusterings | None
) -> int:
    from willakuy.figures import count

    ranges = _ranges(corpus, scopes, drawn, as_of)
    told = []
    for scope in scopes:
        figure = count(corpus, scope, as_of)
        told.append({**figure_as_json(figure), **({"linkage": ranges[scope.scope_id].as_json()} if ranges else {})})
        screen.heading(f"{range_in_words(figure)}  {scope.name(language())}")
        screen.say("  " + when_in_words(figure))
        screen.say("  " + scope.rule(language()))
        if ranges:
            found = ranges[scope.scope_id]
            screen.say(
                "  "
                + gettext(
                    "were linkage right: {range} certainly counted (95 % of {n} clusterings it drew; not the range above)"
                ).format(range=f"{found.lo}–{found.hi}", n=found.n)
            )
        if why:
            _say_why(corpus, figure, screen)
    screen.result({"figures": told})
    return 0


def _clusterings(case: Case, corpus: Corpus, screen: Screen) -> Clusterings | None:
    """What linkage drew for the case as it is now; a word on it when there is nothing."""
    from willakuy.casefile.doubt import clusterings_of

    drawn = clusterings_of(case, corpus)
    if drawn is None:
        screen.say(gettext("The doubt of linkage is not known as the case is now. To draw it:\n    willakuy link"))
    return drawn


def _ranges(
    corpus: Corpus, scopes: list[Scope], drawn: Clusterings | None, as_of: date | None
) -> dict[ScopeId, DoubtRange]:
    from willakuy.casefile.doubt import doubt_ranges

    return {r.scope_id: r for r in doubt_ranges(corpus, scopes, drawn, as_of)} if drawn else {}


def range_in_words(figure: Figure) -> str:
    return str(figure.lo) if figure.lo == figure.hi else f"{figure.lo}–{figure.hi}"


def when_in_words(figure: Figure) -> str:
    if figure.as_of is None:
        return gettext("as of all that is recorded; {scope}, version {version}").format(
            scope=figure.scope.scope_id, version=figure.scope.version
        )
    return gettext("as of {day}; {scope}, version {version}").format(
        day=figure.as_of.isoformat(), scope=figure.scope.scope_id, version=figure.scope.version
    )


def _say_why(corpus: Corpus, figure: Figure, screen: Screen) -> None:
    from willakuy.figures import Standing, profile, say_reason

    person_of = {p.person_id: p for p in corpus.identities.persons}
    titles = {
        Standing.counted: gettext("counted"),
        Standing.possible: gettext("possible: in the upper bound only"),
        Standing.excluded: gettext("not counted"),
    }
    for standing, title in titles.items():
        found = figure.of(standing)
        if not found:
            continue
        screen.say(f"  {title}: {len(found)}")
        rows = []
        for p in found:
            reason = say_reason(p.reason, p.criterion) if p.reason else ""
            name = profile(corpus, person_of[p.person_id]).display_name
            n = len(p.records_for)
            rows.append((p.person_id, name, reason or ngettext("{n} record", "{n} records", n).format(n=n)))
        screen.rows(rows, indent=4)
    for group in figure.groups:
        screen.say(
            "  "
            + gettext("unnamed: {n} in {records}; adds {adds} to the upper bound").format(
                n=group.n_lo, records=", ".join(group.records), adds=group.adds
            )
        )


def _compare(corpus: Corpus, ids: tuple[str, str], screen: Screen) -> int:
    from willakuy.casefile.errors import NoSuchThing
    from willakuy.figures import compare, say_comparison
    from willakuy.statements.ids import StatementId
    from willakuy.statements.statement import FigureClaim

    for claim in ids:
        statement = corpus.statement.get(StatementId(claim))
        if statement is None or not isinstance(statement.content, FigureClaim):
            raise NoSuchThing(id=claim)
    comparison = compare(corpus, StatementId(ids[0]), StatementId(ids[1]))
    line = say_comparison(corpus, comparison)
    screen.say(line)
    screen.result(
        {
            "a": ids[0],
            "b": ids[1],
            "relation": comparison.relation.value,
            "comparable": comparison.is_comparable,
            "differences": [{"aspect": d.aspect, "a": d.a, "b": d.b} for d in comparison.differences],
            "line": line,
        }
    )
    return 0


def _contradictions(corpus: Corpus, screen: Screen) -> int:
    from willakuy.figures import findings, say_finding

    found = findings(corpus)
    for finding in found:
        screen.say("· " + say_finding(corpus, finding))
    if not found:
        screen.say(gettext("Nothing in the record contradicts itself."))
    screen.result(
        {
            "findings": [
                {
                    "kind": f.kind.value,
                    "statements": list(f.statements),
                    "facts": dict(f.facts),
                    "line": say_finding(corpus, f),
                }
                for f in found
            ]
        }
    )
    return 0


def _estimate(corpus: Corpus, scope: Scope, drawn: Clusterings | None, screen: Screen) -> int:
    from willakuy.casefile.doubt import capture_versions
    from willakuy.casefile.estimating import capture_rows, estimate_case

    asked = estimate_case(corpus, scope)
    screen.heading(scope.name(language()))
    if asked.is_refused:
        say_refusal(asked, screen)
        screen.result(asked.as_json())
        return 1
    from willakuy.estimation import DEFAULT_SEED, CaptureTable, as_json, as_json_mixture, estimate, mix_tables
    from willakuy.estimation.speaking import in_words, mixture_in_words

    versions = capture_versions(corpus, scope, drawn) if drawn else None
    if versions and len(versions.tables) > 1:
        tables = [CaptureTable.of(versions.lists, rows) for rows in versions.tables]
        with screen.progress(gettext("Estimating under each clustering"), len(tables)) as step:
            mixture = mix_tables(tables, weights=versions.shares, rng=DEFAULT_SEED, progress=lambda _line: step(1))
        answer, told = mixture.answer, as_json_mixture(mixture)
        seen = [version["documented"] for version in told["versions_mixed"]]
        said = gettext("In the clusterings linkage drew, these lists name from {lo} to {hi} people.")
        lines = [said.format(lo=min(seen), hi=max(seen)), *in_words(answer), *mixture_in_words(told)]
    else:
        answer = estimate(CaptureTable.of([used.document_id for used in asked.lists], capture_rows(asked)))
        told, lines = as_json(answer), in_words(answer)
    told |= {"clusterings": len(drawn.samples) if drawn else 0, "tables": len(versions.tables) if versions else 1}
    screen.say("  " + gettext("documented: {n}").format(n=asked.documented))
    screen.rows([(used.document_id, used.title) for used in asked.lists])
    for line in lines:
        screen.say("  " + line)
    screen.result({"scope": scope.scope_id, "documented": asked.documented, **told})
    return 1 if "refused" in told else 0


def say_refusal(asked: CaseEstimate, screen: Screen) -> None:
    """Why no number is given, what would be needed, and the documented minimum."""
    screen.say("  " + gettext("No estimate. These lists cannot carry one:"))
    for obstacle in asked.obstacles:
        screen.say(f"  · {obstacle.what}")
        screen.say("    " + gettext("needed: {needed}").format(needed=obstacle.needed))
    screen.say("  " + gettext("documented minimum: {n}").format(n=asked.documented))


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """``{scope, as_of, low, high, counted, possible, excluded, groups, for, against}``."""
    from willakuy.figures import Standing

    def persons(standing: Standing) -> list[dict[str, Any]]:
        return [
            {
                "person_id": p.person_id,
                "reason": p.reason.value if p.reason else None,
                "criterion": p.criterion,
                "for": list(p.records_for),
                "against": list(p.records_against),
            }
            for p in figure.of(standing)
        ]

    return {
        "scope": figure.scope.scope_id,
        "version": figure.scope.version,
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "low": figure.lo,
        "high": figure.hi,
        "counted": persons(Standing.counted),
        "possible": persons(Standing.possible),
        "excluded": persons(Standing.excluded),
        "groups": [{"records": list(g.records), "n_lo": g.n_lo, "n_hi": g.n_hi, "adds": g.adds} for g in figure.groups],
        "for": list(figure.claims_for),
        "against": list(figure.claims_against),
    }
