"""Evidence: content-addressed bytes, kept as they arrived. Imports nothing of ours but the ledger."""

from willakuy.evidence.errors import BytesChanged, BytesMissing, DiskFull, NotAFile, NotWritten
from willakuy.evidence.store import EvidenceStore, Kept

__all__ = ["BytesChanged", "BytesMissing", "DiskFull", "EvidenceStore", "Kept", "NotAFile", "NotWritten"]
