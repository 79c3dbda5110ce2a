"""What can go wrong with sealing. No error here ever carries a value that was or is to be sealed."""

from __future__ import annotations

from willakuy.errors import CaseDamaged, UsageError, WillakuyError
from willakuy.i18n import N_


class TooFewCustodians(UsageError):
    code = "W501"
    what = N_(
        "Nothing can be sealed yet: it takes two custodians and one recovery key, and there are {custodians} and {recovery}."
    )
    next = N_(
        "Nothing was recorded. Each custodian makes a key on a machine of their own and sends you the line that begins with age1:\n"
        "    willakuy vault keygen --out FILE\n"
        "    willakuy vault custodians add LABEL age1…\n"
        "    willakuy vault custodians add LABEL age1… --recovery\n"
        "Those that another device of this case recorded, or this one before it was restored, are confirmed by adding them again:\n"
        "    willakuy vault custodians list"
    )


class NotARecipient(UsageError):
    code = "W502"
    what = N_("This is not the public half of an age key: it should begin with age1 and be 62 characters long.")
    next = N_(
        "Nothing was recorded. Ask the custodian for the line “public key”. If what you typed began with AGE-SECRET-KEY, it was the secret "
        "half: that key is no longer safe; have a new one made."
    )


class NotAKeyFile(UsageError):
    code = "W503"
    what = N_("{file}: there is no custodian's key in it ({reason}).")
    next = N_("Nothing was opened. Name the file that “willakuy vault keygen” or age-keygen wrote.")


class PassphraseWrong(WillakuyError):
    code = "W504"
    what = N_("{file}: the passphrase does not open this key.")
    next = N_("Nothing was opened. Try again; if it is lost, use another custodian's key or the recovery key.")


class KeyFileTaken(UsageError):
    code = "W505"
    what = N_("{file}: there is something here already, and a key is never written over anything.")
    next = N_("Nothing was changed. Name a new file.")


class KeyOpensNothing(WillakuyError):
    code = "W506"
    what = N_("{id}: this key does not open it; it was sealed to other keys.")
    next = N_("Nothing was shown. See to whom it is sealed:\n    willakuy vault list")


class SealedFileMissing(CaseDamaged):
    code = "W510"
    what = N_("{id}: its sealed file is not in the vault ({sha256}).")
    next = N_(
        "The ledger still proves that it existed. Put the file back from another copy of the case, into the vault folder."
    )


class SealedDiffers(CaseDamaged):
    code = "W511"
    what = N_("{id}: what the sealed file holds is not what the ledger committed to.")
    next = N_("Nothing was shown. The file was exchanged or damaged: put it back from another copy of the case.")
