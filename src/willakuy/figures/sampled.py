"""A figure as it would be if records were of one person as some clustering says: one draw of the doubt about identity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from willakuy.figures.counting import count
from willakuy.figures.register import register_of
from willakuy.figures.values import Figure
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement
from willakuy.statements.scopes import Scope


def corpus_if(corpus: Corpus, groups: Iterable[Sequence[StatementId]]) -> Corpus:
    """``corpus`` as if each of ``groups`` were one person, besides what people judged, and no identity were open.

    It is a supposition to count with, never a judgement: nothing of it is recorded.
    """
    supposed = tuple(
        Judgement(JudgementId(f"jdg_supposed.{i}"), Identity(IdentityVerdict.same, tuple(group)), "", "", "")
        for i, group in enumerate(groups)
        if len(group) > 1
    )
    found = replace(corpus, judgements=(*corpus.judgements, *supposed), proposals=())
    register_of(found).memo["open"] = ()
    return found


def counted_if(
    corpus: Corpus, scopes: Sequence[Scope], groups: Iterable[Sequence[StatementId]], as_of: date | None = None
) -> tuple[Figure, ...]:
    """The figure of each scope under one supposition about who is who."""
    supposed = corpus_if(corpus, groups)
    return tuple(count(supposed, scope, as_of) for scope in scopes)
