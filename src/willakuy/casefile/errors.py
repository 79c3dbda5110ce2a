"""What can go wrong with a case as a whole."""

from __future__ import annotations

from willakuy.errors import CaseDamaged, UsageError, WillakuyError
from willakuy.i18n import N_


class NoCaseHere(UsageError):
    code = "W120"
    what = N_("{path}: there is no case here.")
    next = N_("Make one, or go to the folder of one:\n    willakuy init DIR")


class CaseExists(UsageError):
    code = "W121"
    what = N_("{path}: there is something here already.")
    next = N_("Nothing was changed. Choose an empty or new folder:\n    willakuy init DIR")


class CaseTomlNotRead(UsageError):
    code = "W122"
    what = N_("{path}: this settings file cannot be read ({reason}).")
    next = N_("The ledger is untouched. Mend the file in a text editor and repeat.")


class CaseBusy(WillakuyError):
    code = "W123"
    what = N_("{path}: another program is writing to this case.")
    next = N_("Nothing of yours was recorded, nothing of theirs is lost. Repeat when the other has finished.")


class CaseNotWritten(WillakuyError):
    code = "W124"
    what = N_("{path}: the disk did not take the entry ({reason}).")
    next = N_(
        "Everything acknowledged earlier is safe; this entry was not recorded. Free some space or check the disk, then repeat."
    )


class EngineTooOld(UsageError):
    code = "W125"
    what = N_("The SQLite engine is {found}; versions before {needed} can lose data when two programs write.")
    next = N_(
        "The case is untouched. Install Willakuy again with its own engine:\n    pip install --force-reinstall pysqlite3"
    )


class NoSuchThing(UsageError):
    code = "W126"
    what = N_("{id}: the case holds nothing by that name.")
    next = N_("Nothing was recorded. See what there is:\n    willakuy status")


class CaseFormatUnknown(UsageError):
    code = "W127"
    what = N_("{path}: this case was written by a newer Willakuy (format {found}; this one reads {known}).")
    next = N_("The case is untouched. Install the newer version.")


class LedgerDamaged(CaseDamaged):
    code = "W301"
    what = N_("{path}: entry {seq} of device {device} is not what was recorded ({reason}).")
    next = N_("What other devices hold may be whole. See what is still good:\n    willakuy verify {path}")


class DatabaseDamaged(CaseDamaged):
    code = "W302"
    what = N_("{path}: the case file is damaged ({reason}).")
    next = N_(
        "The evidence folder is separate and untouched. Copy the whole case before anything else, then:\n    willakuy verify {path}"
    )


class DuplicateId(WillakuyError):
    code = "W128"
    what = N_("{id}: something else is recorded under this id already.")
    next = N_("Nothing was recorded. What was recorded earlier stands; give the new one an id of its own.")


class CaseNotRead(WillakuyError):
    code = "W129"
    what = N_("{path}: the system does not give this file ({reason}).")
    next = N_("Nothing was changed. Check the disk and the permissions of the file, then repeat.")
