"""One reading: a text layer, a proposer, and what survives grounding."""

from __future__ import annotations

from collections.abc import Sequence

from willakuy.reading.discourse import reporter_of
from willakuy.reading.grounding import ground
from willakuy.reading.languages import language_of
from willakuy.reading.layers import TextLayer
from willakuy.reading.proposers.interface import Proposer, proposer
from willakuy.reading.values import Reading, Refused
from willakuy.statements.dates import PartialDate


def propose(layer: TextLayer, *, published: PartialDate | None = None, by: Proposer | str = "rules") -> Reading:
    """What ``by`` proposes for the document.

    Args:
        published: the day relative dates count from. The document's own metadata is used when it is missing.
        by: a proposer, or the name of an installed one.

    Every statement of the result satisfies ``quote == layer.text[start:end]``; what did not is in ``refused``.

    Raises:
        ProposerUnknown, ProposerNotReady, ProposerFailed.
    """
    program = proposer(by) if isinstance(by, str) else by
    day = published or layer.published
    kept, refused = ground(layer.text, program.propose(layer, published=day))
    said_of_it: Sequence[Refused] = getattr(program, "refused", ())
    return Reading(
        layer=layer,
        proposer=program.identity,
        statements=tuple(kept),
        language=language_of(layer.text) or layer.language,
        published=day,
        reporter=reporter_of(layer),
        refused=(*said_of_it, *refused),
    )
