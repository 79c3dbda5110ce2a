"""Tables of decisions on identity: pairs of records judged, or records labelled with the person they are of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from willakuy.reading.tables.cells import term
from willakuy.reading.tables.named import NamedRow, named_rows
from willakuy.reading.tables.notices import CellProblem, ProblemKind
from willakuy.reading.tables.table import Table
from willakuy.statements.ids import JudgementId, StatementId, derived_id
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement
from willakuy.statements.vocabularies import vocabulary

Resolve = Callable[[str], StatementId | None]
"""From what a table calls a record (``stm_L01.r5``, ``stm_M003``) to its id in the case, or ``None``."""

UNRESOLVED = "unresolved"
NO_REASON = "The table gives no reason."


@dataclass(frozen=True, slots=True)
class JudgementsRead:
    judgements: tuple[Judgement, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A record and whose it was judged to be."""

    record: StatementId
    person: str
    confidence: str
    by: str
    reason: str


def read_judgements(table: Table, resolve: Resolve, *, by: str, decided: str) -> JudgementsRead:
    """Identity judgements, from ``rec_l, rec_r, judgement`` or from records with a person label.

    Of a person's records, those of the highest confidence make one ``same`` judgement; each of lower confidence is
    joined to the first of them by a judgement of its own, so that a doubtful one can be undone without the rest. A
    person with a single record gives ``individual``. Rows marked unresolved, or without a label, give nothing.

    Args:
        by: coder's working name where the table has no column ``by``.
        decided: their clock (ISO 8601), recorded as evidence of nothing.
    """
    problems: list[CellProblem] = []
    judgements: list[Judgement] = []
    labelled: dict[str, list[_Labelled]] = {}
    for row in named_rows(table, problems):
        if row.get("rec_l", "record_l") or row.get("rec_r", "record_r"):
            if (judgement := _pair(row, resolve, by, decided)) is not None:
                judgements.append(judgement)
        elif (one := _labelled(row, resolve, by)) is not None:
            labelled.setdefault(one.person, []).append(one)
    for person in labelled.values():
        judgements += _person(person, decided)
    return JudgementsRead(tuple({j.judgement_id: j for j in judgements}.values()), tuple(problems))


def _pair(row: NamedRow, resolve: Resolve, by: str, decided: str) -> Judgement | None:
    left, right = row.get("rec_l", "record_l"), row.get("rec_r", "record_r")
    records = [_resolved(row, column, words, resolve) for column, words in (("rec_l", left), ("rec_r", right))]
    words = row.get("judgement", "judgment", "verdict", "decision", "juicio")
    verdict = term("identity_verdict", words) if words else None
    if verdict is None:
        row.problem("judgement", words or "", ProblemKind.value_needed)
    if verdict is None or None in records:
        return None
    known = tuple(r for r in records if r is not None)
    if len(set(known)) < 2:
        row.problem("rec_r", right or "", ProblemKind.value_needed)
        return None
    confidence = _confidence(row)
    return _judgement(IdentityVerdict(verdict), known, row.get("by", "por") or by, _reason(row), confidence, decided)


def _labelled(row: NamedRow, resolve: Resolve, by: str) -> _Labelled | None:
    person = row.get("person_label", "person_id", "person", "persona")
    record = row.get("record", "statement_id", "registro")
    list_id, number, mention = row.get("list_id", "lista"), row.get("row", "fila"), row.get("mention_id")
    if record is None and list_id and number:
        record = f"stm_{list_id}.r{number}"
    elif record is None and mention:
        record = f"stm_{mention}"
    elif record is None and row.get("kind") == "mention" and list_id:
        record = f"stm_{list_id}"
    if person is None or _confidence(row) == UNRESOLVED:
        return None
    found = _resolved(row, "record", record, resolve)
    if found is None:
        return None
    return _Labelled(found, person, _confidence(row), row.get("by", "por") or by, _reason(row))


def _resolved(row: NamedRow, column: str, words: str | None, resolve: Resolve) -> StatementId | None:
    if words is None:
        row.problem(column, "", ProblemKind.value_needed)
        return None
    found = resolve(words if words.startswith("stm_") else f"stm_{words}") or resolve(words)
    if found is None:
        row.problem(column, words, ProblemKind.record_unknown)
    return found


def _reason(row: NamedRow) -> str:
    return row.get("reason", "razon", "note", "nota") or NO_REASON


def _confidence(row: NamedRow) -> str:
    words = row.get("confidence", "confianza")
    return (term("confidence", words) or "high") if words else "high"


def _person(records: list[_Labelled], decided: str) -> list[Judgement]:
    records = list({one.record: one for one in reversed(records)}.values())[::-1]
    if len(records) == 1:
        one = records[0]
        return [_judgement(IdentityVerdict.individual, (one.record,), one.by, one.reason, one.confidence, decided)]
    codes = vocabulary("confidence").codes
    surest = max(codes.index(one.confidence) for one in records)
    core = [one for one in records if codes.index(one.confidence) == surest]
    found = []
    if len(core) > 1:
        reasons = " · ".join(f"{one.record}: {one.reason}" for one in core if one.reason != NO_REASON) or NO_REASON
        coders = ", ".join(dict.fromkeys(one.by for one in core))
        together = tuple(one.record for one in core)
        found.append(_judgement(IdentityVerdict.same, together, coders, reasons, core[0].confidence, decided))
    for one in records:
        if one not in core:
            pair = (core[0].record, one.record)
            found.append(_judgement(IdentityVerdict.same, pair, one.by, one.reason, one.confidence, decided))
    return found


def _judgement(
    verdict: IdentityVerdict, records: tuple[StatementId, ...], by: str, reason: str, confidence: str, decided: str
) -> Judgement:
    """The same rows give the same judgement on every machine, so that a table imported twice decides once."""
    identity = JudgementId(derived_id("judgement", verdict, by, *sorted(records)))
    return Judgement(identity, Identity(verdict, records), by, decided, reason, confidence)
