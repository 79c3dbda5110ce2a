"""willakuy read"""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from willakuy.cli.import_ import as_date
from willakuy.cli.protecting import protected_options, settle_protected
from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext, language, ngettext

if TYPE_CHECKING:
    from willakuy.reading import Failure, Proposed, Reading, TextLayer
    from willakuy.reading.values import VictimFound


@click.command(
    "read",
    help=N_("""Read a document (text, HTML, PDF, DOCX, WebVTT, SRT) into proposed statements: who says what, exactly where.

    Without --source nothing is recorded and no case is needed. With it, the document and its text are kept in the case and the
    statements enter it as proposals, which count for nothing until a person accepts them.

    \b
    willakuy read nota.pdf --published 2023-01-10
    willakuy read nota.pdf --proposer rules,llm --set llm.model=llama3.1
    willakuy read nota.pdf --source "Diario Inventado" --case my-case
    """),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), required=False)
@click.option("--published", help=N_("The day relative dates count from, as 2023-01-10."))
@click.option(
    "--proposer",
    "proposers",
    multiple=True,
    default=("rules",),
    show_default=True,
    help=N_("Who proposes; several as rules,crf. They are shown side by side, never merged."),
)
@click.option("--set", "settings", multiple=True, metavar="NAME.KEY=VALUE", help=N_("An option of a proposer."))
@click.option("--proposers", "list_them", is_flag=True, help=N_("List the proposers and what each needs."))
@click.option("--source", help=N_("Keep it in the case: a source's name or id."))
@click.option("--kind", "source_kind", default="press", show_default=True, help=N_("Kind of a new source."))
@protected_options
@click.option("--title", help=N_("Title of the document."))
@click.option("--address", help=N_("Where it was published."))
@case_option
@json_option
def command(
    file: Path | None,
    proposers: tuple[str, ...],
    settings: tuple[str, ...],
    list_them: bool,
    folder: Path,
    as_json: bool,
    **given: Any,
) -> None:
    from willakuy.cli.proposers import asked_for, list_proposers, options_of
    from willakuy.reading import read_with, text_layer, to_json

    screen = Screen(as_json)
    if list_them:
        list_proposers(screen)
        return
    if file is None:
        raise UsageError(problem=gettext("Which file? Give its name: willakuy read FILE"))
    published = as_date("--published", given["published"])
    names = asked_for(proposers)
    options = options_of(settings, folder)
    if given["source"]:
        _keep(file, names, options, folder, screen, published, given)
        return
    layer = text_layer(file)
    side_by_side = read_with(layer, names, published=published, options=options)
    for reading in side_by_side.readings:
        _say(reading, screen)
    _say_failures(side_by_side.failures, screen)
    told: dict[str, Any] = {"readings": [to_json(reading) for reading in side_by_side.readings]}
    if len(names) == 1:
        told = told["readings"][0]
    elif side_by_side.failures:
        told["failures"] = [{"proposer": f.name, **f.error.as_json()} for f in side_by_side.failures]
    screen.result(told)
    if side_by_side.failures:
        raise click.exceptions.Exit(1)


def _keep(
    file: Path,
    names: tuple[str, ...],
    options: dict[str, dict[str, str]],
    folder: Path,
    screen: Screen,
    published: Any,
    given: dict[str, Any],
) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.intake import Provenance, keep_reading
    from willakuy.reading import text_layer

    about = Provenance(
        source=given["source"],
        source_kind=given["source_kind"],
        title=given["title"],
        address=given["address"],
        published=published,
        is_public_name=given["is_public_name"],
    )
    with Case.open(folder) as case:
        if given["protected"]:
            text_layer(file)
            about = replace(about, source=settle_protected(case, screen, about.source, about.source_kind))
        kept = keep_reading(case, file, about, proposers=names, options=options)
    for reading in kept.readings:
        _say(reading, screen, kept.document.title)
    _say_failures(kept.failures, screen)
    screen.say()
    screen.say(
        ngettext(
            "{n} new proposal in the case; it counts for nothing until somebody accepts it:\n    willakuy code --case {folder}",
            "{n} new proposals in the case; they count for nothing until somebody accepts them:\n    willakuy code --case {folder}",
            kept.n_new,
        ).format(n=kept.n_new, folder=folder)
    )
    screen.result(
        {
            "document_id": kept.document.document_id,
            "source_id": kept.document.source_id,
            "sha256": kept.document.sha256,
            "proposed": [s.statement_id for s in kept.statements],
            "new": kept.n_new,
            "failures": [{"proposer": f.name, **f.error.as_json()} for f in kept.failures],
        }
    )
    if kept.failures:
        raise click.exceptions.Exit(1)


def _say_doubts(layer: TextLayer, screen: Screen) -> None:
    """What a person should look at before trusting the text."""
    for doubt in layer.doubts:
        kind, _, what = doubt.partition(":")
        if kind == "garbled":
            said = gettext("The text looks as if it was decoded wrongly (“{word}”). Save it as UTF-8 and read that.")
            screen.say("  " + said.format(word=what))
        else:
            said = gettext(
                "No text on these pages, only images: {pages}. Type what they say, or run them through a text recogniser."
            )
            screen.say("  " + said.format(pages=what))


def _say_failures(failures: tuple[Failure, ...], screen: Screen) -> None:
    for failure in failures:
        screen.say()
        screen.say("  " + click.style(failure.error.say_what(), bold=True))


def _say(reading: Reading, screen: Screen, title: str | None = None) -> None:
    """One block a statement: who, what words, where; then the figures and people found in it."""
    screen.heading(title or reading.layer.title or reading.layer.name)
    n = len(reading.statements)
    screen.say(
        "  "
        + ngettext(
            "{n} statement proposed by {name} {version}; nobody has accepted it.",
            "{n} statements proposed by {name} {version}; nobody has accepted them.",
            n,
        ).format(n=n, name=reading.proposer.name, version=reading.proposer.version)
    )
    if facts := reading.proposer.say():
        screen.say("  " + click.style(facts, dim=True))
    _say_doubts(reading.layer, screen)
    if n_tables := len(reading.layer.tables):
        said = ngettext(
            "{n} table in it: in a case (--source), the rows of a table of people become proposals too.",
            "{n} tables in it: in a case (--source), the rows of a table of people become proposals too.",
            n_tables,
        )
        screen.say("  " + said.format(n=n_tables))
    for proposed in reading.statements:
        _say_statement(proposed, screen)
    if reading.refused:
        screen.say()
        screen.say("  " + gettext("{n} refused: their words are not in the text.").format(n=len(reading.refused)))


_DOUBTS = {
    "rumour": N_("told as a rumour"),
    "hedged": N_("hedged in the text"),
    "conditional": N_("in the conditional"),
    "negated": N_("denies it"),
    "retracted": N_("takes it back"),
    "inherited_speaker": N_("the speaker was named before, not here"),
    "unclosed_quote": N_("the quotation is never closed"),
    "minor": N_("a minor: initials only in anything published"),
}


def _say_statement(proposed: Proposed, screen: Screen) -> None:
    from willakuy.statements.vocabularies import term

    voice = proposed.voice.name or gettext("not attributed")
    role = f" ({proposed.voice.role})" if proposed.voice.role else ""
    screen.say()
    screen.say("  " + click.style(voice, bold=True) + role + f"  [{proposed.start}–{proposed.end}]")
    for line in textwrap.wrap(proposed.quote, width=84):
        screen.say("    " + line)
    for figure in proposed.figures:
        unit = term("harm", figure.unit)
        harm = unit.es if language() == "es" else unit.en
        said = figure.quantity.say(language())
        setting = [figure.place.text if figure.place else "", (figure.date and figure.date.edtf) or ""]
        where = "".join(f", {part}" for part in setting if part)
        screen.say("    → " + gettext("figure: {said} ({harm})").format(said=said, harm=harm) + where)
    counted = [(f.start, f.end) for f in proposed.figures]
    for victim in proposed.victims:
        if not any(a < victim.end and victim.start < b for a, b in counted):
            screen.say("    → " + _person(victim))
    for blamed in proposed.perpetrators:
        words = " ".join(blamed.text.split())
        screen.say("    → " + gettext("held responsible by these words: {words}").format(words=words))
    for demand in proposed.demands:
        if demand.addressee:
            screen.say("    → " + gettext("asks this of: {who}").format(who=demand.addressee))
    doubts = [gettext(_DOUBTS[flag]) for flag in proposed.flags if flag in _DOUBTS]
    if doubts:
        screen.say("    " + click.style("! " + ", ".join(doubts), fg="yellow"))


def _person(victim: VictimFound) -> str:
    """Name or words, age as printed, and what the words say became of them."""
    from willakuy.statements.vocabularies import term

    words = " ".join((victim.name or victim.text).split())
    age = " ".join(victim.age.words.split()) if victim.age is not None and victim.age.words not in words else ""
    harm = term("harm", victim.harm) if victim.harm else None
    became = (harm.es if language() == "es" else harm.en) if harm else ""
    said = words + (f", {age}" if age else "") + (f" ({became})" if became else "")
    if victim.kind == "group":
        return gettext("people: {words}").format(words=said)
    return gettext("person: {words}").format(words=said)
