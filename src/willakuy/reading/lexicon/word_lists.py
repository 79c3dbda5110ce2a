"""Word lists as one string of words, which a person can read and sort."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of ``text``, parted by spaces."""
    return frozenset(text.split())
