"""Two records side by side: the words as printed, where they stand, where they differ, and why they may be one.

The terminal, the desk and programs show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from willakuy.casefile.upholding import rule_against
from willakuy.i18n import N_, gettext
from willakuy.statements.corpus import Corpus, PairProposal
from willakuy.statements.folding import fold
from willakuy.statements.ids import StatementId
from willakuy.statements.statement import Statement, VictimRecord


class Alike(StrEnum):
    """How two printed values compare: by their words alone, without accents, case and order."""

    same = "same"
    partly = "partly"
    differs = "differs"
    silent = "silent"
    """One of the two says nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of printed words; ``differs`` when the other record does not have them."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One field. A side that says nothing has no pieces."""

    label: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    agreement: Alike

    @property
    def texts(self) -> tuple[str, str]:
        return " ".join(p.text for p in self.left), " ".join(p.text for p in self.right)


@dataclass(frozen=True, slots=True)
class Side:
    """``also`` are the records that are one person with this one already."""

    record_id: StatementId
    document: str
    row: int | None
    words: str
    also: tuple[StatementId, ...]

    @property
    def where(self) -> str:
        if self.row is None:
            return self.document
        return gettext("{document}, row {row}").format(document=self.document, row=self.row)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One field for (bits above zero) or against (below)."""

    field: str
    what: str
    bits: float

    def say(self) -> str:
        return f"{self.bits:+6.1f}  {self.field}: {self.what}"


@dataclass(frozen=True, slots=True)
class PairView:
    """``p_same`` and ``evidence`` are the machine's opinion; a blind coder is not shown them. ``rule``: why they cannot be one."""

    left: Side
    right: Side
    rows: tuple[Row, ...]
    p_same: float | None
    evidence: tuple[Spoken, ...]
    rule: str | None

    def as_json(self) -> dict[str, object]:
        return {
            "left": _side_as_json(self.left),
            "right": _side_as_json(self.right),
            "rows": [
                {"field": r.label, "left": r.texts[0], "right": r.texts[1], "agreement": r.agreement.value}
                for r in self.rows
            ],
            "p_same": self.p_same,
            "evidence": [{"field": e.field, "what": e.what, "bits": e.bits} for e in self.evidence],
            "cannot_be_one": self.rule,
        }


_Reader = Callable[[VictimRecord], str]


def _coded(values: tuple[object, ...]) -> str:
    return " · ".join(str(getattr(v, "words", "") or getattr(v, "code", "") or "") for v in values)


def _said(value: object) -> str:
    return str(getattr(value, "words", "") or "") if value is not None else ""


_FIELDS: tuple[tuple[str, _Reader], ...] = (
    (N_("Name"), lambda v: " · ".join(n.printed for n in v.names)),
    (N_("Age"), lambda v: _said(v.age)),
    (N_("Sex"), lambda v: v.sex or ""),
    (N_("Harm"), lambda v: (v.harm.words or v.harm.code or "") if v.harm.code != "killed" else ""),
    (N_("Role"), lambda v: _coded(v.roles)),
    (N_("Died"), lambda v: _said(v.died)),
    (N_("Wounded"), lambda v: _said(v.wounded)),
    (N_("Happened"), lambda v: _said(v.happened)),
    (N_("Date"), lambda v: _said(v.dated)),
    (N_("Place"), lambda v: _said(v.place)),
    (N_("Died at"), lambda v: _said(v.died_at)),
    (N_("Wounded at"), lambda v: _said(v.wounded_at)),
    (N_("From"), lambda v: _said(v.origin)),
    (N_("Cause"), lambda v: _coded(v.causes)),
    (N_("How"), lambda v: _coded(v.circumstances)),
    (N_("Hospital"), lambda v: v.hospital or ""),
    (N_("Details"), lambda v: v.details or ""),
)


def look(corpus: Corpus, left: StatementId, right: StatementId, *, blind: bool = False) -> PairView:
    """Everything a person needs to judge two records. ``blind`` leaves out the machine's opinion and what was joined."""
    a, b = corpus.statement[left], corpus.statement[right]
    proposal = None if blind else proposal_of(corpus, left, right)
    return PairView(
        left=_side(corpus, a, blind),
        right=_side(corpus, b, blind),
        rows=compared(tuple((gettext(label), read(a.victim), read(b.victim)) for label, read in _FIELDS)),
        p_same=proposal.p_same if proposal else None,
        evidence=spoken(proposal.evidence) if proposal else (),
        rule=rule_against(corpus, left, right),
    )


def proposal_of(corpus: Corpus, left: StatementId, right: StatementId) -> PairProposal | None:
    """What the latest linkage run says of two records; of the persons they are of, if it says nothing of the records."""
    return next((p for p in corpus.proposals if {p.record_l, p.record_r} == {left, right}), None)


def spoken(evidence: Iterable[tuple[str, str, float]]) -> tuple[Spoken, ...]:
    """Each field's part in words, the strongest first."""
    from willakuy.linkage.explaining import field_in_words, level_in_words
    from willakuy.linkage.values import Evidence

    strongest = sorted(evidence, key=lambda e: -abs(e[2]))
    found = [Evidence(*e) for e in strongest]
    return tuple(Spoken(field_in_words(e.comparison), level_in_words(e), e.bits) for e in found)


def compared(said: tuple[tuple[str, str, str], ...]) -> tuple[Row, ...]:
    """(label, left, right) as rows; fields of which neither says anything are left out."""
    return tuple(_row(label, a, b) for label, a, b in said if a or b)


def _row(label: str, a: str, b: str) -> Row:
    left, right = _words(a), _words(b)
    if not a or not b:
        return Row(label, _pieces(a, None), _pieces(b, None), Alike.silent)
    if left == right:
        agreement = Alike.same
    else:
        agreement = Alike.partly if left & right else Alike.differs
    return Row(label, _pieces(a, right), _pieces(b, left), agreement)


def _words(text: str) -> frozenset[str]:
    return frozenset(w for word in text.split() if (w := _bare(word)))


def _bare(word: str) -> str:
    return fold(word).strip(".,;:·()\"'«»“”")


def _pieces(text: str, other: frozenset[str] | None) -> tuple[Piece, ...]:
    """The words in stretches that the other has and has not; ``None``: nothing to compare with."""
    pieces: list[Piece] = []
    for word in text.split():
        bare = _bare(word)
        differs = other is not None and bool(bare) and bare not in other
        if pieces and pieces[-1].differs == differs:
            pieces[-1] = Piece(f"{pieces[-1].text} {word}", differs)
        else:
            pieces.append(Piece(word, differs))
    return tuple(pieces)


def _side(corpus: Corpus, statement: Statement, blind: bool) -> Side:
    person = corpus.identities.by_record().get(statement.statement_id)
    also = () if person is None or blind else tuple(r for r in person.records if r != statement.statement_id)
    return Side(
        record_id=statement.statement_id,
        document=corpus.document[statement.document_id].title,
        row=statement.citations[0].locator.row,
        words=statement.words,
        also=also,
    )


def _side_as_json(side: Side) -> dict[str, object]:
    return {
        "record": side.record_id,
        "document": side.document,
        "row": side.row,
        "words": side.words,
        "also": list(side.also),
    }
