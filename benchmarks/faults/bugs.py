"""Mistakes put into the program on purpose: a harness that does not notice them proves nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from willakuy.casefile import Case, engine, intake
from willakuy.casefile.sync import exporting, importing, joining
from willakuy.evidence import EvidenceStore, durable, store
from willakuy.publication import folder as release_folder


@contextlib.contextmanager
def patched(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """``(where, name, what)`` in place while the block runs."""
    before = [(where, name, getattr(where, name)) for where, name, _ in changes]
    for where, name, what in changes:
        setattr(where, name, what)
    try:
        yield
    finally:
        for where, name, what in before:
            setattr(where, name, what)


def _nothing(*_args: object, **_kwargs: object) -> None:
    return None


def no_file_sync() -> Any:
    """A single file gets its name before its bytes are durable."""

    def write(self: EvidenceStore, stream: Any, progress: Any, *, is_synced: bool) -> Any:
        return real(self, stream, progress, is_synced=False)

    real = EvidenceStore._write
    return patched((EvidenceStore, "_write", write))


def no_folder_sync() -> Any:
    """The names of evidence are never made durable."""
    return patched((store, "sync_folder", _nothing), (durable, "sync_folder", _nothing))


def event_before_bytes() -> Any:
    """The ledger speaks of bytes that are only being written."""

    def keep_files(case: Case, paths: Iterable[Path], **kwargs: Any) -> Any:
        paths = list(paths)
        for path in paths:
            kept = store.Kept(store.sha256_of(path.open("rb", buffering=0)), path.stat().st_size, is_new=True)
            arrived = intake.Arrived(kept, "application/octet-stream", path.name, path)
            case.record("received", intake._custody(arrived, "file"))
        for batch in case.evidence.put_files(paths):
            yield [intake.Arrived(kept, "application/octet-stream", path.name, path) for path, kept in batch]

    return patched((intake, "keep_files", keep_files))


def copy_named_before_sync() -> Any:
    """A case joined from a bundle gets its name while its files are on their way to the disk."""
    return patched((joining, "sync_all", _nothing), (joining, "sync_folder", _nothing))


def entries_before_files() -> Any:
    """What a bundle tells is recorded before the files it speaks of are kept."""

    def take_in(case: Case, bundle: Any, checked: Any, by: Any, told: Any) -> Any:
        with patched((importing, "_keep_files", lambda *_: 0)):
            done = real(case, bundle, checked, by, told)
        keep(case, bundle, [log for log in checked.logs if log.is_taken])
        return done

    real, keep = importing._take_in, importing._keep_files
    return patched((importing, "_take_in", take_in))


def lazy_database() -> Any:
    """Commits do not wait for the disk."""
    return patched((engine, "_SETTINGS", {**engine._SETTINGS, "synchronous": "0"}))


def _without_sync(which: int) -> Callable[..., None]:
    """``sync_all`` that leaves every ``which``-th of two out: 0 the bytes of a batch, 1 their names."""
    n = iter(range(10**9))
    real = store.sync_all

    def sync_all(*args: Any) -> None:
        if next(n) % 2 != which:
            real(*args)

    return sync_all


def no_batch_byte_sync() -> Any:
    """A batch gets its names before its bytes are durable."""
    return patched((store, "sync_all", _without_sync(0)))


def no_batch_name_sync() -> Any:
    """A batch is acknowledged before its names are durable."""
    return patched((store, "sync_all", _without_sync(1)))


def known_bytes_trusted() -> Any:
    """Bytes that are there already are acknowledged without making their name durable."""

    def settle(self: EvidenceStore, staged: Any) -> Any:
        if self.holds(staged.sha256):
            staged.path.unlink()
            return store.Kept(staged.sha256, staged.size, is_new=False)
        return real(self, staged)

    real = EvidenceStore._settle

    def put_files(self: EvidenceStore, paths: Iterable[Path], progress: Any = None, **_: Any) -> Any:
        for path in paths:
            yield [(path, self.put_file(path, progress))]

    return patched((EvidenceStore, "_settle", settle), (EvidenceStore, "put_files", put_files))


def release_named_before_sync() -> Any:
    """A release gets its name while its pages are still on their way to the disk."""
    return patched((release_folder, "sync_all", _nothing))


def bytes_written_in_place() -> Any:
    """Evidence is written under its final name."""

    def put_files(self: EvidenceStore, paths: Iterable[Path], progress: Any = None, **_: Any) -> Any:
        for path in paths:
            data = path.read_bytes()
            sha256 = store.sha256_of(path.open("rb", buffering=0))
            final = self.path_of(sha256)
            if not final.exists():
                final.parent.mkdir(parents=True, exist_ok=True)
                with final.open("xb", buffering=0) as out:
                    out.write(data[: len(data) // 2])
                    out.write(data[len(data) // 2 :])
            yield [(path, store.Kept(sha256, len(data), is_new=True))]

    return patched((EvidenceStore, "put_files", put_files))


def bundle_written_in_place() -> Any:
    """A bundle grows under its final name."""
    return patched((exporting, "new_file", lambda path: path.open("xb", buffering=0)))


def release_written_in_place() -> Any:
    """A release grows under its final name."""

    def enter(self: Any) -> Any:
        made = real(self)
        self.tmp.rmdir()
        self.tmp = self.final
        self.tmp.mkdir(parents=True, exist_ok=True)
        return made

    real = release_folder.NewFolder.__enter__
    return patched(
        (release_folder.NewFolder, "__enter__", enter),
        (release_folder.NewFolder, "settle", _nothing),
    )


def sync_errors_passed_over() -> Any:
    """A sync that fails is taken for one that worked."""

    def sync(fd: int) -> None:
        with contextlib.suppress(OSError):
            real(fd)

    real = os.fsync
    return patched((os, "fsync", sync))


def errors_not_put_into_words() -> Any:
    """Trouble with the evidence reaches the person as a traceback."""

    @contextlib.contextmanager
    def told(_self: EvidenceStore, _name: str) -> Iterator[None]:
        try:
            yield
        except OSError as e:
            raise RuntimeError(str(e)) from e

    return patched((EvidenceStore, "_told", told))
