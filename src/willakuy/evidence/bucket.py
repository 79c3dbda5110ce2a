"""Evidence in a bucket of any S3-compatible store, through obstore (docs/format/evidence.md).

An object is written once, under its hash: up to ``PART_BYTES`` with ``If-None-Match``, which the store itself upholds; longer ones in
parts, which become an object in one step at the end. Where two writers of a long one meet, both write the same bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from willakuy.evidence.errors import (
    BytesChanged,
    BytesMissing,
    NotABucket,
    ObstoreMissing,
    StoreNotReached,
    StoreRefused,
)
from willakuy.evidence.staging import Kept, Staged, Store, forget
from willakuy.i18n import gettext

if TYPE_CHECKING:
    from obstore.store import ObjectStore

PART_BYTES = 8 << 20
_MOST_PARTS = 9000
_AT_ONCE = 4
_URL = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*'()-]+)*/?")
_KEY = re.compile(r"sha256/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")
_RETRIES, _RETRY_FOR, _LONGEST_REQUEST = 4, timedelta(minutes=1), timedelta(minutes=15)


def check_bucket(url: str) -> None:
    """Raises ``NotABucket``: it is not ``s3://BUCKET/PREFIX``, or it holds more than that, as a secret."""
    if not _URL.fullmatch(url) or {".", ".."} & set(url.split("/")):
        raise NotABucket(url=url)


class BucketStore(Store):
    """Objects ``evidence/sha256/ab/cd/abcd…`` under ``url``; ``root`` is where they lie while they are hashed.

    The address, region and keys of the service come from the environment (``AWS_…``). Nothing is asked of it before
    the first use, so that a case opens without a line.
    """

    syncs: ClassVar[bool] = False

    def __init__(self, root: Path, url: str, objects: ObjectStore | None = None) -> None:
        super().__init__(root)
        self.url = url
        if objects is not None:
            self._objects = objects

    @cached_property
    def _objects(self) -> ObjectStore:
        try:
            from obstore.store import S3Store
        except ImportError as e:
            raise ObstoreMissing(url=self.url) from e
        with self._asked():
            return S3Store.from_url(
                self.url,
                client_options={"timeout": _LONGEST_REQUEST, "allow_http": _may_be_in_clear()},
                retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY_FOR},
            )

    def reach(self) -> None:
        """Ask for one name. Raises ``StoreNotReached``, ``StoreRefused``: it cannot be used."""
        next(self._keys(), None)

    def holds(self, sha256: str) -> bool:
        try:
            self._size(sha256)
        except BytesMissing:
            return False
        return True

    def open(self, sha256: str) -> RawIOBase:
        return _Ranges(self, sha256, self._size(sha256))

    def all(self) -> Iterator[str]:
        return (match[3] for key in self._keys() if (match := _KEY.fullmatch(key)))

    def strangers(self) -> Iterator[str]:
        return (key for key in self._keys() if not _KEY.fullmatch(key))

    def range_of(self, sha256: str, start: int, end: int) -> memoryview:
        """Bytes ``start`` to ``end`` of an object. Raises as ``open``."""
        import obstore

        with self._asked(sha256):
            return memoryview(obstore.get_range(self._objects, _key(sha256), start=start, end=end))

    def _size(self, sha256: str) -> int:
        objects = self._objects
        import obstore

        with self._asked(sha256):
            return obstore.head(objects, _key(sha256))["size"]

    def _keys(self) -> Iterator[str]:
        """Every key below ``evidence/sha256``, sorted, without the first part of it."""
        objects = self._objects
        import obstore

        with self._asked():
            keys = [str(item["path"]) for page in obstore.list(objects, "evidence/sha256") for item in page]
        return iter(sorted(key.removeprefix("evidence/") for key in keys))

    def _settle(self, staged: Staged) -> Kept:
        """Put the bytes where nothing is; where something is, read it again: what is no longer whole is replaced."""
        is_new = not self.holds(staged.sha256) and self._create(staged)
        if not is_new and not self._is_whole(staged.sha256):
            self._put(staged, "overwrite")
            is_new = True
        forget(staged.path)
        return Kept(staged.sha256, staged.size, is_new)

    def _settle_all(self, batch: list[tuple[Path, Staged]]) -> list[tuple[Path, Kept]]:
        pool = ThreadPoolExecutor(_AT_ONCE, "evidence")
        try:
            return list(zip((path for path, _ in batch), pool.map(self._settle, (s for _, s in batch)), strict=True))
        finally:
            pool.shutdown(cancel_futures=True)

    def _create(self, staged: Staged) -> bool:
        """``False``: somebody else put the object there first."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            self._put(staged, "create")
        except (AlreadyExistsError, PreconditionError):
            return False
        return True

    def _put(self, staged: Staged, mode: str) -> None:
        import obstore

        how: dict[str, Any] = {"mode": mode, "use_multipart": False}
        if staged.size > PART_BYTES:  # a condition is upheld only for what is sent in one piece, from memory
            how = {"chunk_size": max(PART_BYTES, staged.size // _MOST_PARTS), "use_multipart": True}
        with self._asked():
            obstore.put(self._objects, _key(staged.sha256), staged.path, max_concurrency=_AT_ONCE, **how)

    def _is_whole(self, sha256: str) -> bool:
        try:
            self.check(sha256)
        except (BytesMissing, BytesChanged):
            return False
        return True

    @contextmanager
    def _asked(self, sha256: str | None = None) -> Iterator[None]:
        """What the service said, as an error that a person can act on; ``sha256`` when it was asked for that."""
        from obstore import exceptions as said

        try:
            yield
        except (said.AlreadyExistsError, said.PreconditionError):
            raise
        except FileNotFoundError as e:
            if sha256 is not None:
                raise BytesMissing(sha256=sha256) from e
            raise StoreRefused(store=self.url, reason=gettext("there is no such bucket")) from e
        except (said.PermissionDeniedError, said.UnauthenticatedError, PermissionError) as e:
            raise StoreRefused(store=self.url, reason=_first_line(e)) from e
        except (said.BaseError, OSError) as e:
            raise StoreNotReached(store=self.url, reason=_first_line(e)) from e


class _Ranges(RawIOBase):
    """An object read a part at a time: a line that breaks costs one part, and memory holds one."""

    def __init__(self, store: BucketStore, sha256: str, size: int) -> None:
        self._store, self._sha256, self._size = store, sha256, size
        self._at, self._part = 0, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._part and self._at < self._size:
            end = min(self._at + PART_BYTES, self._size)
            self._part = self._store.range_of(self._sha256, self._at, end)
            self._at += len(self._part)
        n = min(len(buffer), len(self._part))
        memoryview(buffer)[:n] = self._part[:n]
        self._part = self._part[n:]
        return n


def _key(sha256: str) -> str:
    return f"evidence/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _may_be_in_clear() -> bool:
    """What the library reads itself only while it is given no options of the line."""
    return os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("1", "true")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300]
