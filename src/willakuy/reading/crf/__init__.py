"""A reader trained on a user's own coded statements: a linear-chain CRF that marks content, source and cue.

Method: docs/method/reading-models.md. Needs the extra ``train``.
"""

from willakuy.reading.crf.examples import Annotated, Said, annotated_in
from willakuy.reading.crf.learning import (
    FEWEST_DOCUMENTS,
    FEWEST_STATEMENTS,
    FOLDS,
    ITERATIONS,
    check_enough,
    digest_of,
    fit,
    train,
)
from willakuy.reading.crf.model import AttributionModel, Card
from willakuy.reading.crf.scoring import Score, score

__all__ = [
    "train", "fit", "check_enough", "digest_of", "FEWEST_STATEMENTS", "FEWEST_DOCUMENTS", "FOLDS", "ITERATIONS",
    "Annotated", "Said", "annotated_in",
    "AttributionModel", "Card",
    "Score", "score",
]  # fmt: skip
