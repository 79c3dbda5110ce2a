"""Which records are one person, with how much doubt, and always undoable. Method: docs/method/linkage.md."""

from willakuy.linkage.constraints import consequences
from willakuy.linkage.errors import JudgementsContradict
from willakuy.linkage.explaining import explain
from willakuy.linkage.files import FilesLinked, link_files, write_result
from willakuy.linkage.incase import LinkableCase, link_case, link_corpus
from willakuy.linkage.linking import link
from willakuy.linkage.result import LinkResult
from willakuy.linkage.values import (
    Evidence,
    PairJudgement,
    PairScore,
    PersonFound,
    Record,
    Refused,
    ReviewItem,
    Run,
    Settings,
    Verdict,
)

__all__ = [
    "link",
    "link_files",
    "link_corpus",
    "link_case",
    "LinkableCase",
    "LinkResult",
    "FilesLinked",
    "write_result",
    "explain",
    "consequences",
    "Record",
    "Settings",
    "PairJudgement",
    "JudgementsContradict",
    "Verdict",
    "PairScore",
    "Evidence",
    "PersonFound",
    "ReviewItem",
    "Refused",
    "Run",
]
