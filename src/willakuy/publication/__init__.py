"""A public record from a case: a site, open data, and the means for anyone to verify both.

Only what the release policy lets through is in it. Method: docs/method/publication.md, format: docs/format/release.md.
"""

from willakuy.publication.differences import Change, Difference, What, differences
from willakuy.publication.errors import (
    CountNotRecomputed,
    FolderTaken,
    NotARelease,
    NothingToPublish,
    ReleaseInterrupted,
    ReleaseNotWritten,
)
from willakuy.publication.frozen import PublicRecord, Withheld, release_record
from willakuy.publication.policy import Policy, Rule, policy_of, say_rule
from willakuy.publication.release import Release, publish
from willakuy.publication.verifying import VerifyReport, verify_case, verify_release

__all__ = [
    "publish",
    "Release",
    "release_record",
    "PublicRecord",
    "Withheld",
    "Policy",
    "Rule",
    "policy_of",
    "say_rule",
    "differences",
    "Difference",
    "Change",
    "What",
    "verify_release",
    "verify_case",
    "VerifyReport",
    "CountNotRecomputed",
    "FolderTaken",
    "NotARelease",
    "NothingToPublish",
    "ReleaseInterrupted",
    "ReleaseNotWritten",
]
