"""willakuy link"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext

_MOST_TOLD = 10

if TYPE_CHECKING:
    from willakuy.linkage import LinkResult, Settings


class OutMissing(UsageError):
    code = "W420"
    what = N_("Linking plain files needs a folder to write to.")
    next = N_("Nothing was linked. Name it:\n    willakuy link {files} --out DIR")


@click.command(
    "link",
    help=N_("""Propose which records are one person.

    With LISTS (CSV files with a header), links them and writes persons.csv, pairs.csv, review.csv and run.json to the folder given with --out. Without, links the records of the case and records the proposals; nothing is joined until a person judges.

    \b
    willakuy link ngo.csv press.csv state.csv --out linked
    willakuy link --case my-case
    """),
)
@click.argument("lists", nargs=-1, metavar="[LISTS]...", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help=N_("Folder to write the results to."))
@click.option("--id", "id_column", metavar="COLUMN", help=N_("Column that holds each record's id; rec_id by default."))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="COLUMN=ROLE",
    help=N_(
        "What a column holds, where its header was not understood: name, age, died, region, ignore … May be given again."
    ),
)
@click.option(
    "--judgements",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Decisions to honour: rec_l, rec_r, judgement, by, reason."),
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help=N_("Where the random numbers start; the same seed gives the same result."),
)
@click.option(
    "--samples",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help=N_("How many possible clusterings to draw."),
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help=N_("What finds the pairs to compare."),
)
@click.option(
    "--learn-again",
    is_flag=True,
    help=N_("In a case: learn anew how names and agreement weigh, instead of linking only what changed."),
)
@case_option
@json_option
def command(
    lists: tuple[Path, ...],
    out: Path | None,
    id_column: str | None,
    columns: tuple[str, ...],
    judgements: Path | None,
    seed: int,
    samples: int,
    engine: str,
    learn_again: bool,
    folder: Path,
    as_json: bool,
) -> None:
    screen = Screen(as_json)
    from willakuy.linkage import Settings

    if lists:
        if out is None:
            raise OutMissing(files=" ".join(str(path) for path in lists))
        roles = dict(_role_of(told) for told in columns)
        settings = Settings(samples=samples, engine=engine, roles=roles)
        _link_files(lists, out, id_column, judgements, settings, seed, screen)
    else:
        _link_case(folder, seed, samples, engine, learn_again, screen)


def _role_of(told: str) -> tuple[str, str]:
    from willakuy.linkage.columns import ROLES
    from willakuy.linkage.errors import ColumnUnknown

    column, sign, role = told.rpartition("=")
    if not sign:
        raise ColumnUnknown(column=told, role="", roles=", ".join(ROLES))
    return column.strip(), role.strip()


def _link_files(
    lists: tuple[Path, ...],
    out: Path,
    id_column: str | None,
    judgements: Path | None,
    settings: Settings,
    seed: int,
    screen: Screen,
) -> None:
    from willakuy.linkage import link_files, write_result
    from willakuy.linkage.files import STAGES, notes_of, run_as_json

    with screen.progress(gettext("Linking"), total=STAGES) as stage_done:
        linked = link_files(
            lists,
            id_column=id_column,
            judgements=judgements,
            settings=settings,
            seed=seed,
            on_stage=lambda: stage_done(1),
        )
    written = write_result(linked, out)
    for found in linked.lists:
        columns = ", ".join(f"{column}: {role}" for column, role in found.roles.of)
        screen.say(
            gettext("{name}: {n} records ({columns})").format(name=found.path, n=len(found.records), columns=columns)
        )
    _say(linked.result, screen)
    for note in notes_of(linked):
        screen.say(note)
    screen.say(gettext("Written: {files}").format(files=", ".join(str(path) for path in written)))
    screen.result(run_as_json(linked))


def _link_case(folder: Path, seed: int, samples: int, engine: str, learn_again: bool, screen: Screen) -> None:
    from willakuy.casefile import Case
    from willakuy.linkage import Settings
    from willakuy.linkage.incase import relink_case
    from willakuy.statements.impossible import RULES

    with Case.open(folder) as case, screen.progress(gettext("Linking")):
        done = relink_case(case, settings=Settings(samples=samples, engine=engine), seed=seed, learn_again=learn_again)
    result = done.result
    _say(result, screen)
    impossible = [r for r in result.refused if r.reason in RULES]
    for refused in impossible[:_MOST_TOLD]:
        screen.say(
            gettext("  kept apart although alike: {a} and {b} ({rule})").format(
                a=refused.rec_l, b=refused.rec_r, rule=refused.reason
            )
        )
    if done.touched:
        (new, records), (compared, pairs), (drawn, components) = (
            done.touched.records,
            done.touched.pairs,
            done.touched.components,
        )
        told = gettext(
            "Linked anew: {new} of {records} records, {compared} of {pairs} pairs, {drawn} of {components} groups."
        )
        screen.say(
            told.format(new=new, records=records, compared=compared, pairs=pairs, drawn=drawn, components=components)
        )
    screen.say(
        gettext("Nothing is joined until a person decides:\n    willakuy review --case {folder}").format(folder=folder)
    )
    lo, hi = result.count_range()
    screen.result(
        {
            "run_id": result.run.run_id,
            "records": result.run.n_records,
            "pairs": len(result.pairs),
            "persons": len(result.persons),
            "persons_lo": lo,
            "persons_hi": hi,
            "review": len(result.review),
            "impossible": [{"rec_l": r.rec_l, "rec_r": r.rec_r, "rule": r.reason} for r in impossible],
            "linked_anew": None
            if done.touched is None
            else {
                "records": done.touched.records[0],
                "pairs": done.touched.pairs[0],
                "groups": done.touched.components[0],
            },
        }
    )


def _say(result: LinkResult, screen: Screen) -> None:
    lo, hi = result.count_range()
    screen.say(
        gettext(
            "{records} records: {persons} persons if every proposal is right; between {lo} and {hi} given the doubt."
        ).format(records=result.run.n_records, persons=len(result.persons), lo=lo, hi=hi)
    )
    screen.say(
        gettext(
            "{pairs} pairs proposed, {review} of them open enough to look at, {refused} likely ones kept apart."
        ).format(pairs=len(result.pairs), review=len(result.review), refused=len(result.refused))
    )
