"""Evidence: content-addressed bytes, kept as they arrived. Imports nothing of ours but the ledger."""

from willakuy.evidence.bucket import BucketStore, check_bucket
from willakuy.evidence.durable import UNFINISHED, Stage, exchange, make_folder, new_file, sync_all, sync_folder
from willakuy.evidence.errors import (
    BytesChanged,
    BytesMissing,
    BytesUnreadable,
    DiskFull,
    NotABucket,
    NotAFile,
    NotWritten,
    StoreNotReached,
    StoreRefused,
)
from willakuy.evidence.staging import Kept, Store
from willakuy.evidence.store import EvidenceStore

__all__ = [
    "UNFINISHED",
    "BucketStore",
    "BytesChanged",
    "BytesMissing",
    "BytesUnreadable",
    "DiskFull",
    "EvidenceStore",
    "Kept",
    "NotABucket",
    "NotAFile",
    "NotWritten",
    "Stage",
    "Store",
    "StoreNotReached",
    "StoreRefused",
    "check_bucket",
    "exchange",
    "make_folder",
    "new_file",
    "sync_all",
    "sync_folder",
]
