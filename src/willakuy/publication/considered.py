"""What a release took into account: every source, document, statement, judgement and scope the ledger held, shown or not.

Proofs show that what is published was recorded; they do not show that nothing was left out. So a release lists all that it
considered. What is shown is named by its place in the ledger. What is kept back is there with its kind and the rule, and its
place is committed to with a salt that only the case holds: nobody learns where it stands, or beside what; whoever holds the
case, or is given the salt of one entry, can prove that it is on the list or that it is not.

    commitment = SHA-256("willakuy/considered/v1\\0" || salt || canonical([place, kind, rule]))
    salt       = the first 16 bytes of SHA-256("willakuy/considered-salt/v1\\0" || the salt of its field entry.lamport)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from willakuy.ledger import Logged, canonical
from willakuy.publication.policy import Rule
from willakuy.publication.position import LedgerIndex
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import StatementId

KINDS = ("source", "document", "statement", "judgement", "scope")
SUPERSEDED = "superseded"
"""An earlier description of a source or document, or reading of a row: a later one took its place."""

Place = tuple[str, int]


def considered_rows(
    ledger: LedgerIndex, gone: Mapping[StatementId, Rule], shown: Collection[Place]
) -> list[dict[str, Any]]:
    """One row for each entry of one of ``KINDS``: those shown in the order of the ledger, then those kept back, by hash.

    Args:
        gone: statements that may not be shown, and why.
        shown: device and place of every entry of which the release shows something.
    """
    told, kept = [], []
    rule_of = _rules(ledger.corpus, gone)
    for logged in sorted(ledger.entries, key=lambda e: (e.device, e.seq)):
        kind = logged.entry.kind
        if kind not in KINDS:
            continue
        if (logged.device, logged.seq) in shown:
            told.append({"kind": kind, "entry": place_of(logged)})
            continue
        rule = rule_of(kind, logged.entry.fields) if ledger.is_latest(logged) else SUPERSEDED
        kept.append({"kind": kind, "rule": rule, "commitment": blinded(logged, rule)})
    return [*told, *sorted(kept, key=lambda row: row["commitment"])]


def _rules(corpus: Corpus, gone: Mapping[StatementId, Rule]) -> Callable[[str, Mapping[str, Any]], str]:
    waiting = {s.statement_id for s in corpus.waiting}
    standing = {s.statement_id for s in corpus.standing}

    def rule_of(kind: str, fields: Mapping[str, Any]) -> str:
        item = StatementId(str(fields.get("statement_id", "")))
        if kind != "statement" or (item in standing and item not in gone):
            return Rule.about_withheld.value
        if item in gone:
            return gone[item].value
        return (Rule.not_reviewed if item in waiting else Rule.not_accepted).value

    return rule_of


def place_of(logged: Logged) -> str:
    """``device/place``, as rows of a release name an entry."""
    return f"{logged.device}/{logged.seq}"


def blinded(logged: Logged, rule: str) -> str:
    """The commitment that stands for an entry kept back."""
    its_salt = logged.entry.salts[sorted(logged.entry.fields).index("entry.lamport")]
    salt = hashlib.sha256(b"willakuy/considered-salt/v1\x00" + its_salt).digest()[:16]
    said = canonical([place_of(logged), logged.entry.kind, rule])
    return hashlib.sha256(b"willakuy/considered/v1\x00" + salt + said).hexdigest()


def left_out(entries: Iterable[Logged], rows: Iterable[Mapping[str, Any]]) -> Iterator[Logged]:
    """Entries that a release should have considered and whose list does not hold them.

    Args:
        entries: those of the logs up to where the release is frozen.
        rows: its list.
    """
    rows = list(rows)
    told = {row["entry"] for row in rows if "entry" in row}
    kept = {row["commitment"] for row in rows if "commitment" in row}
    rules = {row["rule"] for row in rows if "rule" in row}
    for logged in entries:
        is_meant = logged.entry.kind in KINDS and place_of(logged) not in told
        if is_meant and not any(blinded(logged, rule) in kept for rule in rules):
            yield logged
