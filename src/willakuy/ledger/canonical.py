"""One way to write a value as bytes, so that its hash means the same everywhere.

JSON Canonicalization Scheme (RFC 8785) restricted to text, whole numbers, booleans, lists and objects with
ASCII keys: inside these limits Python's own ``json`` writes the same bytes, so a reader needs no library of ours.
(Here ``msgspec`` writes them, several times faster; that both agree with RFC 8785 is tested.)
There are no floats: a probability is recorded as the decimal text a person can read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"]

_MAX_EXACT = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical form here: a float, ``None``, a key that is not plain ASCII."""


def canonical(value: Json) -> bytes:
    """UTF-8 bytes of ``value``: sorted keys, no spaces, nothing escaped that need not be.

    Raises:
        NotCanonical: see the class.
    """
    _check(value)
    try:
        return _encode(value)
    except UnicodeEncodeError as e:
        raise NotCanonical(f"text with a lone surrogate: {e}") from e


_encode = msgspec.json.Encoder(order="sorted").encode


def _check(value: object) -> None:
    if type(value) is str or type(value) is bool:
        return
    if isinstance(value, int):
        if abs(value) > _MAX_EXACT:
            raise NotCanonical(f"{value} is beyond the integers JSON readers agree on")
        return
    if isinstance(value, list | tuple):
        for item in value:
            _check(item)
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise NotCanonical(f"object key {key!r} is not ASCII text")
            _check(item)
        return
    raise NotCanonical(f"{type(value).__name__} cannot be recorded: {value!r}")
