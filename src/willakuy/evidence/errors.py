"""What can go wrong while keeping bytes."""

from __future__ import annotations

from willakuy.errors import CaseDamaged, UsageError, WillakuyError
from willakuy.i18n import N_


class NotAFile(UsageError):
    """There is nothing to keep at that path, or it is not a plain file."""

    code = "W110"
    what = N_("{file}: {reason}.")
    next = N_("Nothing was recorded. Name a file:\n    willakuy add FILE")


class DiskFull(WillakuyError):
    """The disk has no room for the bytes."""

    code = "W111"
    what = N_("{file}: there is no room left on the disk of {store}.")
    next = N_("Everything recorded earlier is safe, and nothing of this file was recorded. Free some space and repeat.")


class NotWritten(WillakuyError):
    """The system refused to store the bytes durably."""

    code = "W112"
    what = N_("{file}: it could not be written safely ({reason}).")
    next = N_(
        "Everything recorded earlier is safe, and nothing of this file was recorded. Check the disk, then repeat."
    )


class BytesMissing(CaseDamaged):
    """The ledger names bytes that the evidence folder does not hold."""

    code = "W310"
    what = N_("{sha256}: the evidence folder does not hold these bytes.")
    next = N_("The record of them is safe. Put the file back from a copy:\n    willakuy add FILE")


class BytesChanged(CaseDamaged):
    """Kept bytes are no longer the ones that were received."""

    code = "W311"
    what = N_("{sha256}: the kept bytes have changed; they now have the hash {found}.")
    next = N_("The record of them is safe. Put the file back from a copy:\n    willakuy add FILE")


class BytesUnreadable(CaseDamaged):
    """Kept bytes are there and the disk does not give them."""

    code = "W312"
    what = N_("{sha256}: the kept bytes cannot be read ({reason}).")
    next = N_(
        "The record of them is safe. Check the disk; if it is failing, put the file back from a copy:\n    willakuy add FILE"
    )


class NotABucket(UsageError):
    """What should name a bucket names something else, or says more than may be written down."""

    code = "W103"
    what = N_("{url}: this is no bucket.")
    next = N_(
        "Nothing was changed. Write it as s3://BUCKET/PREFIX, without keys or passwords: those belong in the environment."
    )


class ObstoreMissing(UsageError):
    """The evidence lies in a bucket, and the part of the program that reads buckets is not installed."""

    code = "W117"
    what = N_("{url}: the part of Willakuy that reads buckets is not installed.")
    next = N_("Nothing was changed. Install it:\n    pip install 'willakuy[s3]'")


class StoreNotReached(WillakuyError):
    """The service of the bucket does not answer, or not as such a service does."""

    code = "W118"
    what = N_("{store}: the evidence store cannot be used now ({reason}).")
    next = N_(
        "Everything recorded earlier is safe, and nothing was recorded now. Check the line, the name of the bucket and AWS_ENDPOINT_URL, then repeat."
    )


class StoreRefused(WillakuyError):
    """The service answers, and does not let us."""

    code = "W119"
    what = N_("{store}: the evidence store refuses ({reason}).")
    next = N_(
        "Everything recorded earlier is safe, and nothing was recorded now. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what that key may do, then repeat."
    )
