"""As much of DER as a time-stamp token needs: values one inside the other, each read or written whole.

The members of a set are taken in any order. Real authorities do not always sort them, and a reader that insists refuses
genuine tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL, BOOLEAN, TIME = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05, 0x01, 0x18


class NotDer(ValueError):
    """The bytes are not DER of the form expected."""


@dataclass(frozen=True, slots=True)
class Value:
    """``raw`` is the value with its tag and length, ``body`` what is inside."""

    tag: int
    raw: bytes
    body: bytes

    def items(self) -> list[Value]:
        return list(values_in(self.body))

    def of(self, tag: int) -> Value:
        """This value, if it has that tag."""
        if self.tag != tag:
            raise NotDer(f"tag {self.tag:#x} where {tag:#x} was expected")
        return self

    @property
    def number(self) -> int:
        return int.from_bytes(self.of(INTEGER).body, "big", signed=True)


def value_of(data: bytes) -> Value:
    """The one value that ``data`` is."""
    found = list(values_in(data))
    if len(found) != 1:
        raise NotDer("not one value")
    return found[0]


def values_in(data: bytes) -> Iterator[Value]:
    at = 0
    while at < len(data):
        if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
            raise NotDer("cut off, or a long tag")
        start, size = at + 2, data[at + 1]
        if size & 0x80:
            n = size & 0x7F
            if not 1 <= n <= 4:
                raise NotDer("a length of no form")
            size, start = int.from_bytes(data[start : start + n], "big"), start + n
        end = start + size
        if end > len(data):
            raise NotDer("cut off")
        yield Value(data[at], data[at:end], data[start:end])
        at = end


def der(tag: int, *parts: bytes) -> bytes:
    """One value made of ``parts``."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def der_number(n: int) -> bytes:
    return der(INTEGER, n.to_bytes(n.bit_length() // 8 + 1, "big"))


def oid(text: str) -> bytes:
    """The body of an object identifier."""
    first, second, *rest = map(int, text.split("."))
    out = bytearray()
    for n in (first * 40 + second, *rest):
        chunk = [n & 0x7F]
        while n := n >> 7:
            chunk.append(n & 0x7F | 0x80)
        out += bytes(reversed(chunk))
    return bytes(out)
