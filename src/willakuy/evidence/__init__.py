"""Evidence: content-addressed bytes, kept as they arrived. Imports nothing of ours but the ledger."""

from willakuy.evidence.durable import Stage, exchange, make_folder, sync_all, sync_folder
from willakuy.evidence.errors import BytesChanged, BytesMissing, BytesUnreadable, DiskFull, NotAFile, NotWritten
from willakuy.evidence.store import EvidenceStore, Kept

__all__ = [
    "BytesChanged",
    "BytesMissing",
    "BytesUnreadable",
    "DiskFull",
    "EvidenceStore",
    "Kept",
    "NotAFile",
    "NotWritten",
    "Stage",
    "exchange",
    "make_folder",
    "sync_all",
    "sync_folder",
]
