"""What a table is about, guessed from the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable

LIST = "list"
SIGNATURES: dict[str, tuple[str, ...]] = {
    "statuses": ("status_id", "effect", "aspect", "targets"),
    "judgements": ("rec_l", "rec_r", "judgement", "person_label", "person_id", "confidence", "record", "verdict"),
    "claims": (
        "claim_id",
        "figure_printed",
        "value_low",
        "value_high",
        "qualifier",
        "population",
        "as_of",
        "figure",
        "cifra",
    ),
    "lists": (
        "file",
        "completeness",
        "criteria",
        "is_free_of_duplicates",
        "constants",
        "rows_transcribed",
        "inclusion_criteria",
    ),
    "sources": (
        "publisher",
        "kind",
        "derived_from",
        "url",
        "date_published",
        "title",
        "covers_and_criteria",
        "date_basis",
    ),
    "scopes": ("scope_id", "rule_es", "rule_en", "name_es", "name_en"),
    "mentions": ("mention_id", "name_printed", "phrase"),
}
"""Kind → column names that tell it; each has its own columns described in docs/format/lists.md."""

_NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    "statuses": (frozenset({"effect", "targets"}),),
    "judgements": (frozenset({"rec_l", "rec_r"}), frozenset({"person_label"}), frozenset({"person_id", "confidence"}), frozenset({"person", "confidence"})),
    "claims": (frozenset({"figure_printed"}), frozenset({"value_low"}), frozenset({"claim_id"})),
    "lists": (frozenset({"list_id", "file"}), frozenset({"document_id", "file"})),
    "sources": (frozenset({"source_id", "publisher"}), frozenset({"publisher", "url"}), frozenset({"publisher", "kind"})),
    "scopes": (frozenset({"scope_id"}),),
    "mentions": (frozenset({"mention_id", "source_id"}), frozenset({"mention_id", "document_id"}), frozenset({"name_printed", "source_id", "phrase"})),
}  # fmt: skip


def kind_of_table(headers: Iterable[str]) -> str:
    """``list`` unless the headers are those of claims, mentions, sources, judgements, statuses, scopes or lists (an index)."""
    present = {"_".join(header.strip().lower().split()) for header in headers}
    for kind, ways in _NEEDED.items():
        if any(needed <= present for needed in ways):
            return kind
    return LIST
