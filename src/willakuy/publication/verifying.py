"""Checking a release from inside the package, with the very file that each release carries: one truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from willakuy.casefile import Case
from willakuy.casefile.checking import CaseReport, Findings, check_folder
from willakuy.i18n import gettext, language
from willakuy.publication import verify
from willakuy.publication.considered import left_out, place_of
from willakuy.publication.errors import NotARelease
from willakuy.publication.folder import MANIFEST
from willakuy.publication.position import RELEASE

_verify: Any = verify
"""Untyped, as a file that any Python from 3.9 on reads."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """``problems`` in the language in force. ``checked`` says of what how many were looked at: files, entries, rows …"""

    problems: tuple[str, ...]
    checked: tuple[tuple[str, int], ...]
    kinds: tuple[str, ...] = ()
    """The kind of each problem: a key of ``verify.SAYS``."""


def verify_release(path: Path, policy: Path | None = None) -> VerifyReport:
    """Check the release in ``path``, exactly as ``python3 -I verify.py`` does. Never raises on what it finds there.

    Args:
        policy: whose signatures to ask for (C2SP tlog-policy); by default the one inside the release.

    Raises:
        NotARelease: there is no manifest to check against.
    """
    if not (path / MANIFEST).is_file():
        raise NotARelease(path=path)
    check = _verify.Check(str(path), policy)
    spoken = 1 if language() == "es" else 0
    problems = tuple(_verify.SAYS[kind][spoken].format(*facts) for kind, facts in check.problems)
    return VerifyReport(problems, tuple(check.checked.items()), tuple(kind for kind, _ in check.problems))


def verify_case(folder: Path, progress: Callable[[int], None] | None = None) -> CaseReport:
    """Check the working case in ``folder``: its ledger, its evidence, its vault, and the releases it keeps."""
    return check_folder(folder, also=_check_releases, progress=progress)


def _check_releases(case: Case, findings: Findings) -> None:
    """The releases in the case's own folder against what the ledger says was published."""
    n_whole = 0
    for number, digest in _published(case).items():
        name = f"releases/{number:03d}"
        folder = case.folder / name
        if not folder.is_dir():
            findings.notes.append(gettext("{path}: published, and not kept here.").format(path=name))
        elif not (folder / MANIFEST).is_file():
            findings.damaged.append(gettext("{path}: it is missing.").format(path=f"{name}/{MANIFEST}"))
        else:
            found = [f"{name}/{problem}" for problem in verify_release(folder).problems]
            if sha256((folder / MANIFEST).read_bytes()).hexdigest() != digest:
                found.append(gettext("{path}: it is not the one that was published.").format(path=f"{name}/{MANIFEST}"))
            found += [f"{name}/ledger/considered.jsonl: {said}" for said in _left_out(case, folder)]
            findings.damaged += found
            n_whole += not found
    findings.good.append((gettext("releases"), n_whole))


def _left_out(case: Case, folder: Path) -> Iterator[str]:
    """What the ledger held when the release was made and its list of all it considered does not account for."""
    try:
        logs = json.loads((folder / MANIFEST).read_bytes())["frozen"]["logs"]
        rows = [json.loads(line) for line in (folder / "ledger/considered.jsonl").read_bytes().splitlines()]
        for logged in left_out((e for e in case.entries() if e.seq < logs.get(e.device, 0)), rows):
            place = place_of(logged)
            yield gettext("the release does not account for ledger entry {place}.").format(place=place)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as e:
        yield gettext("cannot be checked ({said})").format(said=f"{type(e).__name__}: {e}")


def _published(case: Case) -> dict[int, str]:
    """Number to the hash of the manifest, of every release that was recorded."""
    fields = (e.entry.fields for e in case.entries(RELEASE))
    return {int(str(f["number"])): str(f["manifest_sha256"]) for f in fields}


def recount(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """(lo, hi) of each row of ``figures.jsonl``, counted by ``verify.py``'s own rule."""
    yield from _verify.recount(rows)
