"""A sitting over proposed statements: each in its place, accepted, corrected or rejected, recorded before the next is shown.

Nothing is kept that the ledger does not hold: a sitting that is cut off is resumed by starting another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from willakuy.casefile.case import Case
from willakuy.casefile.deciding import decide
from willakuy.casefile.intake import text_of
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext
from willakuy.reading import Grounds
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import DocumentId, JudgementId, StatementId, new_id
from willakuy.statements.judgements import Review, ReviewCoding, ReviewVerdict, Undo, in_force
from willakuy.statements.numbers import parse_quantity
from willakuy.statements.statement import FigureClaim, Speaker, Statement, VictimRecord

VERDICTS = ("accepted", "rejected")


class NotInTheText(UsageError):
    """A correction says what the document does not."""

    code = "W146"
    what = N_("The document does not say “{words}” there.")
    next = N_(
        "Nothing was recorded. A correction uses the document's own words; what is not in it is another statement."
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """What to change; ``None`` leaves it. ``speaker`` "" is nobody; ``figure`` are words of the statement that say a number."""

    start: int | None = None
    end: int | None = None
    speaker: str | None = None
    figure: str | None = None

    @property
    def is_empty(self) -> bool:
        return self == Correction()


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal in its place: ``text`` is the document's layer, ``[start, end)`` the words. ``beside``: others on them."""

    statement: Statement
    title: str
    text: str
    start: int
    end: int
    beside: tuple[Statement, ...]


class ProposalSitting:
    """The proposals of a sitting and where it stands. ``at`` is the one on the screen, ``None`` past the last.

    A blind sitting asks again what others decided, unseen, in an order of the coder's own; it accepts nothing.
    """

    def __init__(self, case: Case, by: str, *, document: str | None = None, is_blind: bool = False) -> None:
        self.case = case
        self.by = by
        self.is_blind = is_blind
        self.position = 0
        self.decided: list[tuple[StatementId, JudgementId]] = []
        self._texts: dict[DocumentId, str] = {}
        corpus = case.corpus()
        chosen = _answered_by_others(corpus, by) if is_blind else corpus.waiting
        wanted = [s for s in chosen if document is None or s.document_id == document]
        self.queue: tuple[Statement, ...] = tuple(sorted(wanted, key=_shuffled(by) if is_blind else _in_order(corpus)))
        self._all = tuple(s for s in corpus.statements if s.proposed_by is not None)

    @property
    def at(self) -> Statement | None:
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def n_left(self) -> int:
        return len(self.queue) - len({s for s, _ in self.decided})

    def show(self, s: Statement) -> Shown:
        text = self._text(s.document_id)
        start, end = _span(s)
        if not text:
            text, start, end = s.words, 0, len(s.words)
        beside = () if self.is_blind else tuple(o for o in self._all if o is not s and _overlap(o, s))
        return Shown(s, self.case.corpus().document[s.document_id].title, text, start, end, beside)

    def answer(self, verdict: str, reason: str) -> JudgementId:
        """Accept or reject what is on the screen, and go on."""
        s = self._now()
        v = ReviewVerdict(verdict)
        decision = ReviewCoding(v, s.statement_id) if self.is_blind else Review(v, s.statement_id)
        return self._recorded(decide(self.case, decision, reason=reason, by=self.by).judgement.judgement_id)

    def correct(self, correction: Correction, reason: str) -> JudgementId:
        """Record the corrected statement as the coder's own, and that it stands in the place of the proposal.

        Raises:
            NotInTheText: nothing was recorded.
        """
        s = self._now()
        if self.is_blind:
            decision: Review | ReviewCoding = ReviewCoding(ReviewVerdict.corrected, s.statement_id)
        else:
            better = self.corrected(s, correction)
            self.case.append([better], by=self.by)
            decision = Review(ReviewVerdict.corrected, s.statement_id, better.statement_id)
        return self._recorded(decide(self.case, decision, reason=reason, by=self.by).judgement.judgement_id)

    def corrected(self, s: Statement, correction: Correction) -> Statement:
        """The statement as a person says it should be: every word of it checked against the document.

        Raises:
            NotInTheText
        """
        shown = self.show(s)
        start = shown.start if correction.start is None else correction.start
        end = shown.end if correction.end is None else correction.end
        words = shown.text[start:end]
        if not 0 <= start < end <= len(shown.text) or not words.strip():
            raise NotInTheText(words=f"{start}–{end}")
        place = replace(s.citations[0].locator, start=start, end=end)
        changed = replace(
            s,
            statement_id=StatementId(new_id("statement", self.case.entropy)),
            words=words,
            citations=(replace(s.citations[0], locator=place), *s.citations[1:]),
            proposed_by=None,
        )
        if correction.speaker is not None:
            changed = replace(changed, speakers=_spoken_by(shown.text, s.speakers, correction.speaker))
        return changed if correction.figure is None else _counting(changed, words, correction.figure)

    def skip(self) -> None:
        self.position += 1

    def back(self) -> bool:
        self.position -= self.position > 0
        return self.position > 0 or bool(self.queue)

    def undo(self) -> bool:
        """Take back the last answer of this sitting; whether there was one."""
        if not self.decided:
            return False
        statement_id, judgement_id = self.decided.pop()
        decide(self.case, Undo(judgement_id), reason=gettext("taken back while coding"), by=self.by)
        self.position = next(i for i, s in enumerate(self.queue) if s.statement_id == statement_id)
        return True

    def _now(self) -> Statement:
        if self.at is None:
            raise ValueError("no proposal is on the screen")
        return self.at

    def _recorded(self, judgement_id: JudgementId) -> JudgementId:
        self.decided.append((self._now().statement_id, judgement_id))
        self.position += 1
        return judgement_id

    def _text(self, document_id: DocumentId) -> str:
        if document_id not in self._texts:
            self._texts[document_id] = text_of(self.case, document_id) or ""
        return self._texts[document_id]


def _answered_by_others(corpus: Corpus, by: str) -> list[Statement]:
    answers: dict[StatementId, set[str]] = {}
    for j in in_force(corpus.judgements):
        if isinstance(j.decision, Review | ReviewCoding):
            answers.setdefault(j.decision.statement_id, set()).add(j.by)
    return [s for s in corpus.statements if s.proposed_by and (who := answers.get(s.statement_id)) and by not in who]


def _shuffled(by: str) -> Callable[[Statement], bytes]:
    """An order of the coder's own, the same in every sitting."""
    return lambda s: hashlib.sha256(f"{by}/{s.statement_id}".encode()).digest()


def _in_order(corpus: Corpus) -> Callable[[Statement], tuple[int, int, int, str]]:
    """Document by document, from top to bottom."""
    rank = {d.document_id: i for i, d in enumerate(corpus.documents)}
    return lambda s: (rank.get(s.document_id, 0), *_span(s), s.statement_id)


def _span(s: Statement) -> tuple[int, int]:
    locator = s.citations[0].locator
    return (locator.start, locator.end) if locator.start is not None and locator.end is not None else (0, 0)


def _overlap(a: Statement, b: Statement) -> bool:
    (x, y), (u, v) = _span(a), _span(b)
    return a.document_id == b.document_id and x < v and u < y


def _spoken_by(text: str, speakers: Sequence[Speaker], name: str) -> tuple[Speaker, ...]:
    before = tuple(speakers[:-1])
    if not name:
        return (*before, Speaker(None))
    places = Grounds(text).locate(name, in_compounds=True)
    if not places:
        raise NotInTheText(words=name)
    return (*before, Speaker(text[slice(*places[0])]))


def _counting(s: Statement, words: str, figure: str) -> Statement:
    places = Grounds(words).locate(figure)
    quantity = parse_quantity(words[slice(*places[0])]) if places else None
    if quantity is None:
        raise NotInTheText(words=figure)
    if isinstance(s.content, FigureClaim):
        return replace(s, content=replace(s.content, quantity=quantity))
    if isinstance(s.content, VictimRecord):
        return replace(s, content=replace(s.content, count=quantity))
    return s
