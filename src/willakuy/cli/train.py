"""willakuy train"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from willakuy.cli.proposers import TRAINED
from willakuy.cli.screen import Screen, case_option, json_option
from willakuy.i18n import N_, gettext

if TYPE_CHECKING:
    from willakuy.reading.crf import Annotated, Card


@click.command(
    "train",
    help=N_("""Train a reader of your own on statements people accepted or corrected, and say how good it is on texts it did not see.

    It needs no network and stays on this machine. The file it makes holds words of the documents it learnt from: keep it as you keep
    the case. Stopped work is taken up where it stood.

    \b
    willakuy train --case my-case
    willakuy train --from coded.jsonl --out reader.crf
    """),
)
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help=N_("Annotated texts, JSON Lines; may be repeated. Without it, what was coded in the case."),
)
@click.option(
    "--out", type=click.Path(path_type=Path), help=N_("Where the trained reader goes; in the case by default.")
)
@click.option("--trained", help=N_("The day to write on its card, as 2023-01-10."))
@click.option("--check", "only_check", is_flag=True, help=N_("Only say whether there is enough to learn from."))
@case_option
@json_option
def command(
    files: tuple[Path, ...], out: Path | None, trained: str | None, only_check: bool, folder: Path, as_json: bool
) -> None:
    from willakuy.reading.crf import FOLDS, ITERATIONS, check_enough, train

    screen = Screen(as_json)
    examples = _examples(files, folder)
    n = sum(len(e.said) for e in examples)
    check_enough(examples)
    if only_check:
        screen.say(gettext("Enough: {n} statements in {documents} documents.").format(n=n, documents=len(examples)))
        screen.result({"statements": n, "documents": len(examples), "is_enough": True})
        return
    target = out or folder / TRAINED
    target.parent.mkdir(parents=True, exist_ok=True)
    with screen.progress(gettext("Training"), (FOLDS + 1) * ITERATIONS) as advance:
        card = train(examples, target, trained=trained, progress=lambda _what, steps: advance(steps))
    _say(card, target, screen)


def _examples(files: tuple[Path, ...], folder: Path) -> list[Annotated]:
    from willakuy.reading.crf import annotated_in

    if files:
        return [e for file in files for e in annotated_in(file)]
    from willakuy.casefile import Case
    from willakuy.casefile.coded import coded_in

    with Case.open(folder) as case:
        return coded_in(case)


def _say(card: Card, target: Path, screen: Screen) -> None:
    screen.say(
        gettext("Trained on {n} statements in {documents} documents: {file}").format(
            n=card.n_statements, documents=card.n_documents, file=target
        )
    )
    screen.heading(
        gettext("On texts it did not see (cross-validated; how much of what it finds is right, how much it finds)")
    )
    rows: list[tuple[str, ...]] = [("", gettext("right"), gettext("found"), "F")]
    for name, label in (
        ("all", gettext("this reader, everything said")),
        ("rules all", gettext("the rules, everything said")),
        ("direct", gettext("this reader, quotations")),
        ("rules direct", gettext("the rules, quotations")),
    ):
        figures = card.figures[name]
        rows.append((label, *(f"{100 * figures[k]:.1f} %" for k in ("P", "R")), f"{100 * figures['F']:.1f}"))
    screen.rows(rows)
    if card.figures["all"]["F"] <= card.figures["rules all"]["F"]:
        screen.say()
        screen.say("  " + gettext("It is no better than the rules here: code more before relying on it."))
    screen.say()
    screen.say(
        gettext("Use it beside the rules:\n    willakuy read FILE --proposer rules,crf --set crf.model={file}").format(
            file=target
        )
    )
    screen.result({"file": str(target), "figures": card.figures, "statements": card.n_statements, "documents": card.n_documents,
                   "model_sha256": card.model_sha256, "trained_on_sha256": card.trained_on_sha256, "trained": card.trained})  # fmt: skip
