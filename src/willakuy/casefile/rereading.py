"""Rows read once more with other columns: the words as printed stay, and so does their id; what they were taken to mean changes.

Everything decided about the row goes on holding, since it names the id. The earlier reading stays in the ledger.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import select

from willakuy.casefile.case import Case
from willakuy.casefile.codec import fields_of, value_of
from willakuy.casefile.schema import projected
from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.ledger import SEALED_MARK, Json, canonical
from willakuy.statements.ids import StatementId
from willakuy.statements.sources import Document
from willakuy.statements.statement import Statement


class ReadOtherwise(UsageError):
    code = "W159"
    what = N_("{file}: row {row} is recorded with another reading: {difference}.")
    next = N_(
        "The rows stand as they were recorded. If the new reading is right, let it take the place of the earlier one, which stays in the ledger:\n    willakuy import {file} … --read-again"
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a row is recorded: the text of its fields."""

    text: str

    @property
    def row(self) -> int | None:
        return self._statement.citations[0].locator.row

    @property
    def _statement(self) -> Statement:
        value = value_of("statement", json.loads(self.text))
        assert isinstance(value, Statement)
        return value

    def numbered(self, statement: Statement) -> tuple[Statement, bool]:
        """``statement`` with the number of its reading, and whether it says something else than the earlier one.

        A row some of whose values were erased is not read again: what was erased would come back.
        """
        as_before = replace(statement, reading=self._statement.reading)
        if SEALED_MARK in self.text or canonical(fields_of(as_before)).decode() == self.text:
            return as_before, False
        return replace(as_before, reading=as_before.reading + 1), True

    def difference(self, statement: Statement) -> str:
        """The fields that differ, as they were and as they would be."""
        was, now = json.loads(self.text), json.loads(canonical(fields_of(statement)))
        told = [
            f"{path.removeprefix('content.')} {_short(was.get(path))} → {_short(now.get(path))}"
            for path in sorted(was.keys() | now.keys())
            if was.get(path) != now.get(path) and path != "reading"
        ]
        return "; ".join(told[:3])


def _short(value: Json) -> str:
    text = "–" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:79] + "…"


def earlier_readings(case: Case, document: Document) -> dict[StatementId, Earlier]:
    """How the rows of ``document`` are recorded; empty for a list the case has not seen."""
    p = projected.c
    query = select(p.id, p.fields).where((p.kind == "statement") & (p.document_id == document.document_id))
    with case.looking() as connection:
        return {StatementId(item): Earlier(text) for item, text in connection.execute(query)}
