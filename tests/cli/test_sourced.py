"""A reader who has a source document compares what a release quotes from it. Everybody here is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from willakuy.casefile import Case, Settings
from willakuy.casefile.deciding import decide
from willakuy.casefile.importing import Wishes, import_file
from willakuy.casefile.intake import Provenance, keep_reading
from willakuy.publication import publish
from willakuy.statements.judgements import Review, ReviewVerdict

NOTE = "Murieron 17 personas en Juliaca, dijo Rosa Inventada. Otras 12 personas murieron en Cusco, dijo Inventada."
LIST = "nombre,edad,lugar,desenlace\nAnacleto Ejemplo Primero,31,Juliaca,fallecido\nZulma Ficticia Otra,44,Cusco,fallecido\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "nota.txt").write_text(NOTE, "utf-8")
    (folder / "lista.csv").write_text(LIST, "utf-8")
    return folder


@pytest.fixture
def release(tmp_path: Path, sources: Path, clock, entropy) -> Path:
    with Case.create(tmp_path / "case", Settings(name="Inventado"), clock=clock, entropy=entropy) as case:
        from tests.publication.invented import ALL

        import_file(case, sources / "lista.csv", Wishes(Provenance("Oficina Inventada"), table_kind="list"))
        keep_reading(case, sources / "nota.txt", Provenance("Radio Inventada"))
        case.append([ALL])
        for statement in case.corpus().waiting:
            decide(case, Review(ReviewVerdict.accepted, statement.statement_id), reason="así lo dice la nota")
        return publish(case).path


def test_a_release_says_what_the_documents_of_its_reader_say(willakuy, release, sources):
    said = willakuy("verify", release, "--document", sources, "--json")

    assert said.code == 0
    assert said.json["checked"]["documents of yours"] == 2
    assert said.json["checked"]["quoted words at their place"] >= 4
    assert said.json["problems"] == []


def test_words_that_the_document_does_not_say_are_named(release, sources):
    from willakuy.publication.sourced import check_sources

    table = release / "data" / "statements.jsonl"
    rows = [json.loads(line) for line in table.read_text("utf-8").splitlines()]
    quoted = next(r for r in rows if "17" in r["fields"].get("words", "") and "row_words" not in r["masked"].values())
    quoted["fields"]["words"] = quoted["fields"]["words"].replace("17", "71")
    table.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")

    found = check_sources(release, [sources / "nota.txt"])

    assert [d.statement_id for d in found.compared.differing] == [quoted["id"]]


def test_a_document_that_the_release_does_not_know_is_told_and_not_compared(willakuy, release, tmp_path):
    other = tmp_path / "otra.txt"
    other.write_text(NOTE + " Y algo más.", "utf-8")

    said = willakuy("verify", release, "--document", other)

    assert said.code == 1
    assert "no document of this release has these bytes" in said.out


def test_a_case_has_no_need_of_documents_from_elsewhere(willakuy, release, sources):
    said = willakuy("verify", release.parent.parent, "--document", sources)

    assert said.code == 2
    assert "willakuy verify CASE" in said.err


def test_a_whole_case_verifies_with_its_quotations(willakuy, release):
    said = willakuy("verify", release.parent.parent, "--json")

    assert said.code == 0
    assert said.json["good"]["quoted words at their place"] >= 4
