"""What people coded in a case, as annotated texts: what a reader can be trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from willakuy.casefile.case import Case
from willakuy.casefile.intake import text_of
from willakuy.reading.crf.examples import Annotated, Said, Span
from willakuy.reading.discourse import Utterance, discourse
from willakuy.reading.documents.plain import paragraphs
from willakuy.reading.layers import TextLayer
from willakuy.reading.locating import Grounds
from willakuy.statements.ids import DocumentId
from willakuy.statements.statement import Mode, Statement

_SPOKEN = frozenset({Mode.direct, Mode.reported, Mode.mixed})
_NEAR = 400


def coded_in(case: Case) -> list[Annotated]:
    """Every document with a text layer in which somebody accepted or corrected a proposed statement that somebody says.

    A paragraph with a proposal nobody has decided on is left out, for what it says is not known; what was rejected teaches
    that nothing is said there. The source is where the text names the speaker beside the words; the cue is found by rule.
    """
    corpus = case.corpus()
    standing = [s for s in corpus.standing if s.mode in _SPOKEN]
    waiting: dict[DocumentId, list[Statement]] = defaultdict(list)
    for s in corpus.waiting:
        waiting[s.document_id].append(s)
    spoken: dict[DocumentId, list[Statement]] = defaultdict(list)
    for s in standing:
        spoken[s.document_id].append(s)
    found = []
    for document_id in sorted(spoken):
        text = text_of(case, document_id)
        if text is not None:
            found.append(_annotated(document_id, text, spoken[document_id], waiting[document_id]))
    return [e for e in found if e.said]


def _annotated(
    document_id: DocumentId, text: str, spoken: Iterable[Statement], waiting: Iterable[Statement]
) -> Annotated:
    blocks = tuple(paragraphs(text))
    layer = TextLayer(text, "text/plain", "", name=document_id, blocks=blocks)
    utterances = discourse(layer).utterances if blocks else []
    grounds = Grounds(text)
    said = {span: _said(grounds, utterances, s, span) for s in spoken for span in _spans(s, len(text))}
    open_ = [span for s in waiting for span in _spans(s, len(text))]
    unread = tuple((b.start, b.end) for b in blocks if any(a < b.end and b.start < z for a, z in open_))
    return Annotated(text, tuple(said[span] for span in sorted(said)), document_id, unread)


def _spans(s: Statement, length: int) -> list[Span]:
    found = []
    for citation in s.citations:
        start, end = citation.locator.start, citation.locator.end
        if start is not None and end is not None and 0 <= start < end <= length:
            found.append((start, end))
    return found


def _said(grounds: Grounds, utterances: Iterable[Utterance], s: Statement, content: Span) -> Said:
    rule = next((u for u in utterances if any(a < content[1] and content[0] < b for a, b in u.attribution.frame)), None)
    cue = rule.attribution.cue if rule else None
    name = s.speakers[-1].name if s.speakers else None
    places = grounds.locate(name) if name else []
    near = [(max(a - content[1], content[0] - b, 0), (a, b)) for a, b in places if not _overlaps((a, b), content)]
    source = min(near)[1] if near and min(near)[0] <= _NEAR else rule.attribution.source if rule else None
    return Said((content,), (source,) if source else (), (cue,) if cue and not _overlaps(cue, content) else ())


def _overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
