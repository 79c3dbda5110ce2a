"""willakuy demo"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from willakuy.cli.figures import figure_as_json, range_in_words
from willakuy.cli.screen import Screen, json_option
from willakuy.i18n import N_, gettext, language

if TYPE_CHECKING:
    from willakuy.casefile import Case
    from willakuy.casefile.estimating import CaseEstimate
    from willakuy.figures import Figure
    from willakuy.publication import Release, VerifyReport
    from willakuy.statements.corpus import Corpus

_MOMENTS = (date(2022, 12, 13), date(2023, 1, 10), date(2023, 3, 22))
"""Days on which the example's figures are printed: the correction, the day three totals were published, the last death."""

_MOST_FINDINGS = 8


@click.command(
    "demo",
    help=N_("""Build the example case, Peru 2022–2023, in DIR; say what it holds; leave a site to open.

    The build is the same on every machine, to the byte; for that its signing key is a public one. A case already in DIR is used as it is.
    """),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path("demo-case"))
@click.option(
    "--without-judgements", is_flag=True, help=N_("Leave the judged identities out, to see what linkage proposes.")
)
@json_option
def command(folder: Path, without_judgements: bool, as_json: bool) -> int:
    from willakuy.casefile.estimating import estimate_case
    from willakuy.casefile.example import open_example
    from willakuy.figures import count, findings
    from willakuy.linkage.incase import link_case
    from willakuy.publication import publish, verify_release

    screen = Screen(as_json)
    with screen.progress(gettext("Building the example case")) as advance:
        case = open_example(folder, with_judgements=not without_judgements, progress=advance)
    with case:
        if not any(True for _ in case.entries("link-run")):
            link_case(case)
        corpus = case.corpus()
        with screen.progress(gettext("Building pages")) as advance:
            release = publish(case, progress=advance)
        figures = [count(corpus, scope, day) for scope in corpus.scope.values() for day in _MOMENTS]
        found = findings(corpus)
        estimate = estimate_case(corpus, next(iter(corpus.scope.values())))
        report = verify_release(release.path)
        _say(case, corpus, figures, found, estimate, release, report, screen)
    return 1 if report.problems else 0


def _say(
    case: Case,
    corpus: Corpus,
    figures: list[Figure],
    found: Any,
    estimate: CaseEstimate,
    release: Release,
    report: VerifyReport,
    screen: Screen,
) -> None:
    from willakuy.casefile.overview import kinds_in_words, overview
    from willakuy.figures import say_finding

    held = overview(case)
    screen.say(click.style(held.name, bold=True))
    screen.say(case.settings.notice(language()))
    screen.heading(gettext("What the case holds"))
    screen.rows(
        [
            (
                gettext("sources"),
                held.sources,
                gettext("{n} after joining those that pass one another on").format(n=held.families),
            ),
            (gettext("statements"), held.statements, kinds_in_words(held)),
            (
                gettext("persons"),
                held.persons,
                gettext("from {n} victim records, joined by {judged} decisions").format(
                    n=held.records, judged=held.judgements
                ),
            ),
            (
                gettext("waiting"),
                held.waiting,
                gettext("proposed statements, and {n} proposed pairs: counted nowhere as decided").format(
                    n=held.open_pairs
                ),
            ),
        ]
    )
    screen.heading(gettext("Figures: documented, with scope and as-of date"))
    days = sorted({figure.as_of for figure in figures if figure.as_of})
    screen.rows([(*(day.isoformat() for day in days), ""), *_figure_rows(figures, days)])
    screen.heading(
        gettext("Where the record contradicts or corrects itself: {n} findings, among them").format(n=len(found))
    )
    for finding in _chosen(found):
        screen.say("  · " + say_finding(corpus, finding))
    screen.heading(gettext("Why nothing is estimated"))
    for obstacle in estimate.obstacles:
        screen.say("  · " + obstacle.what)
    screen.heading(gettext("Verification"))
    for problem in report.problems:
        screen.say("  ✗ " + problem)
    if not report.problems:
        screen.rows([("✓", name, f"{n:,}") for name, n in report.checked])
    screen.heading(gettext("Open the site"))
    screen.say(f"  {release.path / 'index.html'}")
    screen.result(
        {
            "folder": str(case.folder),
            "held": held.as_json(),
            "figures": [figure_as_json(figure) for figure in figures],
            "contradictions": [say_finding(corpus, finding) for finding in found],
            "estimate": estimate.as_json(),
            "release": str(release.path),
            "manifest_sha256": release.manifest_sha256,
            "verified": not report.problems,
            "problems": list(report.problems),
        }
    )


def _figure_rows(figures: list[Figure], days: list[date]) -> list[tuple[str, ...]]:
    """A row for each scope, a column for each day."""
    by_scope: dict[str, dict[date, Figure]] = {}
    for figure in figures:
        if figure.as_of:
            by_scope.setdefault(figure.scope.scope_id, {})[figure.as_of] = figure
    return [
        (*(range_in_words(of_day[day]).ljust(10) for day in days), of_day[days[0]].scope.name(language()))
        for of_day in by_scope.values()
    ]


def _chosen(found: Any) -> list[Any]:
    """A few of each kind, so that one screen shows what kinds there are."""
    from collections import defaultdict

    by_kind = defaultdict(list)
    for finding in found:
        by_kind[finding.kind].append(finding)
    per_kind = max(1, _MOST_FINDINGS // max(1, len(by_kind)))
    return [finding for of_kind in by_kind.values() for finding in of_kind[:per_kind]]
