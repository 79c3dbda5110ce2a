"""Who publishes a number: whose word replaces whose."""

from __future__ import annotations

from willakuy.figures.independence import Origins, origins_said
from willakuy.statements.corpus import Corpus
from willakuy.statements.folding import fold
from willakuy.statements.statement import Statement


def voice_of(corpus: Corpus, origins: Origins, statement: Statement) -> str:
    """The voice at the origin of a statement: the far end of its chain, else what its source passes on as a whole.

    Two statements of one voice are the same speaker speaking twice: the later replaces the earlier.
    """
    source_id = corpus.document[statement.document_id].source_id
    if statement.speakers:
        origin = statement.speakers[-1]
        if origin.source_id:
            return origin.source_id
        if origin.name:
            return origins.named(origin.name) or fold(origin.name)
    whole = origins_said(origins, statement, source_id, only_whole=True)
    return next(iter(whole)) if len(whole) == 1 else source_id
