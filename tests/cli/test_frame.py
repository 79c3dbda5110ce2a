from __future__ import annotations

import subprocess
import sys

import click
import pytest

from willakuy.cli import contents


def test_help_reads_like_a_table_of_contents(willakuy):
    said = willakuy("--help")

    assert said.code == 0
    for chapter in ("Begin", "Put sources in", "Decide", "Count", "Publish and check"):
        assert chapter in said.out


def test_help_speaks_spanish(willakuy):
    said = willakuy("--lang", "es", "--help")

    assert "Publicar y comprobar" in said.out


def test_the_language_may_stand_after_the_command(willakuy, tmp_path):
    said = willakuy("status", "--case", tmp_path, "--lang", "es")

    assert "aquí no hay ningún caso" in said.err


@pytest.mark.parametrize("name", contents.list_commands(click.Context(contents)))
def test_every_command_explains_itself_and_speaks_json_or_is_a_server(willakuy, name):
    said = willakuy(name, "--help")

    assert said.code == 0
    assert "Usage" in said.out


def test_help_imports_no_room(tmp_path):
    script = "import sys; from willakuy.cli import main; main(['--help']); sys.exit(int('sqlalchemy' in sys.modules or 'django' in sys.modules))"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_an_unknown_command_is_wrong_use(willakuy):
    assert willakuy("conjure").code == 2


def test_an_error_says_what_happened_what_is_safe_and_what_to_type(willakuy, tmp_path):
    said = willakuy("status", "--case", tmp_path)

    assert said.code == 2
    assert "there is no case here" in said.err
    assert "W120" in said.err
    assert "willakuy init" in said.err
    assert "Traceback" not in said.err


def test_an_error_is_json_for_programs(willakuy, tmp_path):
    said = willakuy("status", "--case", tmp_path, "--json")

    assert said.json["error"] == "W120"
    assert said.code == 2


def test_ctrl_c_is_answered_in_words(willakuy, tmp_path, monkeypatch):
    willakuy("init", tmp_path / "case")

    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("willakuy.casefile.Case.rebuild", interrupted)
    said = willakuy("rebuild", "--case", tmp_path / "case")

    assert said.code == 130
    assert "Everything acknowledged before is safe" in said.err
