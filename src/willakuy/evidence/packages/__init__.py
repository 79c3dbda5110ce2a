"""Packages somebody sent (ZIP, TAR, WACZ, WARC, BagIt, ProofMode, auto-archiver), opened under quotas.

docs/format/packages.md says what is kept of each.
"""

from willakuy.evidence.packages.errors import BagNotComplete, MemberRefused, PackageNotRead, PackageTooLarge
from willakuy.evidence.packages.opening import is_package, members
from willakuy.evidence.packages.proofs import Outcome, Proof
from willakuy.evidence.packages.quotas import Metered, Quota
from willakuy.evidence.packages.recognising import Unpacked, pages, unpack
from willakuy.evidence.packages.survey import Surveyed, survey
from willakuy.evidence.packages.warc import Capture

__all__ = [
    "BagNotComplete",
    "Capture",
    "MemberRefused",
    "Metered",
    "Outcome",
    "PackageNotRead",
    "PackageTooLarge",
    "Proof",
    "Quota",
    "Surveyed",
    "Unpacked",
    "is_package",
    "members",
    "pages",
    "survey",
    "unpack",
]
