"""What the commands that put sources in share: a person who gives information is not named in clear."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from willakuy.i18n import N_, gettext

if TYPE_CHECKING:
    from willakuy.casefile import Case
    from willakuy.cli.screen import Screen

F = TypeVar("F", bound=Callable[..., Any])


def protected_options(command: F) -> F:
    """``--protected`` and ``--public-name``, for a command with ``--source`` and ``--kind``."""
    command = click.option(
        "--public-name",
        "is_public_name",
        is_flag=True,
        help=N_("The source's name is that of a body, or public already: keep it in clear."),
    )(command)
    return click.option(
        "--protected",
        is_flag=True,
        help=N_("A person to be protected: --source is a role; the name is asked for unseen and sealed."),
    )(command)


def settle_protected(case: Case, screen: Screen, role_or_id: str, kind: str) -> str:
    """The id of a protected source: one that is there, or a new one whose identity is asked for and sealed."""
    from willakuy.casefile.custodians import recipients
    from willakuy.casefile.protecting import check_role, protect_source, protected_source

    if role_or_id.startswith("src_"):
        return protected_source(case, role_or_id).source_id
    check_role(role_or_id)
    recipients(case)
    source, item = protect_source(case, role_or_id, kind, asked_for((), None))
    screen.say(
        gettext("From here on this person is “{name}” ({id}); who it is, is sealed as {seal_id}.").format(
            name=source.name, id=source.source_id, seal_id=item.seal_id
        )
    )
    screen.say(
        gettext(
            "What they told is published only once they agree:\n    willakuy consent give {id} --for publish --given-by …"
        ).format(id=source.source_id)
    )
    screen.say(
        gettext(
            "The file itself is kept in clear. If it names them, seal it instead:\n    willakuy add FILE --protected"
        )
    )
    return source.source_id


def asked_for(names: tuple[str, ...], source: Path | None) -> dict[str, str]:
    """Values to seal: from a file, the standard input, or typed unseen; never from an argument."""
    from willakuy.casefile.sealing import read_source, read_values

    if source:
        return read_source(source)
    if not sys.stdin.isatty():
        return read_values(sys.stdin.read())
    return {
        name: click.prompt(
            gettext("{field} (nothing is shown)").format(field=name), hide_input=True, confirmation_prompt=True
        )
        for name in names or ("name",)
    }
