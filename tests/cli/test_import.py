from __future__ import annotations

import pytest

from willakuy.casefile import Case
from willakuy.statements.statement import StatementKind

LIST = (
    "Nombre;Edad;Fecha de muerte;Lugar\nAnacleto Ejemplo Primero;31 años;09/01/2023;Juliaca\nNN;;31/02/2023;Juliaca\n"
)
SOURCE = ("--source", "Radio Inventada", "--kind", "press", "--published", "2023-01-10", "--set", "harm=killed")


@pytest.fixture
def case(willakuy, tmp_path):
    willakuy("init", tmp_path / "case", "--name", "Invented")
    return tmp_path / "case"


def records(case):
    with Case.open(case) as opened:
        return opened.corpus().of_kind(StatementKind.victim)


def test_a_spanish_list_is_recognised_and_kept(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text(LIST, "latin-1")

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case)

    assert said.code == 0
    assert [r.victim.names[0].printed for r in records(case)] == ["Anacleto Ejemplo Primero", "NN"]
    assert records(case)[0].victim.age.lo == 31
    assert "Edad" in said.out


def test_what_could_not_be_read_is_asked_about_and_kept(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text(LIST)

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case, "--json")

    asked = " ".join(said.json["imported"][0]["asked"])
    assert "31/02/2023" in asked
    assert "31/02/2023" in str(records(case)[1])


def test_an_ambiguous_date_is_kept_as_printed_and_asked(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text("Nombre,Fecha de muerte\nAnacleto Ejemplo,03/04/2023\n")

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case, "--json")

    assert "03/04/2023" in " ".join(said.json["imported"][0]["asked"])
    died = records(case)[0].victim.died
    assert (died.words, died.value) == ("03/04/2023", None)
    assert len(died.alternatives) == 2


def test_importing_twice_records_once(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text(LIST)
    willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case)

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case, "--json")

    assert (said.json["imported"][0]["new"], said.json["imported"][0]["known"]) == (0, 2)
    assert len(records(case)) == 2


def test_a_mapping_that_was_corrected_is_kept_for_the_next_list(willakuy, case, tmp_path):
    (tmp_path / "one.csv").write_text("Quien,Cosa\nAnacleto Ejemplo,31\n")
    (tmp_path / "two.csv").write_text("Quien,Cosa\nBasilia Ejemplo,22\n")
    willakuy("import", tmp_path / "one.csv", *SOURCE, "--map", "name=Quien", "--map", "age=Cosa", "--case", case)

    willakuy("import", tmp_path / "two.csv", *SOURCE, "--case", case)

    second = records(case)[1].victim
    assert (second.names[0].printed, second.age.lo) == ("Basilia Ejemplo", 22)


def test_a_dry_run_records_nothing(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text(LIST)

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--dry-run", "--case", case)

    assert said.code == 0
    assert "Nombre" in said.out
    assert records(case) == ()
    with Case.open(case) as opened:
        assert opened.corpus().sources == ()


def test_a_list_without_a_source_is_asked_who_says_so(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text(LIST)

    said = willakuy("import", tmp_path / "lista.csv", "--case", case)

    assert said.code == 2
    assert "--source" in said.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff\xfe\x00" * 200, ""),
        (b"%PDF-1.7 \x00\x00 binary", ""),
        (b"PK\x03\x04 not really a workbook", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_and_nothing_is_recorded(willakuy, case, tmp_path, content, words):
    (tmp_path / "lista.csv").write_bytes(content)

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case)

    assert said.code == 2
    assert "lista.csv" in said.err
    assert words in said.err
    assert "Traceback" not in said.err
    assert records(case) == ()


def test_a_missing_list_is_named(willakuy, case, tmp_path):
    said = willakuy("import", tmp_path / "nowhere.csv", *SOURCE, "--case", case)

    assert said.code == 2
    assert "nowhere.csv" in said.err


def test_a_folder_without_the_files_of_a_case_is_refused(willakuy, case, tmp_path):
    (tmp_path / "empty").mkdir()

    assert willakuy("import", tmp_path / "empty", "--case", case).code == 2


@pytest.mark.parametrize(
    "lines", ["Nombre,Edad\nAnacleto Ejemplo\nBasilia Ejemplo,22,x,y\n", "Nombre,Nombre,Edad\nA Ejemplo,,3\n"]
)
def test_ragged_rows_and_repeated_headers_lose_nothing(willakuy, case, tmp_path, lines):
    (tmp_path / "lista.csv").write_text(lines)

    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case, "--json")

    assert said.code == 0
    assert said.json["imported"][0]["asked"]
    assert len(records(case)) == lines.count("\n") - 1


def test_a_formula_is_text(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text('Nombre,Edad\n"=HYPERLINK(""http://x"")",31\n')

    willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case)

    assert "=HYPERLINK" in str(records(case)[0])


@pytest.mark.parametrize("option", [("--map", "name"), ("--set", "=x"), ("--published", "last week")])
def test_an_option_written_wrongly_says_how_to_write_it(willakuy, case, tmp_path, option):
    (tmp_path / "lista.csv").write_text(LIST)

    said = willakuy("import", tmp_path / "lista.csv", "--source", "X", *option, "--case", case)

    assert said.code == 2
    assert option[1] in said.err


def test_ctrl_c_half_way_records_nothing_of_the_list(willakuy, case, tmp_path, monkeypatch):
    (tmp_path / "lista.csv").write_text(LIST)

    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("willakuy.casefile.case.row_of", interrupted)
    monkeypatch.setattr("willakuy.casefile.importing.keep_file", lambda case, path: _arrived(case, path))
    said = willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case)

    assert said.code == 130
    assert records(case) == ()


def _arrived(case, path):
    from willakuy.casefile.intake import Arrived

    return Arrived(case.evidence.put_file(path), "text/csv", path.name)


def test_scopes_with_a_mistake_are_refused_with_its_place(willakuy, case, tmp_path):
    (tmp_path / "scopes.toml").write_text('[[scope]]\nscope_id = "scp_x"\nversion = 1\nroles = ["pirate"]\n')

    said = willakuy("import", tmp_path / "scopes.toml", "--case", case)

    assert said.code == 2
    assert "pirate" in said.err
    assert "scp_x" in said.err


WRONG = "Quien;Edad;Fecha\nAnacleto Ejemplo Primero;31 años;03/04/2023\nBasilia Ejemplo Segunda;;05/04/2023\n"


@pytest.fixture
def read_wrongly(willakuy, case, tmp_path):
    """A list whose column of names was not recognised, with the order of its days open."""
    (tmp_path / "lista.csv").write_text(WRONG)
    willakuy("import", tmp_path / "lista.csv", "--source", "Radio Inventada", "--case", case)
    return tmp_path / "lista.csv"


def test_a_list_read_wrongly_is_read_again_with_the_right_column(willakuy, case, read_wrongly):
    before = [r.statement_id for r in records(case)]

    said = willakuy(
        "import", read_wrongly, "--source", "Radio Inventada", "--map", "name=Quien", "--case", case, "--json"
    )

    assert said.json["imported"][0] | {"columns": [], "asked": [], "file": ""} == {
        "file": "", "what": "a list", "new": 0, "known": 2, "read_again": 2, "columns": [], "asked": [],
    }  # fmt: skip
    assert [r.statement_id for r in records(case)] == before, "decisions about a row go on naming it"
    assert [r.victim.names[0].printed for r in records(case)] == ["Anacleto Ejemplo Primero", "Basilia Ejemplo Segunda"]


def test_what_is_said_of_a_whole_list_can_be_said_later(willakuy, case, read_wrongly):
    willakuy(
        "import", read_wrongly, "--source", "Radio Inventada", "--set", "harm=killed", "--set", "date_order=day_first",
        "--published", "2023-04-06", "--case", case,
    )  # fmt: skip

    with Case.open(case) as opened:
        document = opened.corpus().documents[0]
    assert dict(document.constants) == {"harm": "killed", "date_order": "day_first"}
    assert document.published.edtf == "2023-04-06"
    assert [r.victim.dated.value.edtf for r in records(case)] == ["2023-04-03", "2023-04-05"]


def test_rows_are_not_read_otherwise_unless_somebody_asks(willakuy, case, read_wrongly, tmp_path):
    (tmp_path / "other.csv").write_text(WRONG.replace("Primero", "Tercero"))
    willakuy(
        "import", tmp_path / "other.csv", "--source", "Radio Inventada", "--map", "name=Quien", "--case", case
    )  # the mapping is kept for the source
    as_recorded = records(case)[:2]

    refused = willakuy("import", read_wrongly, "--source", "Radio Inventada", "--case", case)

    assert refused.code == 2
    assert "row 1" in refused.err and "Anacleto" in refused.err
    assert records(case)[:2] == as_recorded

    willakuy("import", read_wrongly, "--source", "Radio Inventada", "--read-again", "--case", case)
    assert records(case)[0].victim.names[0].printed == "Anacleto Ejemplo Primero"


def test_a_case_with_rows_read_again_rebuilds_and_verifies_and_keeps_both_readings(willakuy, case, read_wrongly):
    willakuy("import", read_wrongly, "--source", "Radio Inventada", "--map", "name=Quien", "--case", case)
    willakuy("import", case / "scopes.toml", "--case", case)
    as_read = records(case)

    willakuy("rebuild", "--case", case)

    assert records(case) == as_read
    with Case.open(case) as opened:
        readings = [
            (e.entry.fields["statement_id"], e.entry.fields.get("reading", 1)) for e in opened.entries("statement")
        ]
    assert sorted(readings) == sorted((r.statement_id, n) for r in as_read for n in (1, 2))
    assert willakuy("publish", "--case", case).code == 0
    assert willakuy("verify", case / "releases" / "001").code == 0
    assert willakuy("verify", case).code == 0


@pytest.mark.parametrize("said", ["harm=kiled", "date_order=dmy", "colour=red", "place=Puno", "happened=9 January"])
def test_nothing_is_said_of_a_list_that_nobody_would_understand(willakuy, case, tmp_path, said):
    (tmp_path / "lista.csv").write_text(LIST)

    refused = willakuy("import", tmp_path / "lista.csv", "--source", "Radio Inventada", "--set", said, "--case", case)

    assert refused.code == 2
    assert said.partition("=")[2] in refused.err
    assert records(case) == ()


def test_a_new_case_has_a_rule_to_begin_counting_with(willakuy, case, tmp_path):
    (tmp_path / "lista.csv").write_text(LIST)
    willakuy("import", tmp_path / "lista.csv", *SOURCE, "--case", case)

    advised = willakuy("figures", "--case", case)
    assert str(case / "scopes.toml") in advised.err

    willakuy("import", case / "scopes.toml", "--case", case)
    assert willakuy("figures", "--case", case, "--json").json["figures"][0]["high"] == 2
