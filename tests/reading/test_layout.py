"""Columns, tables, running heads and garbled letters of documents made by the test."""

from __future__ import annotations

import io

import docx
import pytest
from reportlab.pdfgen import canvas

from willakuy.reading import rows_in_tables, text_layer
from willakuy.reading.documents.garbled import garbled_word
from willakuy.reading.languages import language_in, language_of
from willakuy.statements.ids import DocumentId, SourceId
from willakuy.statements.sources import Document

LEFT = (
    "La vocera de la asamblea dijo ayer", "que murieron diecisiete personas", "en la plaza durante la marcha y", "que nadie atendió a los heridos",
    "en el hospital de la provincia.",
)  # fmt: skip
RIGHT = (
    "El general negó que la tropa", "hubiera disparado contra la gente", "y sostuvo que los soldados solo", "cumplieron la orden que tenían",
    "de proteger el aeropuerto local.",
)  # fmt: skip
ROWS = (
    ("N°", "Nombre", "Edad", "Lugar"),
    ("1", "Rosa Inventada Ficticia", "31", "Ayaviri"),
    ("2", "Juan Ficticio", "22", "Lampa"),
    ("3", "NN", "40", "Lampa"),
)
DOCUMENT = Document(DocumentId("doc_acta"), SourceId("src_acta"), "Acta")


def pdf(*pages: list[tuple[float, float, str]]) -> bytes:
    out = io.BytesIO()
    drawing = canvas.Canvas(out)
    for page in pages:
        for x, y, words in page:
            drawing.drawString(x, y, words)
        drawing.showPage()
    drawing.save()
    return out.getvalue()


def rows_at(top: float, title: str) -> list[tuple[float, float, str]]:
    drawn = [(60.0, top + 20, title)]
    for i, row in enumerate(ROWS):
        drawn += [(x, top - 14 * i, cell) for x, cell in zip((60.0, 100.0, 300.0, 360.0), row, strict=True)]
    return drawn


@pytest.mark.parametrize("is_by_line", [True, False])
def test_two_columns_are_read_one_after_the_other_however_the_file_prints_them(is_by_line):
    left = [(60.0, 760.0 - 14 * i, words) for i, words in enumerate(LEFT)]
    right = [(320.0, 760.0 - 14 * i, words) for i, words in enumerate(RIGHT)]
    drawn = [x for pair in zip(left, right, strict=True) for x in pair] if is_by_line else [*left, *right]

    layer = text_layer(pdf([(60.0, 800.0, "Dos versiones de los hechos"), *drawn]), "nota.pdf")

    assert layer.text == "\n".join(["Dos versiones de los hechos", *LEFT, *RIGHT])
    assert layer.tables == ()


def test_prose_in_one_column_is_left_in_the_files_own_order():
    layer = text_layer(pdf([(60.0, 760.0 - 14 * i, words) for i, words in enumerate(LEFT)]), "nota.pdf")

    assert layer.text == "\n".join(LEFT)


def test_a_table_of_a_pdf_becomes_rows_cited_to_page_and_cells():
    layer = text_layer(pdf([(60.0, 700.0, "Una portada.")], rows_at(700, "Lista de fallecidos")), "acta.pdf")

    first, second, third = rows_in_tables(layer, DOCUMENT)

    assert first.victim.names[0].printed == "Rosa Inventada Ficticia"
    assert (first.victim.age.lo, first.victim.place.words, first.victim.harm.code) == (31, "Ayaviri", "killed")
    assert {c.locator.page for c in first.citations} == {2}
    assert [c.locator.row for c in third.citations] == [3] * len(third.citations)
    cells = {c.locator.column: layer.text[c.locator.start : c.locator.end] for c in second.citations}
    assert (cells["Nombre"], cells["Edad"]) == ("Juan Ficticio", "22")
    assert all(s.proposed_by is not None and s.mode.value == "list_row" for s in (first, second, third))


def test_what_a_table_does_not_say_became_of_people_is_not_assumed():
    layer = text_layer(pdf(rows_at(700, "Relación de personas")), "acta.pdf")
    wounded = text_layer(pdf(rows_at(700, "Relación de heridos")), "acta.pdf")

    assert {s.victim.harm.code for s in rows_in_tables(layer, DOCUMENT)} == {None}
    assert {s.victim.harm.code for s in rows_in_tables(wounded, DOCUMENT)} == {"injured"}


def test_a_cell_printed_on_two_lines_is_one_cell():
    drawn = rows_at(700, "Fallecidos")
    drawn.append((100.0, 700.0 - 14 * 4, "Cruz del Valle Supuesta"))
    drawn += [
        (60.0, 700.0 - 14 * 5, "4"),
        (100.0, 700.0 - 14 * 5, "Ana Supuesta"),
        (300.0, 700.0 - 14 * 5, "19"),
        (360.0, 700.0 - 14 * 5, "Lampa"),
    ]

    (table,) = text_layer(pdf(drawn), "acta.pdf").tables

    assert [c.text for c in table.rows[3]] == ["3", "NN Cruz del Valle Supuesta", "40", "Lampa"]
    assert [c.text for c in table.rows[4]] == ["4", "Ana Supuesta", "19", "Lampa"]


def test_a_table_of_a_page_and_of_a_word_file_become_the_same_rows():
    html = (
        "<h2>Fallecidos</h2><table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
        + "</table>"
    )
    document = docx.Document()
    document.add_paragraph("Fallecidos")
    grid = document.add_table(len(ROWS), 4)
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            grid.cell(i, j).text = cell
    out = io.BytesIO()
    document.save(out)

    for data, name in ((html.encode(), "p.html"), (out.getvalue(), "p.docx")):
        layer = text_layer(data, name)
        rows = rows_in_tables(layer, DOCUMENT)
        assert [s.victim.names[0].printed for s in rows] == [row[1] for row in ROWS[1:]]
        assert all(layer.text[c.locator.start : c.locator.end] for s in rows for c in s.citations)


def test_running_heads_and_page_numbers_are_furniture():
    pages = [
        [
            (60.0, 820.0, "Boletín inventado, mayo"),
            (60.0, 760.0, f"Hecho número {words} de la jornada."),
            (300.0, 20.0, f"Página {n}"),
        ]
        for n, words in enumerate(("primero", "segundo", "tercero", "cuarto"), 1)
    ]

    layer = text_layer(pdf(*pages), "boletin.pdf")

    kinds = {layer.text[b.start : b.end]: b.kind for b in layer.blocks}
    assert kinds["Boletín inventado, mayo"] == kinds["Página 3"] == "furniture"
    assert kinds["Hecho número segundo de la jornada."] == "paragraph"


def test_pages_that_are_only_images_are_named():
    layer = text_layer(pdf([(60.0, 760.0, "Una hoja con letras.")], [], [(60.0, 760.0, "Otra hoja.")]), "acta.pdf")

    assert layer.doubts == ("pages_without_text:2",)


def test_text_decoded_wrongly_is_noticed_and_left_as_it_is():
    wrong = "La investigación señaló a la niña.".encode().decode("cp1252")

    layer = text_layer(wrong.encode(), "nota.txt")

    assert layer.text == wrong
    assert layer.doubts == (f"garbled:{wrong.split()[1]}",)


@pytest.mark.parametrize(
    "words", ["La investigación señaló a la niña.", "Ãngela vive aquí.", "Préstamo de 30 €", "São Paulo, não"]
)
def test_text_in_order_is_not_called_garbled(words):
    assert garbled_word(words) is None


def test_the_four_languages_of_the_region_are_told_apart():
    assert language_of("La presidenta de la asamblea dijo que no hay lista de los heridos.") == "es"
    assert language_of("The president of the assembly said that there is no list of the wounded.") == "en"
    assert language_of("Chaymanta runakunaqa manam munarqakuchu hospitalman riyta.") == "qu"
    assert language_of("Ukatxa jaqinakax janiw hospitalar sarañ munkänti.") == "ay"


def test_a_quotation_has_its_own_language_and_a_short_one_that_of_its_paragraph():
    text = "La señora Rosa Inventada dijo en la plaza: “Chaymanta runakunaqa manam munarqakuchu hospitalman riyta”.\n\nLuego, ante las cámaras de la prensa, la señora solo repitió: “Manam”."
    layer = text_layer(text.encode(), "nota.txt")
    long, short = text.index("Chaymanta"), text.rindex("Manam")

    assert language_in(layer, long, text.index("”")) == "qu"
    assert language_in(layer, short, short + 5) == "es"


def test_four_languages_are_told_apart_on_real_sentences(shared_data):
    import json

    rows = [
        json.loads(x)
        for x in (shared_data / "extraction" / "langid_en_es_quy_aym.jsonl").read_text("utf-8").splitlines()
    ]
    code = {"en": "en", "es": "es", "quy": "qu", "aym": "ay"}
    for language in code:
        held_out = [r["text"] for r in rows if r["lang"] == language][1::2]
        right = sum(language_of(words) == code[language] for words in held_out)
        assert right / len(held_out) >= 0.98, (language, right, len(held_out))


def test_the_last_cell_of_a_table_may_be_printed_on_two_lines_too_and_what_follows_is_prose():
    drawn = rows_at(700, "Fallecidos")
    drawn += [
        (100.0, 700.0 - 14 * 4, "Supuesta del Valle"),
        (60.0, 700.0 - 14 * 7, "Fuente: acta inventada del hospital."),
    ]

    layer = text_layer(pdf(drawn), "acta.pdf")

    assert layer.tables[0].rows[-1][1].text == "NN Supuesta del Valle"
    assert layer.text.endswith("\nFuente: acta inventada del hospital.")
