"""A CSV file of ours opens in a spreadsheet as text alone, and nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from willakuy.cells import plain_cell, safe_cell

SIGNS = "=+-@\t\r\n\x00＝＋－＠|%−"
VEILS = ["", " ", "  ", "'", '"', "\u200b", "\ufeff", "\u00a0", "“", "' ", '" ', "\u202e"]
PAYLOADS = [
    "1+1",
    "SUM(A1:A2)",
    'HYPERLINK("http://example.org";"x")',
    "cmd|' /C calc'!A0",
    "51 951 234 567",
    "3",
    "texto",
]
CORPUS = [veil + sign + payload for veil in VEILS for sign in SIGNS for payload in PAYLOADS]
CORPUS += [
    "hola;=1+1",
    "a\n=1+1",
    "a;'=1+1",
    "'''=1",
    "+51 951 234 567",
    "-",
    "",
    "Juan; -5",
    "T'ika",
    "O’Higgins",
    "«=1»",
]


def test_no_cell_begins_like_a_formula():
    for text in CORPUS:
        assert safe_cell(text)[:1] not in tuple(SIGNS)
        assert safe_cell(text).lstrip(' \u200b\ufeff\u00a0"“\u202e')[:1] not in tuple(SIGNS)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
@example("'=1")
@example("a;''=1")
@example(";;=1")
def test_what_went_in_comes_out(text):
    assert plain_cell(safe_cell(text)) == text


def test_the_corpus_comes_out_of_a_csv_file_as_it_went_in():
    kept = [text for text in CORPUS if "\x00" not in text]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(["a", safe_cell(text), "b"] for text in kept)

    read = [plain_cell(row[1]) for row in csv.reader(io.StringIO(out.getvalue(), newline=""))]
    assert read == kept


def test_the_number_of_an_identity_card_and_a_telephone_stay_as_printed():
    assert plain_cell(safe_cell("+51 951 234 567")) == "+51 951 234 567"
    assert safe_cell("Anacleto Ejemplo, 31 años") == "Anacleto Ejemplo, 31 años"


@pytest.mark.slow
def test_libreoffice_sees_text_in_every_cell(tmp_path):
    office = shutil.which("soffice") or pytest.skip("needs LibreOffice Calc (apt install libreoffice-calc)")
    with (tmp_path / "cells.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([str(i), safe_cell(text)] for i, text in enumerate(CORPUS))
    arguments = ["--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--infilter=CSV:44,34,76,1"]
    subprocess.run([office, *arguments, "--convert-to", "fods", "cells.csv"], cwd=tmp_path, check=True, timeout=200)
    assert "table:formula" not in (tmp_path / "cells.fods").read_text("utf-8")
