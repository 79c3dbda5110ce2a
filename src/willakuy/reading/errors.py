"""What can go wrong while a document is read, and while a proposer works on it."""

from __future__ import annotations

from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_


class TextUnreadable(ProblemFound):
    """The bytes are there, but no text could be read from them."""

    code = "W210"
    what = N_("{file}: no text could be read.")
    next = N_(
        "The original is untouched. To go on, read a transcript or a text version of it:\n    willakuy read TRANSCRIPT.txt"
    )


class OnlyImages(TextUnreadable):
    code = "W211"
    what = N_("{file}: no text could be read ({pages} pages hold only images).")
    next = N_(
        "The original is untouched. Run it through a text recogniser, or type what it says, and read that:\n"
        "    willakuy read TRANSCRIPT.txt"
    )


class Encrypted(TextUnreadable):
    code = "W212"
    what = N_("{file}: the document is locked with a password.")
    next = N_(
        "The original is untouched. Save a copy without the password with the program that made it, and read that copy."
    )


class DocumentDamaged(TextUnreadable):
    code = "W213"
    what = N_("{file}: the {kind} document is damaged or cut short.")
    next = N_("The original is untouched. Fetch it again, or open it with the program that made it and save it anew.")


class NotADocument(TextUnreadable):
    code = "W214"
    what = N_("{file}: this is not a document with text (it looks like {kind}).")
    next = N_(
        "The original is untouched. Text, HTML, PDF, DOCX, WebVTT and SRT files can be read; lists (CSV, TSV, XLSX, ODS) are "
        "imported:\n    willakuy import {file}"
    )


class EmptyDocument(TextUnreadable):
    code = "W215"
    what = N_("{file}: the document holds no text.")
    next = N_("The original is untouched. Check that the right file was given.")


class DocumentTooLarge(TextUnreadable):
    code = "W216"
    what = N_("{file}: {megabytes} MB is more than can be read at once (the limit is {limit} MB).")
    next = N_("The original is untouched, and nothing of it was read. Split it, or extract the pages that matter.")


class TooManyPages(TextUnreadable):
    code = "W225"
    what = N_("{file}: {pages} pages are more than can be read at once (the limit is {limit}).")
    next = N_("The original is untouched, and nothing of it was read. Split it, or extract the pages that matter.")


class ProposerUnknown(UsageError):
    """No installed proposer has that name."""

    code = "W217"
    what = N_('There is no proposer "{name}".')
    next = N_("Nothing was read. Installed proposers: {known}")


class ProposerNotReady(UsageError):
    """A proposer lacks what it needs: a model, a package, an address."""

    code = "W218"
    what = N_('The proposer "{name}" cannot work yet: {reason}.')
    next = N_("Nothing was read. {remedy}")


class ProposerFailed(ProblemFound):
    """A proposer stopped half-way or answered in no usable form. What others proposed stands."""

    code = "W219"
    what = N_('The proposer "{name}" gave no usable answer: {reason}.')
    next = N_(
        "Nothing of it was kept. The default proposer needs no model and no network:\n    willakuy read {file} --proposer rules"
    )


class SettingUnknown(UsageError):
    """A proposer was given an option it does not have."""

    code = "W223"
    what = N_('The proposer "{name}" has no option "{key}".')
    next = N_("Nothing was read. It has: {known}")


class NotThisMachine(UsageError):
    """The address of a language model is on another machine, and nobody said that the document may go there."""

    code = "W224"
    what = N_("{host} is another machine: the document would leave this one, and its sources could be put in danger.")
    next = N_(
        "Nothing was sent. If that has been decided by those responsible, say so:\n    willakuy read FILE --proposer llm --set llm.remote=yes …"
    )
