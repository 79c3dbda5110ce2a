"""A first copy of a case from a bundle of everything: a folder that appears whole, or not at all."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from willakuy.casefile.case import Case, Clock, utc_now
from willakuy.casefile.devices import known_devices
from willakuy.casefile.errors import CaseExists, CaseTomlNotRead
from willakuy.casefile.keys import keep_device, new_device
from willakuy.casefile.settings import read_settings
from willakuy.casefile.sync.bundle import Bundle
from willakuy.casefile.sync.errors import BundleNotRead
from willakuy.casefile.sync.framing import NotABundle
from willakuy.casefile.sync.importing import Imported, import_bundle
from willakuy.casefile.sync.sealed import opened
from willakuy.evidence import UNFINISHED, Stage, sync_all, sync_folder
from willakuy.ledger import Entropy
from willakuy.vault import Identity

_LONGEST_SETTINGS = 1 << 20


def join_case(
    bundle: Path,
    folder: Path,
    *,
    identity: Identity | None = None,
    clock: Clock = utc_now,
    entropy: Entropy = os.urandom,
    progress: Callable[[int], None] | None = None,
) -> tuple[Imported, dict[str, str]]:
    """Make a copy of a case in ``folder``, new or empty, with a device of its own.

    Every device in the bundle is believed, and that is recorded, since there is nobody here who could know better:
    compare the fingerprints.

    Returns:
        what came in, and the fingerprint of each device, the new one's among them.

    Raises:
        CaseExists, BundleNotRead: there is no folder, or it is as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseExists(path=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Stage(folder.parent, *UNFINISHED)
    part = stage.new()
    try:
        part.mkdir()
        for name in ("evidence", "vault", "releases"):
            (part / name).mkdir()
        case_id = _begin(bundle, part, identity)
        device = new_device(case_id, entropy)
        keep_device(part, device)
        with Case.empty(part, read_settings(part), device, clock=clock, entropy=entropy) as case:
            done = import_bundle(case, bundle, trust=_Anyone(), identity=identity, progress=progress)
            with case.looking() as connection:
                known = known_devices(connection, case_id)
        below = sorted(part.rglob("*"))
        sync_all(part, (p for p in below if p.is_file()), (p for p in (part, *below) if p.is_dir()))
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        sync_folder(folder.parent)
    except NotABundle as e:
        raise BundleNotRead(file=bundle, reason=e) from e
    except CaseTomlNotRead as e:
        raise BundleNotRead(file=bundle, reason=e.say_what()) from e
    finally:
        stage.close()
    return done, {device_id: known[device_id].fingerprint for device_id in known}


def _begin(bundle: Path, folder: Path, identity: Identity | None) -> str:
    with opened(bundle, folder, identity) as source:
        manifest = Bundle.open(source).manifest
    if len(manifest.settings) > _LONGEST_SETTINGS or len(manifest.case) != 16 or not manifest.case.isalnum():
        raise NotABundle("it does not say which case it is of")
    if any(part.start for part in manifest.logs) or not manifest.logs:
        raise NotABundle("it does not begin at the beginning")
    (folder / "case.toml").write_text(_kept_here(manifest.settings), "utf-8")
    return manifest.case


def _kept_here(settings: str) -> str:
    """The settings without the sender's bucket: nobody else decides where the evidence of this copy goes."""
    mine = "".join(line for line in settings.splitlines(True) if not line.lstrip().startswith("evidence_store"))
    with suppress(tomllib.TOMLDecodeError):  # told when they are read
        if "evidence_store" in tomllib.loads(mine):
            raise NotABundle("its settings name an evidence store in a way that cannot be taken out")
    return mine


class _Anyone(frozenset[str]):
    def __contains__(self, _fingerprint: object) -> bool:
        return True
