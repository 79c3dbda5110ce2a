"""What can go wrong while a local reader is trained or loaded."""

from __future__ import annotations

from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_


class ExamplesNotRead(UsageError):
    """A file of annotated texts is not in the form it must have."""

    code = "W220"
    what = N_("{file}, line {line}: this is not an annotated text ({reason}).")
    next = N_(
        "Nothing was trained. Each line is one JSON object with “text” and “attributions”, a list of "
        "{{“content”: [[start, end]], “source”: […], “cue”: […]}}: docs/method/reading-models.md, “Training”."
    )


class TooFewExamples(ProblemFound):
    """Less was coded than a model can learn from."""

    code = "W221"
    what = N_("{n} coded statements in {documents} documents are too few to learn from.")
    next = N_(
        "Nothing was trained. At least {needed} statements in {needed_documents} documents are needed: {missing} more statements. "
        "Accept or correct proposals, and try again:\n    willakuy code"
    )


class ModelNotRead(ProblemFound):
    """A model file is missing, damaged, or was made for other features than these."""

    code = "W222"
    what = N_("{file}: the trained reader cannot be used ({reason}).")
    next = N_("Nothing was read with it. Train it anew:\n    willakuy train --out {file}")
