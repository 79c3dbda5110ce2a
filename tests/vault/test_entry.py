"""At the point of entry a witness's name is sealed or refused; no message and no byte of the case repeats it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.vault.conftest import LABELS, Keys
from willakuy import i18n
from willakuy.cli import main
from willakuy.statements.names_personal import seems_personal, seems_whole_name

NAME = "Rosa Quispe Inventada"


@pytest.fixture
def willakuy(capfd, monkeypatch):
    """Run a command as a person would; ``typed`` comes in on the standard input."""
    monkeypatch.setenv("WILLAKUY_LANG", "en")

    def run(*args, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([str(a) for a in args])
        said = capfd.readouterr()
        i18n.set_language("en")
        return code, said.out, said.err

    return run


@pytest.fixture
def folder(willakuy, tmp_path, keys: Keys) -> Path:
    path = tmp_path / "case"
    assert willakuy("init", path)[0] == 0
    for label in LABELS:
        more = ["--recovery"] if label == "papel" else []
        assert willakuy("vault", "custodians", "add", label, keys.pairs[label].public, "--case", path, *more)[0] == 0
    return path


@pytest.fixture
def note(tmp_path) -> Path:
    path = tmp_path / "nota de Rosa Quispe.txt"
    path.write_text("El 9 de enero de 2023 murió un joven de 20 años en Juliaca, dijo la enfermera.", "utf-8")
    return path


def holding(folder: Path, words: str) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and words.encode() in p.read_bytes()]


@pytest.mark.parametrize("kind", ["witness", "family"])
def test_a_witness_given_by_name_is_refused_and_the_name_not_repeated(willakuy, folder, note, kind):
    code, out, err = willakuy("read", note, "--source", NAME, "--kind", kind, "--case", folder, "--json")

    assert code == 2
    assert "W540" in err
    assert NAME not in out + err
    assert holding(folder, "Quispe") == []


def test_a_protected_witness_is_a_role_and_the_name_is_sealed(willakuy, folder, note, keys):
    arguments = ["--source", "enfermera", "--kind", "witness", "--protected", "--case", folder]
    code, out, err = willakuy("read", note, *arguments, "--json", typed=f"name: {NAME}\nphone: +51 951 234 567\n")

    assert code == 0, err
    source_id = json.loads(out)["source_id"]
    assert holding(folder, "Quispe") == []
    assert holding(folder, "951 234") == []
    _, out, _ = willakuy("vault", "list", "--case", folder, "--json")
    (item,) = json.loads(out)["sealed"]
    assert item["about"] == source_id
    _, out, _ = willakuy(
        "vault",
        "open",
        item["seal_id"],
        "--key",
        keys.folder / "condor.key",
        "--reason",
        "x",
        "--case",
        folder,
        "--json",
    )
    assert json.loads(out)["values"] == {"name": NAME, "phone": "+51 951 234 567"}


def test_a_second_document_of_a_protected_source_asks_nothing(willakuy, folder, note, tmp_path):
    arguments = ["--kind", "witness", "--protected", "--case", folder, "--json"]
    _, out, _ = willakuy("read", note, "--source", "enfermera", *arguments, typed=NAME)
    other = tmp_path / "otra.txt"
    other.write_text("Otro joven murió, dijo.", "utf-8")

    code, again, err = willakuy("read", other, "--source", json.loads(out)["source_id"], *arguments)

    assert code == 0, err
    assert json.loads(again)["source_id"] == json.loads(out)["source_id"]


def test_without_custodians_a_protected_source_is_refused_before_anything_is_asked(willakuy, tmp_path, note):
    willakuy("init", tmp_path / "empty")

    code, _, err = willakuy(
        "read", note, "--source", "enfermera", "--protected", "--case", tmp_path / "empty", typed=NAME
    )

    assert code == 2
    assert "W501" in err
    assert holding(tmp_path / "empty", "Quispe") == []


def test_a_name_in_the_place_of_the_role_is_refused(willakuy, folder, note):
    code, out, err = willakuy(
        "read", note, "--source", NAME, "--kind", "witness", "--protected", "--case", folder, typed="x"
    )

    assert (code, "W543" in err, NAME in out + err) == (2, True, False)


def test_a_list_of_sources_with_witnesses_by_name_is_refused_whole(willakuy, folder, tmp_path):
    table = tmp_path / "sources.csv"
    table.write_text(f"source_id,publisher,kind\nS1,Radio Supuesta,press\nS2,{NAME},witness\n", "utf-8")

    code, out, err = willakuy("import", table, "--as", "sources", "--case", folder)

    assert (code, "W541" in err, NAME in out + err) == (2, True, False)
    assert holding(folder, "Quispe") == []


def test_a_whole_name_is_no_working_name(willakuy, folder):
    code, out, err = willakuy("judge", "undo", "jdg_1", "--reason", "x", "--by", NAME, "--case", folder)

    assert (code, "W542" in err, NAME in out + err) == (2, True, False)


def test_who_consents_is_a_role(willakuy, folder, note):
    arguments = ["--kind", "witness", "--protected", "--case", folder, "--json"]
    _, out, _ = willakuy("read", note, "--source", "enfermera", *arguments, typed=NAME)
    source_id = json.loads(out)["source_id"]

    code, out, err = willakuy("consent", "give", source_id, "--for", "publish", "--given-by", NAME, "--case", folder)
    assert (code, "W545" in err, NAME in out + err) == (2, True, False)

    code, _, err = willakuy(
        "consent", "give", source_id, "--for", "publish", "--given-by", "ella misma", "--case", folder
    )
    assert code == 0, err


def test_a_file_added_as_protected_is_kept_in_no_clear_byte(willakuy, folder, note):
    code, _, err = willakuy("add", note, "--protected", "--case", folder, "--json")

    assert code == 0, err
    assert holding(folder, "enfermera") == []
    assert holding(folder, "Quispe") == []
    assert willakuy("verify", folder)[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        "Rosa Quispe",
        "rosa quispe mamani",
        "Tía Juana",
        "Casimiro Supuesto Testigo",
        "QUISPE MAMANI, Rosa",
        "Rosa",
        "Familia Quispe",
    ],
)
def test_seems_a_person_s_name(words):
    assert seems_personal(words)


@pytest.mark.parametrize(
    "words",
    [
        "una enfermera",
        "Madre de una víctima",
        "Comité de Familias",
        "Asociación de Víctimas 9 de Enero",
        "vecina del mercado",
        "testigo 7K3F",
        "a nurse",
    ],
)
def test_seems_no_person_s_name(words):
    assert not seems_personal(words)


@pytest.mark.parametrize(
    ("words", "is_whole"), [("coder", False), ("condor", False), ("Rosa", False), ("Juan Pérez", True)]
)
def test_a_working_name_is_one_word_that_is_no_whole_name(words, is_whole):
    assert seems_whole_name(words) is is_whole


def test_a_sealed_value_is_disclosed_checked_and_then_erased_by_commands(willakuy, folder, keys, tmp_path):
    def inside(*args, typed=""):
        code, out, err = willakuy(*args, "--case", folder, "--json", typed=typed)
        assert code == 0, err
        return json.loads(out)

    key, proof = keys.folder / "papel.key", tmp_path / "proof.json"
    seal_id = inside("vault", "seal", typed=f"name: {NAME}\nphone: 951234567")["seal_id"]
    inside("vault", "disclose", seal_id, "name", "--key", key, "--reason", "court", "--out", proof)
    assert json.loads(willakuy("vault", "check", proof, "--json")[1])["values"] == {"name": NAME}

    assert inside("vault", "erase", seal_id)["erased"] == 0
    assert inside("vault", "erase", seal_id, "--reason", "asked", "--yes")["erased"] == 2

    assert willakuy("vault", "open", seal_id, "--key", key, "--reason", "x", "--case", folder)[0] == 2
    assert json.loads(willakuy("vault", "check", proof, "--json")[1])["values"] == {"name": NAME}
    assert willakuy("verify", folder)[0] == 0


def test_lock_finds_a_key_left_in_the_case(willakuy, folder, keys):
    assert willakuy("vault", "lock", "--case", folder)[0] == 0
    (folder / "notes.txt").write_text((keys.folder / "papel.key").read_text())

    code, out, _ = willakuy("vault", "lock", "--case", folder)

    assert (code, "notes.txt" in out, "AGE-SECRET-KEY" in out) == (1, True, False)


def test_a_key_in_a_passphrase_opens_with_it_alone(tmp_path):
    from willakuy.vault import PassphraseWrong, make_key, read_identity, write_key

    pair = make_key()
    write_key(tmp_path / "k", pair, "cuatro palabras al azar")

    assert pair.secret.encode() not in (tmp_path / "k").read_bytes()
    assert (tmp_path / "k").stat().st_mode & 0o077 == 0
    assert read_identity(tmp_path / "k", lambda: "cuatro palabras al azar").public == pair.public
    with pytest.raises(PassphraseWrong):
        read_identity(tmp_path / "k", lambda: "otra")
