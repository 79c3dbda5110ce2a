"""A partner's word for a release: that it verifies, and that its log continues the one the partner saw before.

The partner needs no case, only releases and a key of its own. The cosignature is a line under the checkpoint in ``seal.json``,
the one file the manifest does not name; a reader whose policy names the partner as a witness can ask for it.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from willakuy.errors import ProblemFound, UsageError
from willakuy.i18n import N_
from willakuy.ledger import (
    Checkpoint,
    CosigningKey,
    Entropy,
    Note,
    NoteNotValid,
    commitment_of,
    tile_path,
    tree_over,
)
from willakuy.ledger.tiles import widths
from willakuy.publication.verifying import verify_release


class ReleaseNotCosigned(ProblemFound):
    code = "W431"
    what = N_("{path}: this release does not verify, so it was not cosigned: {reason}")
    next = N_("Nothing was signed. See everything that is wrong:\n    willakuy verify {path}")


class LogChanged(ProblemFound):
    """The log is not a continuation of the one this partner has cosigned: its device has signed two histories."""

    code = "W432"
    what = N_(
        "{path}: the log of {origin} had another beginning when you last cosigned it, at {size} entries. Its device has signed two histories."
    )
    next = N_("Nothing was signed. Keep this release and the earlier one: together they are the proof.")


class KeyNotRead(UsageError):
    code = "W433"
    what = N_("{file}: there is no cosigning key in it ({reason}).")
    next = N_(
        "Nothing was signed. Name a file for a new key, and a name for it:\n    willakuy anchor cosign RELEASE --key FILE --name NAME"
    )


@dataclass(frozen=True, slots=True)
class Cosigned:
    """``policy_line`` is what a reader puts into a policy to ask for this partner."""

    origin: str
    size: int
    policy_line: str
    is_new_key: bool


def cosign_release(
    release: Path, key_file: Path, name: str | None, *, time: int, entropy: Entropy = os.urandom
) -> Cosigned:
    """Check ``release`` and put a cosignature under its seal. The key file remembers the heads it has cosigned.

    Args:
        name: of a new key, without spaces or plus; an organisation's address is a good one. Ignored where there is a key.
        time: seconds since 1970.

    Raises:
        KeyNotRead, ReleaseNotCosigned, LogChanged: nothing was signed.
    """
    is_new = not key_file.exists()
    kept = _new_key(key_file, name, entropy) if is_new else _read_key(key_file)
    report = verify_release(release)
    if report.problems:
        raise ReleaseNotCosigned(path=release, reason=report.problems[0])
    seal = json.loads((release / "seal.json").read_text("utf-8"))
    note = Note.parse(seal["checkpoint"])
    head = Checkpoint.parse(note.text)
    before = kept["heads"].get(head.origin)
    if before is not None and not _continues(release, seal, head, before):
        raise LogChanged(path=release, origin=head.origin, size=before["size"])
    key = CosigningKey(kept["name"], bytes.fromhex(kept["secret"]))
    if before is None or before["size"] <= head.size:
        kept["heads"][head.origin] = {"size": head.size, "root": head.root.hex()}
    _write(key_file, kept)  # before the cosignature leaves: it is never given for two histories
    if not any(key.verifier.made(s) for s in note.signatures):
        seal["checkpoint"] = str(note.with_signatures([key.cosign(head, time)]))
        _write(release / "seal.json", seal)
    return Cosigned(head.origin, head.size, f"witness {key.name} {key.vkey}", is_new)


def _continues(release: Path, seal: dict[str, Any], head: Checkpoint, before: dict[str, Any]) -> bool:
    """Whether the sealed log has the root it had when it was cosigned; an older release must be a beginning of it."""
    log = _sealed_log(release, seal, head)
    size = int(before["size"])
    if size > len(log):
        return True  # an older release: what it says was checked when the newer one was
    return tree_over(log).root(size).hex() == str(before["root"])


def _sealed_log(release: Path, seal: dict[str, Any], head: Checkpoint) -> list[bytes]:
    device = head.origin.rsplit("/", 1)[-1]
    size = head.size - len(seal["between"]) - 1
    log: list[bytes] = []
    for n, width in widths(0, size):
        bundle = (release / "ledger" / device / tile_path("entries", n, width)).read_bytes()
        log += [bundle[at : at + 32] for at in range(2, len(bundle), 34)]
    return [*log, *(bytes.fromhex(h) for h in seal["between"]), commitment_of(seal["entry"]["header"])]


def _new_key(path: Path, name: str | None, entropy: Entropy) -> dict[str, Any]:
    if not name or "+" in name or any(c.isspace() for c in name):
        raise KeyNotRead(file=path, reason="a new key needs a name without spaces or plus")
    return {"name": name, "secret": entropy(32).hex(), "heads": {}}


def _read_key(path: Path) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        CosigningKey(str(kept["name"]), bytes.fromhex(kept["secret"])).verifier  # noqa: B018
        kept["heads"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, NoteNotValid) as e:
        raise KeyNotRead(file=path, reason=e) from e
    return kept


def _write(path: Path, value: dict[str, Any]) -> None:
    """Put ``value`` in place of what was at ``path``, whole or not at all; readable by this user only where it is new."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, path.stat().st_mode & 0o777 if path.exists() else 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as out:
        out.write(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)
