"""Two copies of a case and one truth: bundles between devices, checked whole, merged in one order, forks shown."""

from willakuy.casefile.sync.exporting import Exported, export_bundle
from willakuy.casefile.sync.forks import Fork
from willakuy.casefile.sync.importing import Imported, import_bundle
from willakuy.casefile.sync.joining import join_case
from willakuy.casefile.sync.overview import Conflict, DeviceStatus, SyncStatus, conflicts, sync_status

__all__ = [
    "Conflict",
    "DeviceStatus",
    "Exported",
    "Fork",
    "Imported",
    "SyncStatus",
    "conflicts",
    "export_bundle",
    "import_bundle",
    "join_case",
    "sync_status",
]
