"""Reads an invented text and hands back what ``willakuy read --json`` prints of it."""

from __future__ import annotations

from typing import Any

from willakuy.reading import propose, text_layer, to_json
from willakuy.statements.dates import parse_date

Said = dict[str, Any]


def read(text: str, published: str | None = "2023-01-18", name: str = "nota.txt") -> list[Said]:
    """The statements, in reading order."""
    day = parse_date(published).value if published else None
    statements: list[Said] = to_json(propose(text_layer(text.encode(), name), published=day))["statements"]
    return statements


def said_of(statements: list[Said], words: str) -> Said:
    """The statement whose quotation holds ``words``; the shortest, if several do."""
    holding = [s for s in statements if words in s["quote"]]
    assert holding, f"no statement says {words!r} among {[s['quote'] for s in statements]}"
    return min(holding, key=lambda s: len(s["quote"]))


def speaker(statements: list[Said], words: str) -> str | None:
    name: str | None = said_of(statements, words)["speaker"]["name"]
    return name


def figures(statements: list[Said]) -> list[tuple[int, int | None, str]]:
    return sorted(
        (f["lo"], f["hi"], f["unit"]) for s in statements for f in s["figures"] if f["polarity"] == "asserted"
    )


def victims(statements: list[Said]) -> list[Said]:
    return [v for s in statements for v in s["victims"]]


def named(statements: list[Said]) -> set[str]:
    return {v["name"] for v in victims(statements) if v["kind"] == "named"}


def blamed(statements: list[Said]) -> set[str]:
    return {p["text"] for s in statements for p in s["perpetrators"]}
