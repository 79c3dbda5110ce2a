"""The Spanish catalogue: every message a person can read, gathered from code, commands and templates.

./run words            renew locale/es and compile it; says what has no Spanish yet
./run words --check    only look
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "willakuy"
PO = SOURCE / "locale" / "es" / "LC_MESSAGES" / "willakuy.po"
MO = PO.with_suffix(".mo")

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the date a catalogue would carry, so that the same messages give the same bytes."""

METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
OPTIONS = {"**.j2": {"encoding": "utf-8", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {"gettext": None, "N_": None, "_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every message in the sources, with where it stands."""
    catalog = Catalog(locale="es", domain="willakuy", project="Willakuy", charset="utf-8")
    found = extract_from_dir(SOURCE, METHODS, OPTIONS, KEYWORDS, comment_tags=())
    for filename, _line, message, _comments, _context in sorted(found, key=lambda f: (f[0], f[1])):
        catalog.add(message, locations=[(filename, None)])
    for name, message in command_messages():
        catalog.add(message, locations=[(name, None)])
    return catalog


def command_messages() -> Iterator[tuple[str, str]]:
    """Help texts of every command and option, as written."""
    from willakuy.cli import contents

    ctx = click.Context(contents)
    for name in contents.list_commands(ctx):
        import importlib

        command = importlib.import_module(contents._listed[name].module).command
        yield from _of(command, f"cli/{name}")


def _of(command: click.Command, where: str) -> Iterator[tuple[str, str]]:
    if command.help:
        yield where, command.help
    for param in command.params:
        if getattr(param, "help", None):
            yield where, param.help
    if isinstance(command, click.Group):
        for name, sub in command.commands.items():
            yield from _of(sub, f"{where}/{name}")


def current() -> Catalog:
    """The catalogue as it is on disk, or an empty one."""
    if not PO.exists():
        return Catalog(locale="es", domain="willakuy", charset="utf-8")
    with PO.open("rb") as f:
        return read_po(f, locale="es", domain="willakuy")


def renewed() -> Catalog:
    """Today's messages with the Spanish they have; messages no longer used are dropped."""
    catalog, template = current(), extracted()
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    return [
        str(m.id) for m in catalog if m.id and (not m.string or (isinstance(m.string, tuple) and not all(m.string)))
    ]


def compiled(catalog: Catalog) -> bytes:
    catalog.creation_date = catalog.revision_date = UNDATED
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    undated = [line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date'))]
    return "".join(undated).encode()


def main() -> int:
    catalog = renewed()
    missing = untranslated(catalog)
    if "--check" not in sys.argv:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(written(catalog))
        MO.write_bytes(compiled(current()))
    for message in missing:
        sys.stdout.write(f"no Spanish yet: {message}\n")
    sys.stdout.write(f"{len(catalog)} messages, {len(missing)} without Spanish\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
