"""What can go wrong while publishing. A release under its final name is always a whole one."""

from __future__ import annotations

from willakuy.errors import ProblemFound, UsageError, WillakuyError
from willakuy.i18n import N_


class FolderTaken(UsageError):
    """The folder named for the release holds something that is not a release."""

    code = "W401"
    what = N_("{path}: there is something here that is not a release.")
    next = N_(
        "Nothing was changed. Name a new or empty folder, or the folder of an earlier release:\n    willakuy publish --out DIR"
    )


class ReleaseNotWritten(WillakuyError):
    """The disk did not take the release; what was begun has been removed."""

    code = "W402"
    what = N_("{path}: the release could not be written ({reason}).")
    next = N_(
        "The case and earlier releases are safe, and no half release was left. Free some space or check the disk, then repeat:\n    willakuy publish"
    )


class ReleaseInterrupted(WillakuyError):
    """Somebody stopped the command; what was begun has been removed."""

    code = "W403"
    exit_code = 130
    what = N_("{path}: stopped before the release was whole.")
    next = N_("The case and earlier releases are safe, and no half release was left. To go on:\n    willakuy publish")


class NothingToPublish(UsageError):
    """The case has no scope, so that no figure could say what it counts."""

    code = "W404"
    what = N_("{path}: the case defines no scope, so no figure could say what it counts.")
    next = N_("Nothing was written. Define one, then repeat:\n    willakuy figures --help")


class CountNotRecomputed(ProblemFound):
    """A figure cannot be counted again from the rows that would be published: nothing is."""

    code = "W405"
    what = N_("{scope}, {as_of}: the published rows give {rows}, the figure says {figure}.")
    next = N_("Nothing was published. This is a defect of the program: please report it with this message.")


class NotARelease(UsageError):
    """There is no release in the folder."""

    code = "W406"
    what = N_("{path}: there is no release here.")
    next = N_("Name the folder that holds manifest.json:\n    willakuy verify RELEASE")


class HeadNotSigned(ProblemFound):
    """Entries of another device are here without its signature: nobody could check them in a release."""

    code = "W407"
    what = N_("The log of device {device} is here up to entry {n}, and its device has not signed it so far.")
    next = N_("Nothing was published. Take in a bundle from that device first:\n    willakuy sync import BUNDLE")
