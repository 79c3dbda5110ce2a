"""What every command shares: lazy loading, translated help, errors in three parts, exit codes.

Nothing is imported before it is needed: ``willakuy --help`` reads a table of names and short sentences.
"""

from __future__ import annotations

import copy
import importlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from willakuy.errors import WillakuyError
from willakuy.i18n import LANGUAGES, N_, gettext, language_of_environment, set_language

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the table of contents."""

    name: str
    module: str
    summary: str


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    commands: tuple[Listed, ...]


class Contents(click.Group):
    """A group that reads like a table of contents and imports a command only when it is called."""

    def __init__(self, chapters: Sequence[Chapter], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.chapters = tuple(chapters)
        self._listed = {listed.name: listed for chapter in chapters for listed in chapter.commands}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = self._listed.get(cmd_name)
        if listed is None:
            return None
        return translated(importlib.import_module(listed.module).command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for chapter in self.chapters:
            with formatter.section(gettext(chapter.title)):
                formatter.write_dl([(c.name, gettext(c.summary)) for c in chapter.commands])


class MissingPart(WillakuyError):
    """A command needs a part of Willakuy that is not installed."""

    code = "W101"
    exit_code = 2
    what = N_("This command needs the package {part}, which is not installed.")
    next = N_(
        "Nothing was changed. Install Willakuy with all its parts:\n    pip install 'willakuy[linkage,estimation,desk,images,train,llm,languages]'"
    )


class SystemRefused(WillakuyError):
    """An error of the system that nobody nearer to it has put into words."""

    code = "W102"
    what = N_("{path}: the system refused ({reason}).")
    next = N_(
        "Everything acknowledged before is safe. Check the disk, the permissions and the free space, then repeat the command."
    )


def translated(command: click.Command) -> click.Command:
    """A copy of ``command`` whose help is in the language being spoken."""
    told = copy.copy(command)
    told.help = gettext(command.help) if command.help else None
    told.params = [_translated_param(p) for p in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: translated(sub) for name, sub in told.commands.items()}
    return told


def _translated_param(param: click.Parameter) -> click.Parameter:
    help_text = getattr(param, "help", None)
    if not help_text:
        return param
    told: Any = copy.copy(param)
    told.help = gettext(help_text)
    return told  # type: ignore[no-any-return]


def run(contents: Contents, argv: Sequence[str] | None = None) -> int:
    """Carry out a command line; the exit code: 0 done, 1 problems found, 2 wrong use, 3 case damaged."""
    args, asked, wants_trace = _taken_anywhere(sys.argv[1:] if argv is None else argv)
    set_language(asked or language_of_environment())
    wants_json = "--json" in args
    try:
        outcome = contents.main(args, prog_name="willakuy", standalone_mode=False)
    except WillakuyError as e:
        if wants_trace:
            raise
        say_error(e, wants_json)
        return e.exit_code
    except ModuleNotFoundError as e:
        if wants_trace or (e.name or "").startswith("willakuy"):
            raise
        missing = MissingPart(part=e.name)
        say_error(missing, wants_json)
        return missing.exit_code
    except click.ClickException as e:
        e.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(gettext("Stopped. Everything acknowledged before is safe; repeat the command to go on."), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as e:
        if wants_trace:
            raise
        refused = SystemRefused(path=e.filename or "willakuy", reason=e.strerror or str(e))
        say_error(refused, wants_json)
        return refused.exit_code
    except MemoryError:
        click.echo(gettext("There was not enough memory. Nothing of this command was recorded."), err=True)
        return 1
    return outcome if isinstance(outcome, int) else 0


def say_error(error: WillakuyError, wants_json: bool) -> None:
    """What happened, with the code at the right; what is safe and what to type below."""
    if wants_json:
        click.echo(json.dumps(error.as_json(), ensure_ascii=False, indent=1))
    what = error.say_what()
    gap = " " * max(2, 78 - len(what.rsplit("\n", 1)[-1]) - len(error.code))
    click.echo(f"{what}{gap}{error.code}", err=True)
    if error.say_next():
        click.echo(error.say_next(), err=True)


def _taken_anywhere(argv: Sequence[str]) -> tuple[list[str], str | None, bool]:
    """``--lang`` and ``--debug`` work before and after the command; the arguments without them, and what they said."""
    args, asked, wants_trace, rest = [], None, False, list(argv)
    while rest:
        arg = rest.pop(0)
        if arg == "--":
            args += [arg, *rest]
            break
        if arg == "--debug":
            wants_trace = True
        elif arg == "--lang" and rest and rest[0] in LANGUAGES:
            asked = rest.pop(0)
        elif arg.startswith("--lang=") and arg[7:] in LANGUAGES:
            asked = arg[7:]
        else:
            args.append(arg)
    return args, asked, wants_trace
