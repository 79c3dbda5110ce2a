"""The words of a statement are those of the kept bytes at its place. Everybody here is invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from willakuy.casefile import Case
from willakuy.casefile.checking import check_case
from willakuy.casefile.importing import Wishes, import_file
from willakuy.casefile.intake import Making, Provenance, keep_reading, keep_text
from willakuy.casefile.quotations import Unchecked
from willakuy.casefile.quoting import check_quotations
from willakuy.statements.ids import DocumentId, StatementId
from willakuy.statements.sources import Citation, Locator
from willakuy.statements.statement import Statement

NOTE = "Murieron 17 personas en Juliaca, dijo Rosa Inventada. “El Ejército mató a Juan Imaginario”, dijo Inventada."
LIST = "nombre,edad,lugar,madre\n" + "".join(
    f"{name} Ejemplo Ñandú,{age},Juliaca,Madre Secreta\n"
    for name, age in (("Anacleto", 31), ("Zulma", 44), ("Juan", 52))
)


def read(case: Case, folder: Path, text: str = NOTE) -> list[Statement]:
    path = folder / "nota.txt"
    path.write_text(text, "utf-8")
    keep_reading(case, path, Provenance("Radio Inventada"))
    return list(case.corpus().statements)


def listed(case: Case, folder: Path, data: bytes, **wishes: str) -> list[Statement]:
    path = folder / "lista.csv"
    path.write_bytes(data)
    import_file(case, path, Wishes(Provenance("Oficina Inventada"), table_kind="list", **wishes))
    return list(case.corpus().statements)


def altered(case: Case, statement: Statement, **changes: object) -> str:
    """Record beside ``statement`` one that differs from it; its id."""
    other = replace(statement, statement_id=StatementId("stm_altered"), **changes)  # type: ignore[arg-type]
    case.append([other])
    return other.statement_id


def test_what_was_read_stands_at_its_place(case, tmp_path):
    statements = read(case, tmp_path)

    compared = check_quotations(case)

    assert len(statements) >= 2
    assert (compared.n_standing, compared.differing) == (len(statements), [])
    assert not compared.unchecked


def test_a_statement_that_says_one_word_more_is_named_with_what_the_bytes_say(case, tmp_path):
    statement = read(case, tmp_path)[0]
    other = altered(case, statement, words=statement.words.replace("17", "71"))

    report = check_case(case)

    assert len(report.damaged) == 1
    place = statement.citations[0].locator
    for part in (other, statement.document_id, f"{place.start}–{place.end}", "71 personas", "17 pers"):
        assert part in report.damaged[0]


def test_another_letter_of_the_same_look_is_another_word(case, tmp_path):
    statement = read(case, tmp_path)[0]
    other = altered(case, statement, words=statement.words.replace("Juliaca", "Juliac\u0430"))

    assert [d.statement_id for d in check_quotations(case).differing] == [other]


def test_a_damaged_text_is_named_with_the_statements_that_no_longer_stand_in_it(case, tmp_path):
    statements = read(case, tmp_path)
    text = next(d for d in case.corpus().documents if d.parent)
    kept = case.evidence.path_of(text.sha256)
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes().replace(b"17", b"71"))

    report = check_case(case)

    assert any(text.sha256 in said for said in report.damaged)
    named = [s for s in statements if any(s.statement_id in said for said in report.damaged)]
    assert named
    assert all("17" in s.words for s in named)


def test_a_text_that_is_gone_calls_no_statement_different(case, tmp_path):
    statements = read(case, tmp_path)
    text = next(d for d in case.corpus().documents if d.parent)
    case.evidence.path_of(text.sha256).unlink()

    compared = check_quotations(case)

    assert compared.differing == []
    assert compared.unchecked == {Unchecked.not_opened: len(statements)}


def test_a_document_read_again_into_another_text_keeps_the_words_of_the_first(case, tmp_path):
    statements = read(case, tmp_path)
    document = case.corpus().document[statements[0].document_id]
    keep_text(case, document, "Otro orden. " + NOTE, Making("another"))

    compared = check_quotations(case)

    assert (compared.n_standing, compared.differing) == (len(statements), [])


def test_a_place_beyond_the_end_of_the_text_is_named(case, tmp_path):
    statement = read(case, tmp_path)[0]
    beyond = Citation(statement.document_id, Locator(start=5, end=len(NOTE) + 9))
    altered(case, statement, citations=(statement.citations[0], beyond))

    assert [d.place for d in check_quotations(case).differing] == [f"characters 5–{len(NOTE) + 9}"]


def test_the_rows_of_a_list_stand_in_the_kept_list(case, tmp_path):
    listed(case, tmp_path, LIST.encode())

    compared = check_quotations(case)

    assert (compared.n_standing, compared.differing, dict(compared.unchecked)) == (3, [], {})


def test_a_row_that_differs_is_named_without_what_its_list_says_of_relatives(case, tmp_path):
    statements = listed(case, tmp_path, LIST.encode())
    other = altered(case, statements[1], words=statements[1].words.replace("Zulma", "Zulema"))

    (said,) = (d.say() for d in check_quotations(case).differing)

    assert other in said
    assert "row 2" in said
    assert "Zulema Ejemplo Ñandú" in said
    assert "Zulma Ejemplo Ñandú" in said
    assert "Secreta" not in said


def test_a_row_that_the_list_does_not_have_is_named(case, tmp_path):
    statements = listed(case, tmp_path, LIST.encode())
    gone = replace(statements[0].citations[0], locator=Locator(row=9))
    altered(case, statements[0], citations=(gone,))

    assert [d.place for d in check_quotations(case).differing] == ["row 9"]


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "utf-16"])
def test_a_list_in_whatever_encoding_somebody_said_is_no_false_alarm(case, tmp_path, encoding):
    listed(case, tmp_path, LIST.encode(encoding), encoding=encoding)

    compared = check_quotations(case)

    assert compared.differing == []
    assert compared.n_standing == 3


def test_a_list_that_nobody_can_open_as_it_was_is_counted_and_no_alarm(case, tmp_path):
    statements = listed(case, tmp_path, LIST.encode("utf-7"), encoding="utf-7")

    compared = check_quotations(case)

    assert len(statements) == 3
    assert (compared.n_standing, compared.differing) == (0, [])
    assert compared.unchecked == {Unchecked.not_opened: 3}


def test_a_list_imported_again_in_a_newer_version_keeps_the_rows_of_both(case, tmp_path):
    listed(case, tmp_path, LIST.encode())
    listed(case, tmp_path, LIST.splitlines(keepends=True)[0].encode() + b"Rosa Otra,20,Cusco,X\n")

    compared = check_quotations(case)

    assert (compared.n_standing, compared.differing) == (4, [])


def test_a_case_without_texts_says_how_many_words_cannot_be_compared_and_why(case, radio, bulletin):
    from tests.casefile.conftest import victim

    whole = replace(victim(2), statement_id=StatementId("stm_whole"), citations=(Citation(DocumentId("doc_bulletin")),))
    case.append([radio, bulletin, victim(1), whole])

    report = check_case(case)

    assert report.damaged == ()
    assert ("quoted words at their place", 0) in report.good
    said = next(note for note in report.notes if "cannot be compared" in note)
    assert "2 (cited without a place in the document: 1;" in said
    assert "is here: 1)" in said
