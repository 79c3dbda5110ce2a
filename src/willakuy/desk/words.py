"""The template environment: one language per request, everything escaped."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined

from willakuy import i18n


def environment(**options: Any) -> Environment:
    options.pop("undefined", None)
    options.pop("autoescape", None)
    env = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"], **options)
    env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals["language"] = i18n.language
    return env
