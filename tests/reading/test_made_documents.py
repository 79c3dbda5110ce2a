"""Whole invented documents, in both languages, as documenters meet them: wire copy, reports, lists, radio, testimony, headlines."""

from __future__ import annotations

import pytest

from .made_documents import Found, Made, made, score, totals
from .saying import read

DOCUMENTS = made()


@pytest.fixture(scope="module")
def found() -> dict[str, Found]:
    return {d.name: score(d) for d in DOCUMENTS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.name)
def test_nothing_a_document_denies_or_fears_is_read_as_having_happened(document: Made) -> None:
    victims = [v for s in read(document.text) for v in s["victims"] if v["polarity"] == "asserted"]

    for mark in (m for m in document.marks if not m.is_asserted and m.what != "by"):
        wrong = [
            v
            for v in victims
            if v["start"] < mark.end and mark.start < v["end"] and v["act"] not in ("attacked", "threatened")
        ]
        assert not wrong, (mark.words, wrong)


@pytest.mark.parametrize("language", ["es", "en"])
def test_most_of_what_a_document_says_is_found_and_little_else(language: str, found: dict[str, Found]) -> None:
    of_language = [f for name, f in found.items() if name.startswith(language)]

    for kind, n_found, n_wanted in totals(of_language):
        assert n_found >= 0.7 * n_wanted, (kind, [f.missed for f in of_language])
    assert sum(len(f.extra) for f in of_language) <= 8
