"""Scopes as a person writes them: one TOML file, a table for each rule of what to count."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from willakuy.casefile.codec import read_as
from willakuy.errors import UsageError
from willakuy.evidence import NotAFile
from willakuy.i18n import N_
from willakuy.statements.errors import DateNotEdtf
from willakuy.statements.ids import check_id
from willakuy.statements.scopes import Scope
from willakuy.statements.vocabularies import vocabulary

_CODES = {
    "harms": "harm",
    "roles": "role",
    "not_roles": "role",
    "circumstances": "circumstance",
    "not_circumstances": "circumstance",
    "claim_scopes": "claim_scope",
    "claim_populations": "population",
}


BEGINNING = """\
# What each figure of this case counts. Change it to your case, and import it:
#     willakuy import scopes.toml
# The rule is published beside every number, so let it be complete. Later changes get a new version. All keys: docs/format/scopes.md

[[scope]]
scope_id = "scp_killed"
version = 1
name_es = "Personas muertas"
name_en = "People killed"
rule_es = "Todas las personas que alguna fuente de este caso dice muertas, cualquiera sea el lugar, la fecha o la circunstancia."
rule_en = "Every person who some source of this case says was killed, whatever the place, date or circumstance."
harms = ["killed"]
# place = "PE.21"
# period = "2022-12-07/2023-03-31"
# not_roles = ["police", "soldier"]
"""


def begin_scopes(folder: Path) -> Path | None:
    """Put a rule to begin from into the folder of a case; it counts nothing before somebody imports it.

    ``None``: there is one, or the disk did not take it; the case is whole without.
    """
    path = folder / "scopes.toml"
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(BEGINNING)
    except OSError:
        return None
    return path


class ScopeNotRead(UsageError):
    code = "W154"
    what = N_("{file}: scope {scope}: {reason}.")
    next = N_("Nothing was recorded. docs/format/scopes.md shows what a scope holds.")


class ScopesNotToml(UsageError):
    code = "W155"
    what = N_("{file}: this is not a TOML file ({reason}).")
    next = N_("Nothing was recorded. docs/format/scopes.md shows how scopes are written.")


def read_scopes(path: Path) -> tuple[Scope, ...]:
    """Scopes of a file, in its order.

    Raises:
        NotAFile, ScopesNotToml, ScopeNotRead: names the scope and what is wrong with it.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ScopesNotToml(file=path, reason=e) from e
    except OSError as e:
        raise NotAFile(file=path, reason=e.strerror or str(e)) from e
    tables = raw.get("scope", [])
    if not isinstance(tables, list) or not tables:
        raise ScopesNotToml(file=path, reason="no [[scope]] in it")
    return tuple(_scope(path, table) for table in tables)


def _scope(path: Path, table: dict[str, Any]) -> Scope:
    name = str(table.get("scope_id", "?"))
    unknown = sorted(set(table) - set(Scope.__dataclass_fields__))
    if unknown:
        raise ScopeNotRead(file=path, scope=name, reason=f"unknown key {unknown[0]}")
    for key, of in _CODES.items():
        known = {term.code for term in vocabulary(of).terms}
        for code in table.get(key, ()):
            if code not in known:
                raise ScopeNotRead(file=path, scope=name, reason=f"{key}: {code!r} is no code of the vocabulary {of}")
    plain = dict(table)
    for key, wrap in (("place", "code"), ("period", "edtf")):
        if key in plain:
            plain[key] = {wrap: plain[key]}
    try:
        check_id("scope", name)
        return read_as(Scope, plain)
    except (msgspec.ValidationError, UsageError, DateNotEdtf) as e:
        raise ScopeNotRead(file=path, scope=name, reason=e) from e
