"""willakuy estimate"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from willakuy.i18n import N_, gettext


@click.command(
    "estimate",
    help=N_("""Estimate how many people no list saw, from a table of lists; or say why that cannot be known.

    TABLE.csv has one column per list holding 0 or 1, a column of counts, and may have columns that name strata. Exit
    code 1 means: refused, with reasons. Ctrl-C stops sampling and answers with what was sampled, if that is enough.
    """),
)
@click.argument("table", metavar="TABLE.csv", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--method",
    default="latent",
    show_default=True,
    help=N_("latent, graphs, loglinear, chapman, coverage, lower-bound or doubly-robust."),
)
@click.option(
    "--draws",
    type=click.IntRange(100, 1_000_000),
    default=1000,
    show_default=True,
    help=N_("Posterior draws per chain."),
)
@click.option("--seed", type=click.IntRange(0), default=None, help=N_("The same seed gives the same bytes."))
@click.option("--records", is_flag=True, help=N_("The file has one row per person and no count."))
@click.option(
    "--lists",
    metavar="COLUMN,…",
    help=N_("Columns that are lists, by default all of 0 and 1; A+B takes two as one list."),
)
@click.option("--count", metavar="COLUMN", help=N_("Column of counts, where its name does not say so."))
@click.option(
    "--covariates",
    metavar="COLUMN,…",
    help=N_("For doubly-robust: columns with what was recorded of people (age, sex, place)."),
)
@click.option("--strata", multiple=True, metavar="COLUMN", help=N_("Column to stratify by; may be given again."))
@click.option("--pooled", is_flag=True, help=N_("Take all strata as one table."))
@click.option(
    "--expansion",
    type=float,
    nargs=2,
    default=None,
    help=N_("Prior: total ÷ documented lies between these two numbers."),
)
@click.option(
    "--sensitivity",
    type=click.Choice(["none", "quick", "full"]),
    default=None,
    help=N_(
        "Answer also with other models (quick, the default) and other priors and lists (full, the default of --report)."
    ),
)
@click.option(
    "--min-records",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help=N_("Leave out, in each stratum, lists that name fewer people there."),
)
@click.option(
    "--effort",
    type=click.FloatRange(0.01, 1000),
    default=1.0,
    show_default=True,
    help=N_("How long to sample at the most; 1 is a few minutes for twenty lists."),
)
@click.option(
    "--borrow",
    type=click.FloatRange(0, 10_000),
    default=0.0,
    help=N_("Let each stratum lean on how lists overlap in all of them, with the weight of this many people."),
)
@click.option(
    "--versions",
    multiple=True,
    metavar="COLUMN",
    help=N_(
        "Column that tells versions of one table apart (imputations, linkage thresholds): mix them into one answer."
    ),
)
@click.option(
    "--timing", is_flag=True, help=N_("Put the measured speed into the JSON, which then differs from run to run.")
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help=N_("Strata or versions estimated at once."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON object for programs."))
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help=N_("Folder for report.html and estimate.json."),
)
def command(
    table: Path, method: str, draws: int, seed: int | None, records: bool, lists: str | None, count: str | None,
    covariates: str | None, strata: tuple[str, ...], pooled: bool, expansion: tuple[float, float] | None,
    sensitivity: str | None, min_records: int, borrow: float, effort: float, versions: tuple[str, ...], timing: bool,
    threads: int, as_json: bool, report: Path | None,
) -> int:  # fmt: skip
    from willakuy.estimation import DEFAULT_SEED, Options, StrataTable, estimate, read_table, read_versions
    from willakuy.estimation.options import DOUBLY_ROBUST

    columns: dict[str, Any] = {"records": records, "lists": _names(lists), "count": count}
    if covariates:
        if method not in ("latent", DOUBLY_ROBUST):
            raise click.BadParameter(gettext("only the method doubly-robust uses them."), param_hint="--covariates")
        if strata or versions:
            said = gettext(
                "with --covariates, name what tells strata apart as one of them; versions are one file each."
            )
            raise click.BadParameter(said, param_hint="--strata")
        answer = _from_people(table, _names(covariates) or [], columns, DEFAULT_SEED if seed is None else seed)
        return _tell(answer, None, as_json, report, timing)
    options = Options(
        method=method, draws=draws, threads=threads, sensitivity=sensitivity or ("full" if report else "quick"),
        min_records=min_records, effort=effort, borrow=borrow,
    )  # fmt: skip
    if versions:
        several = read_versions(table, versions, strata=strata, **columns)
        options = replace(options, capture_prior=_prior(expansion, next(iter(several.values())).n_lists))
        return _mixed(several, options, seed, as_json, report)
    read = read_table(table, strata=strata or None, **columns)
    if pooled and isinstance(read, StrataTable):
        read = read.pooled()
    options = replace(options, capture_prior=_prior(expansion, read.n_lists))
    found = estimate(read, method=method, rng=seed, options=options, progress=_progress(as_json))
    return _tell(found, None if isinstance(read, StrataTable) else read, as_json, report, timing)


def _names(told: str | None) -> list[str] | None:
    return None if told is None else [name.strip() for name in told.split(",") if name.strip()]


def _prior(expansion: tuple[float, float] | None, n_lists: int) -> tuple[float, float]:
    from willakuy.estimation import prior_for_expansion

    if expansion is None:
        return 1.0, 1.0
    if not 1 < expansion[0] < expansion[1]:
        raise click.BadParameter(
            gettext("two numbers are needed, 1 < the lower < the higher."), param_hint="--expansion"
        )
    return prior_for_expansion(*expansion, n_lists)


def _from_people(table: Path, covariates: list[str], columns: dict[str, Any], seed: int) -> Any:
    from willakuy.estimation import estimate_people, read_people

    return estimate_people(read_people(table, covariates, **columns), rng=seed)


def _mixed(tables: Any, options: Any, seed: int | None, as_json: bool, report: Path | None) -> int:
    """Versions of one table mixed into one answer, beside each version's own and Rubin's rules."""
    import json

    from willakuy.estimation import DEFAULT_SEED, as_json_mixture, mix_tables
    from willakuy.estimation.speaking import in_words, mixture_in_words

    mixture = mix_tables(
        tables, rng=DEFAULT_SEED if seed is None else seed, options=options, method=options.method,
        progress=_progress(as_json),
    )  # fmt: skip
    told = as_json_mixture(mixture)
    if report is not None:
        _write_report(report, {"answer": told, "table": None, "posterior": None})
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        click.echo("\n".join([*in_words(mixture.answer), *mixture_in_words(told)]))
    return 1 if _is_refused(mixture.answer) else 0


def _tell(found: Any, table: Any, as_json: bool, report: Path | None, timing: bool) -> int:
    from willakuy.estimation import as_text, report_data

    if report is not None:
        _write_report(report, report_data(found, table))
    if as_json:
        click.echo(as_text(found, timing=timing), nl=False)
    else:
        _say(found)
        if report is not None:
            click.echo(gettext("Report: {path}").format(path=report / "report.html"))
    return 1 if _is_refused(found) else 0


def _progress(as_json: bool):  # type: ignore[no-untyped-def]
    import sys

    return None if as_json or not sys.stderr.isatty() else lambda text: click.echo(text, err=True)


def _is_refused(found: object) -> bool:
    from willakuy.estimation import Refusal, StrataResult

    return isinstance(found.total if isinstance(found, StrataResult) else found, Refusal)


def _write_report(folder: Path, data: dict[str, Any]) -> None:
    import json

    from willakuy.estimation import report_from_json

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(report_from_json(data), encoding="utf-8")
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / "estimate.json").write_text(text, encoding="utf-8")


def _say(found: object) -> None:
    from willakuy.estimation import StrataResult, as_json
    from willakuy.estimation.speaking import answered_in_words, in_words

    if isinstance(found, StrataResult):
        for name, one in found.strata.items():
            click.echo(name)
            click.echo("\n".join("  " + line for line in in_words(one, brief=True)))
        click.echo(gettext("All strata"))
        lines = [*in_words(found.total), answered_in_words(as_json(found)[-1])]
        click.echo("\n".join("  " + line for line in lines if line))
    else:
        click.echo("\n".join(in_words(found)))  # type: ignore[arg-type]
