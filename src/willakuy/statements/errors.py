"""What can go wrong while reading the values sources print."""

from __future__ import annotations

from willakuy.errors import CaseDamaged, UsageError
from willakuy.i18n import N_


class IdNotValid(UsageError):
    """An identifier that would not survive a file name or a web address."""

    code = "W600"
    what = N_('"{value}" is not the id of a {kind}.')
    next = N_("Nothing was recorded. Ids look like this:\n    {example}")


class DateNotEdtf(UsageError):
    """Text that claims to be a date in EDTF and is not."""

    code = "W610"
    what = N_('"{value}" is not a date in EDTF: {reason}.')
    next = N_(
        "Nothing was recorded. Write it like one of these:\n    2023-01-09   2023-01   2022-12-11/2022-12-14   2023-01-09~"
    )


class QuantityNotValid(UsageError):
    """A number whose lower bound lies above its upper bound, or below nothing."""

    code = "W611"
    what = N_('"{words}" cannot be between {lo} and {hi}.')
    next = N_("Nothing was recorded. The lower number comes first, and neither is below zero.")


class PlaceCodeNotValid(UsageError):
    """A place code that no gazetteer could hold."""

    code = "W113"
    what = N_('"{value}" is not a place code.')
    next = N_("Nothing was recorded. Codes go from the country inward:\n    PE   PE.21   PE.21.11   PE.21.11.01")


class GazetteerUnknown(UsageError):
    """No gazetteer is installed for a country."""

    code = "W114"
    what = N_('There is no gazetteer for the country "{country}".')
    next = N_("Places are kept as printed. Gazetteers known here: {known}")


class VocabularyUnknown(UsageError):
    """No vocabulary has that name."""

    code = "W115"
    what = N_('There is no vocabulary "{name}".')
    next = N_("Nothing was recorded. Vocabularies: {known}")


class TermUnknown(UsageError):
    """A vocabulary has no such code."""

    code = "W116"
    what = N_('"{code}" is not a code of the vocabulary "{vocabulary}".')
    next = N_("Nothing was recorded. Its codes: {known}")

    def __init__(self, *, vocabulary: str, term: str, known: str) -> None:
        super().__init__(vocabulary=vocabulary, code=term, known=known)


class VocabularyDamaged(CaseDamaged):
    """The vocabulary files shipped with the package do not agree with themselves."""

    code = "W613"
    what = N_('The vocabulary "{name}" is damaged: {reason}.')
    next = N_("The case is not touched. Install the package again.")
