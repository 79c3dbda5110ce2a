"""Where a command speaks: one screen for a person, or one JSON object for a program, never both."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from willakuy.i18n import N_

F = TypeVar("F", bound=Callable[..., Any])


class Screen:
    """``say`` is silent under ``--json``; ``result`` is silent without it. Progress goes to the error stream."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def say(self, text: str = "") -> None:
        if not self.as_json:
            click.echo(text)

    def heading(self, text: str) -> None:
        self.say()
        self.say(click.style(text, bold=True))

    def rows(self, rows: Sequence[Sequence[object]], indent: int = 2, widest: int = 60) -> None:
        """Columns as wide as they need to be; the last one takes what is left."""
        if self.as_json or not rows:
            return
        cells = [[str(cell) for cell in row] for row in rows]
        n_columns = max(map(len, cells))
        widths = [min(widest, max(len(row[i]) for row in cells if i < len(row))) for i in range(n_columns)]
        for row in cells:
            padded = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
            click.echo((" " * indent + padded).rstrip())

    def result(self, value: Mapping[str, Any]) -> None:
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A bar for work that can be long, where somebody can see it; otherwise nothing.

        Yields a function to call with the number of steps just done.
        """
        if self.as_json or not sys.stderr.isatty():
            yield lambda _steps: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,}"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda steps: bar.advance(task, steps)


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON object for programs."))(command)


def case_option(command: F) -> F:
    return click.option(
        "--case",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        help=N_("Folder of the case; the current folder by default."),
    )(command)


def by_option(command: F) -> F:
    return click.option("--by", help=N_("Working name of whoever decides; never a legal name."))(command)
