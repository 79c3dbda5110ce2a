"""Which proposers there are, and the options a person gives them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from willakuy.cli.screen import Screen
from willakuy.errors import UsageError
from willakuy.i18n import gettext

TRAINED = Path("models") / "reader.crf"
"""Where ``willakuy train`` leaves the reader of a case, and where ``--proposer crf`` looks for it."""


def asked_for(given: Sequence[str]) -> tuple[str, ...]:
    """Names in the order given, each once: ``--proposer rules,crf --proposer llm``."""
    names = [name.strip() for one in given for name in one.split(",") if name.strip()]
    return tuple(dict.fromkeys(names)) or ("rules",)


def options_of(settings: Sequence[str], folder: Path) -> dict[str, dict[str, str]]:
    """``NAME.KEY=VALUE`` words as options for each proposer; the case's own trained reader is the one used by default.

    Raises:
        UsageError: one is not of that form.
    """
    options: dict[str, dict[str, str]] = {}
    for setting in settings:
        left, equals, value = setting.partition("=")
        name, dot, key = left.strip().partition(".")
        if not (equals and dot and name and key):
            raise UsageError(
                problem=gettext("--set {given}: write it as NAME.KEY=VALUE, such as llm.model=llama3.1").format(
                    given=setting
                )
            )
        options.setdefault(name, {})[key] = value.strip()
    trained = folder / TRAINED
    if trained.is_file():
        options.setdefault("crf", {}).setdefault("model", str(trained))
    return options


def list_proposers(screen: Screen) -> None:
    """One block a proposer: what it is, what it lacks, what can be set."""
    from willakuy.reading import offers

    told = []
    for offer in offers():
        lacks = offer.lacks()
        screen.heading(offer.name)
        screen.say("  " + gettext(offer.about))
        if lacks:
            screen.say("  " + gettext("Not installed: pip install '{package}'").format(package=lacks))
        for key, meaning in offer.options.items():
            screen.rows([(f"--set {offer.name}.{key}=…", gettext(meaning))], indent=4)
        told.append({"name": offer.name, "about": gettext(offer.about), "lacks": lacks, "options": dict(offer.options)})
    screen.result({"proposers": told})
