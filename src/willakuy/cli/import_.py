"""willakuy import"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from willakuy.cli.protecting import protected_options, settle_protected
from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext, ngettext

if TYPE_CHECKING:
    from willakuy.casefile.importing import Imported, Wishes


class NotAPair(UsageError):
    code = "W152"
    what = N_("{option} {given}: a name, an equals sign and a value were expected.")
    next = N_("Nothing was recorded. For example:\n    {option} {example}")


class NotADate(UsageError):
    code = "W153"
    what = N_("{option} {given}: this is not a date as Willakuy writes them.")
    next = N_("Nothing was recorded. Write 2023-01-09, or 2023-01 when the day is not known.")


@click.command(
    "import",
    help=N_("""Import a list: every row becomes a statement that cites its row; the file is kept as evidence.

    Columns are recognised from Spanish and English headers. The mapping is shown, can be corrected with --map, and is kept
    for the next list of the same source. Rows that are not understood are kept and listed, never dropped.

    \b
    willakuy import lista.xlsx --source "Defensoría del Pueblo" --kind ombudsman --published 2022-12-24
    willakuy import lista.csv --source src_S01 --map "name=Nombre del fallecido" --set harm=killed
    willakuy import scopes.toml              scopes; claims.csv, sources.csv, judgements.csv and statuses.csv are known too
    willakuy import FOLDER                   everything in a folder laid out like the example case
    """),
)
@click.argument("path", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--source", help=N_("Who says so: a name, or the id of a source the case has."))
@click.option("--kind", "source_kind", default="press", show_default=True, help=N_("Kind of a new source."))
@protected_options
@click.option("--title", help=N_("Title of the list; the file's name by default."))
@click.option("--address", help=N_("Where it was published."))
@click.option("--language", help=N_("Language it is written in."))
@click.option("--published", help=N_("When it came out, as 2022-12-24 or 2022-12."))
@click.option("--as-of", "as_of", help=N_("The moment its content speaks of."))
@click.option("--criteria", help=N_("What it includes, in your words."))
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help=N_("Say which column holds a field."))
@click.option("--set", "constants", multiple=True, metavar="FIELD=CODE", help=N_("A value that holds for every row."))
@click.option("--repeats", is_flag=True, help=N_("The list may name one person twice."))
@click.option(
    "--as", "table_kind", help=N_("What the file is: list, claims, mentions, sources, judgements, statuses, scopes.")
)
@click.option("--sheet", help=N_("Sheet of a workbook."))
@click.option("--encoding", help=N_("Encoding of a text file, when it is guessed wrong."))
@click.option("--delimiter", help=N_("What separates columns, when it is guessed wrong."))
@click.option(
    "--read-again",
    "is_again",
    is_flag=True,
    help=N_("Rows read otherwise than they are recorded: the new reading counts."),
)
@click.option("--dry-run", is_flag=True, help=N_("Show the mapping and what would be asked; record nothing."))
@case_option
@json_option
def command(path: Path, folder: Path, as_json: bool, **given: Any) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.folder import import_path

    screen = Screen(as_json)
    wishes = _wishes(given)
    with Case.open(folder) as case:
        if given["protected"] and not given["dry_run"]:
            source = settle_protected(case, screen, given["source"] or "", given["source_kind"])
            wishes = replace(wishes, about=replace(wishes.about, source=source))
        with screen.progress(gettext("Importing")) as advance:
            done = import_path(case, path, wishes, progress=advance)
    for imported in done:
        _say(imported, screen)
    if given["dry_run"]:
        screen.say(gettext("Nothing was recorded: --dry-run."))
    told = {"imported": [imported.as_json() for imported in done], "dry_run": given["dry_run"]}
    screen.result({**told, "source_id": wishes.about.source} if given["protected"] else told)


def _wishes(given: dict[str, Any]) -> Wishes:
    from willakuy.casefile.constants import check_constants
    from willakuy.casefile.importing import Wishes
    from willakuy.casefile.intake import Provenance

    constants = tuple(_pairs("--set", given["constants"], "harm=killed"))
    check_constants(constants)
    about = Provenance(
        source=given["source"] or "",
        source_kind=given["source_kind"],
        title=given["title"],
        address=given["address"],
        language=given["language"],
        published=as_date("--published", given["published"]),
        as_of=as_date("--as-of", given["as_of"]),
        criteria=given["criteria"],
        constants=constants,
        is_free_of_duplicates=not given["repeats"],
        is_public_name=given["is_public_name"],
    )
    return Wishes(
        about=about,
        maps=dict(_pairs("--map", given["maps"], "name=Nombre")),
        table_kind=given["table_kind"],
        sheet=given["sheet"],
        encoding=given["encoding"],
        delimiter=given["delimiter"],
        is_dry=given["dry_run"],
        is_again=given["is_again"],
    )


def _pairs(option: str, given: tuple[str, ...], example: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        name, equals, value = text.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise NotAPair(option=option, given=text, example=example)
        pairs.append((name.strip(), value.strip()))
    return pairs


def as_date(option: str, given: str | None) -> Any:
    from willakuy.statements.dates import PartialDate
    from willakuy.statements.errors import DateNotEdtf

    try:
        return PartialDate(given) if given else None
    except DateNotEdtf as e:
        raise NotADate(option=option, given=given) from e


def _say(imported: Imported, screen: Screen) -> None:
    screen.heading(f"{imported.path.name}: {imported.what}")
    if imported.columns:
        screen.rows(imported.columns)
    n = imported.n_new
    screen.say("  " + ngettext("{n} new entry recorded", "{n} new entries recorded", n).format(n=f"{n:,}"))
    if passed := imported.n_known - imported.n_again:
        screen.say("  " + gettext("{n} recorded before and passed over").format(n=f"{passed:,}"))
    if imported.n_again:
        screen.say(
            "  "
            + gettext("{n} read again: the new reading counts, the earlier one stays in the ledger").format(
                n=f"{imported.n_again:,}"
            )
        )
    for line in imported.asked[:20]:
        screen.say("  ? " + line)
    if len(imported.asked) > 20:
        screen.say("  " + gettext("… and {n} more; --json lists them all").format(n=len(imported.asked) - 20))
