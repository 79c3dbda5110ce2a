"""The commands; thin. Each parses, calls one function of the library, and prints."""

from __future__ import annotations

from collections.abc import Sequence

import click

from willakuy import __version__
from willakuy.cli.frame import Chapter, Contents, Listed, run
from willakuy.i18n import N_

__all__ = ["contents", "main"]

_CHAPTERS = (
    Chapter(
        N_("Begin"),
        (
            Listed("demo", "willakuy.cli.demo", N_("Build the example case, Peru 2022–2023, and its site.")),
            Listed("init", "willakuy.cli.init", N_("Make a new, empty case.")),
            Listed("status", "willakuy.cli.status", N_("Say what a case holds and what waits for a decision.")),
        ),
    ),
    Chapter(
        N_("Put sources in"),
        (
            Listed("add", "willakuy.cli.add", N_("Keep a file as evidence, byte for byte.")),
            Listed("unpack", "willakuy.cli.unpack", N_("Open a package somebody sent: ZIP, WACZ, BagIt, ProofMode …")),
            Listed("import", "willakuy.cli.import_", N_("Import a list: CSV, TSV, XLSX or ODS.")),
            Listed("read", "willakuy.cli.read", N_("Read a document into proposed statements.")),
            Listed("train", "willakuy.cli.train", N_("Train a reader on what you coded.")),
        ),
    ),
    Chapter(
        N_("Decide"),
        (
            Listed("code", "willakuy.cli.code", N_("Accept, correct or reject proposed statements.")),
            Listed("link", "willakuy.cli.link", N_("Propose which records are one person.")),
            Listed("review", "willakuy.cli.review", N_("Decide pair by pair, in the terminal.")),
            Listed("judge", "willakuy.cli.judge", N_("Record a decision, or undo one.")),
            Listed("serve", "willakuy.cli.serve", N_("Open the desk: review in a browser.")),
        ),
    ),
    Chapter(
        N_("Protect"),
        (
            Listed("vault", "willakuy.cli.vault", N_("Seal identities so that only custodians can open them.")),
            Listed("consent", "willakuy.cli.consent", N_("Record what people allow, and what they withdraw.")),
            Listed("clean-image", "willakuy.cli.clean_image", N_("Take out of a picture all that cannot be seen.")),
        ),
    ),
    Chapter(
        N_("Work together"),
        (Listed("sync", "willakuy.cli.sync", N_("Pass what this copy of a case has to another, and take in theirs.")),),
    ),
    Chapter(
        N_("Count"),
        (
            Listed("figures", "willakuy.cli.figures", N_("Count under a scope, as of a date, and compare claims.")),
            Listed("estimate", "willakuy.cli.estimate", N_("Estimate what no list saw, or say why not.")),
        ),
    ),
    Chapter(
        N_("Publish and check"),
        (
            Listed("publish", "willakuy.cli.publish", N_("Build a public record from the case.")),
            Listed("anchor", "willakuy.cli.anchor", N_("Have others say when this case held what it holds.")),
            Listed("verify", "willakuy.cli.verify", N_("Check a release or a working case.")),
            Listed("export", "willakuy.cli.export", N_("Hand a release or a case over: BagIt, RO-Crate.")),
            Listed("rebuild", "willakuy.cli.rebuild", N_("Make every projection again from the ledger.")),
        ),
    ),
)

contents = Contents(
    _CHAPTERS,
    name="willakuy",
    help=N_("Casualty recording: from the words of sources to a public record anyone can verify."),
    epilog=N_(
        "“willakuy COMMAND --help” explains a command. Exit codes: 0 done, 1 problems found, 2 wrong use, 3 case damaged."
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[
        click.Option(["--lang"], type=click.Choice(["es", "en"]), help=N_("Language of messages."), expose_value=False),
        click.Option(
            ["--debug"], is_flag=True, help=N_("Show where in the program an error arose."), expose_value=False
        ),
    ],
)
contents.params.append(
    click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help=N_("Print the version."),
        callback=lambda ctx, _param, value: _say_version(ctx) if value else None,
    )
)


def _say_version(ctx: click.Context) -> None:
    click.echo(__version__)
    ctx.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out ``argv`` (the process's own by default) and return the exit code."""
    return run(contents, argv)
