"""What can go wrong between two copies of a case. Whatever it is, nothing of the bundle is recorded."""

from __future__ import annotations

from willakuy.errors import ProblemFound, UsageError, WillakuyError
from willakuy.i18n import N_


class BundleNotRead(UsageError):
    """The file is no bundle, or was damaged or altered on the way."""

    code = "W601"
    what = N_("{file}: this bundle cannot be taken in: {reason}.")
    next = N_(
        "Nothing was recorded, and the case is as it was. Ask for the file again; if it is the same, show it to whoever looks after the case."
    )


class OtherCase(UsageError):
    code = "W602"
    what = N_("{file}: this bundle is of another case.")
    next = N_("Nothing was recorded. To see the case it is of:\n    willakuy sync join {file} DIR")


class DeviceUnknown(ProblemFound):
    """A log in the bundle is of a device for which nobody here has vouched."""

    code = "W603"
    what = N_(
        "{file}: it holds entries of a device that nobody here has vouched for: {device}, fingerprint {fingerprint}."
    )
    next = N_(
        "Nothing was recorded. Ask the person whose device it is, by voice, what “willakuy sync status” shows them. If it is the same:\n"
        "    willakuy sync import {file} --trust {fingerprint}"
    )


class BundleBeginsLater(UsageError):
    code = "W604"
    what = N_("{file}: it begins after entry {start} of device {device}, and this copy has only {size} of them.")
    next = N_("Nothing was recorded. Ask for a bundle of everything:\n    willakuy sync export FILE")


class FileTaken(UsageError):
    code = "W605"
    what = N_("{file}: there is something here already.")
    next = N_("Nothing was written. Name a new file and repeat.")


class FileNotWritten(WillakuyError):
    code = "W606"
    what = N_("{file}: the file could not be written ({reason}).")
    next = N_("The case is as it was. Free some space or name another place, then repeat.")


class NoSuchDevice(UsageError):
    code = "W607"
    what = N_("{device}: this copy knows no such device.")
    next = N_("Nothing was written. See which there are:\n    willakuy sync status")


class ChangedMeanwhile(WillakuyError):
    code = "W608"
    what = N_("{path}: another program wrote to this case while the bundle was being checked.")
    next = N_("Nothing of the bundle was recorded, nothing of theirs is lost. Repeat the command.")


class NotForkEvidence(UsageError):
    code = "W609"
    what = N_("{file}: this does not prove that a log was forked: {reason}.")
    next = N_("A device is accused by its own signatures or not at all. Nothing was changed.")
