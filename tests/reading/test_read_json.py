"""What ``read --json`` promises programs: the keys, the offsets, and the same ids on every machine. Invented throughout."""

from __future__ import annotations

import json

from willakuy.reading import propose, text_layer, to_json

NOTE = (
    "En Juliaca, al menos 17 personas murieron el 9 de enero de 2023, dijo la vocera Rosa Inventada.\n\n"
    "“El Ejército mató a Juan Imaginario”, dijo Inventada. “Exigimos al Congreso una comisión investigadora de verdad”.\n\n"
    "Dice el cartel: “no olvidaremos a los que cayeron aquella mañana en la plaza”.\n"
)
STATEMENT = {
    "id", "start", "end", "quote", "mode", "kind", "speaker", "cue", "frame", "acts", "figures", "victims", "perpetrators", "demands",
    "dates", "places", "confidence", "proposer", "flags",
}  # fmt: skip


def told() -> dict[str, object]:
    return to_json(propose(text_layer(NOTE.encode(), "nota.txt")))


def test_the_document_says_its_bytes_its_language_and_its_day() -> None:
    document = told()["document"]

    assert isinstance(document, dict)
    assert {"sha256", "language", "published"} <= set(document)
    assert document["language"] == "es"
    assert document["published"] is None


def test_every_statement_has_the_promised_keys_and_its_quote_is_the_text() -> None:
    statements = told()["statements"]

    assert isinstance(statements, list)
    assert statements
    for s in statements:
        assert set(s) >= STATEMENT
        assert s["quote"] == NOTE[s["start"] : s["end"]]
        assert set(s["speaker"]) >= {"name", "role", "mention_start", "mention_end", "basis"}
        assert s["speaker"]["basis"] in ("named", "pronoun", "inherited", "unattributed")
        assert s["mode"] in ("direct", "reported", "mixed", "narrator")


def test_a_figure_without_an_upper_bound_has_none_in_the_json() -> None:
    statements = told()["statements"]
    assert isinstance(statements, list)

    (figure,) = [f for s in statements for f in s["figures"]]
    assert (figure["lo"], figure["hi"], figure["bound"], figure["unit"]) == (17, None, "at_least", "killed")
    assert (figure["place"], figure["date"]) == ("Juliaca", "2023-01-09")


def test_it_is_plain_json_and_the_same_twice() -> None:
    assert json.dumps(told(), sort_keys=True) == json.dumps(told(), sort_keys=True)


def test_offsets_count_code_points_and_not_bytes() -> None:
    text = "😀😀 “Ñandúes y niños”, dijo Rosa Inventada. Murieron dos niños en la plaza."
    statements = to_json(propose(text_layer(text.encode(), "nota.txt")))["statements"]

    assert all(s["quote"] == text[s["start"] : s["end"]] for s in statements)
