"""What can go wrong while opening a package somebody sent."""

from __future__ import annotations

from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_


class PackageNotRead(UsageError):
    """The bytes are not the package they claim to be."""

    code = "W160"
    what = N_("{file}: it cannot be opened as a package ({reason}).")
    next = N_("Nothing in it was recorded. Its bytes can be kept as they are, unopened:\n    willakuy add FILE")


class PackageTooLarge(UsageError):
    """Opening the package would give more than its size can explain: a bomb, or a limit set too low."""

    code = "W161"
    what = N_("{file}: opening it would give more than {limit} {unit}, which its own size does not explain.")
    next = N_(
        "Nothing in it was recorded; its bytes can be kept unopened with “willakuy add”. If you trust whoever sent it, "
        "allow more:\n    willakuy unpack --largest 20000 FILE        (megabytes it may hold)"
    )


class MemberRefused(UsageError):
    """A name or kind inside the package that no honest packer needs."""

    code = "W162"
    what = N_("{file}: “{member}” inside it is refused ({reason}).")
    next = N_(
        "Nothing in it was recorded. Its bytes can be kept as they are, unopened:\n    willakuy add FILE\n"
        "Then ask whoever sent it for a clean copy."
    )


class BagNotComplete(ProblemFound):
    """A BagIt bag whose manifests do not hold for what is in it."""

    code = "W163"
    what = N_("{file}: the bag is not whole: {problems}.")
    next = N_(
        "Nothing in it was recorded. Its bytes can be kept as they are, unopened:\n    willakuy add FILE\n"
        "Then ask whoever sent it for a whole copy."
    )
