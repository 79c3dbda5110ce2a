"""``willakuy review`` as somebody at a keyboard meets it: through a terminal of 80 by 24."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import pytest
from rich.cells import cell_len

from tests.casefile.people import propose, row, say
from tests.conftest import seeded_entropy
from tests.linkage.test_relinking import people
from tests.linkage.test_spark import row as row_of
from tests.linkage.test_spark import write
from willakuy.casefile import Case, Settings
from willakuy.casefile.deciding import decide, decision_named
from willakuy.statements.judgements import Coding, Identity, PolicyException

_PATIENCE_S = 20
_FRAME = "\x1b[H\x1b[2J"


class Terminal:
    """A child process at the other end of a pseudo-terminal; ``screen`` is the last whole screen it drew."""

    def __init__(self, *args, columns=80, lines=24, **environ):
        self._fd, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR", "LC_ALL")}
        env |= {"WILLAKUY_LANG": "en", "TERM": "xterm", "PYTHONUTF8": "1", **environ}
        program = "import sys; from willakuy.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, *map(str, args)]
        self.child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, close_fds=True)
        os.close(theirs)
        self._seen = b""

    @property
    def text(self):
        return self._seen.decode("utf-8", "replace")

    @property
    def screen(self):
        return self.text.rsplit(_FRAME, 1)[-1].replace("\r\n", "\n")

    def until(self, *words):
        """Read until the last screen holds every one of ``words``."""
        end = time.monotonic() + _PATIENCE_S
        while _FRAME not in self.text or not all(w in self.screen for w in words):
            assert time.monotonic() < end, f"{words} never came:\n{self.text[-3000:]}"
            assert self._read(0.5) or self.child.poll() is None, f"ended before {words}:\n{self.text[-3000:]}"
        return self.screen

    def press(self, keys, *words):
        os.write(self._fd, keys.encode())
        return self.until(*words)

    def leave(self):
        os.write(self._fd, b"q")
        self.child.wait(_PATIENCE_S)
        while self._read(0.1):
            pass
        os.close(self._fd)
        return self.child.returncode

    def kill(self):
        self.child.send_signal(signal.SIGKILL)
        self.child.wait(_PATIENCE_S)
        os.close(self._fd)

    def _read(self, wait_s):
        if not select.select([self._fd], [], [], wait_s)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self._seen += data
        return bool(data)


@pytest.fixture
def terminal():
    """Terminals that are closed, whatever becomes of the test."""
    opened = []

    def open_(*args, **kwargs):
        opened.append(Terminal(*args, **kwargs))
        return opened[-1]

    yield open_
    for at in opened:
        at.child.kill()
        at.child.wait(_PATIENCE_S)


@pytest.fixture
def folder(tmp_path):
    """Two doubtful pairs, and two rows of one list that look alike."""
    with Case.create(tmp_path / "case", Settings(name="Invented"), entropy=seeded_entropy("review")) as case:
        say(
            case,
            row("a", 1, "Anacleto Ejemplo Primero", died="2023-01-09"),
            row("b", 1, "Anacleto Ejemplo", died="2023-01-09"),
            row("c", 1, "Basilia Muestra \x1b[31mSegunda", died="2023-01-10"),
            row("d", 1, "Vasilia Muestra Segunda", died="2023-01-10"),
            row("a", 2, "Anacleto Ejemplo Primer", died="2023-01-09"),
        )
        propose(
            case,
            [("stm_a.r1", "stm_b.r1", 0.7), ("stm_c.r1", "stm_d.r1", 0.8), ("stm_a.r1", "stm_a.r2", 0.9)],
        )
    return tmp_path / "case"


def corpus_of(folder):
    with Case.open(folder) as case:
        return case.corpus()


def decisions(folder):
    return [j.decision for j in corpus_of(folder).judgements]


def test_a_pair_is_shown_with_its_words_its_places_and_what_an_answer_would_do(folder, terminal):
    at = terminal("review", "--case", folder, NO_COLOR="1")

    screen = at.until("q leave")

    assert "Anacleto Ejemplo ‹Primero›" in screen
    assert "Lista A, row 1" in screen
    assert "Lista B, row 1" in screen
    assert "70.0%" in screen
    assert "+12.0 name" in screen
    assert "-2.5 age" in screen
    assert "1 person fewer" in screen
    assert "All deaths: 2–5 → 2–4" in screen
    assert at.leave() == 0


def test_an_answer_is_in_the_ledger_before_the_next_pair_is_shown_even_if_the_machine_dies(folder, terminal):
    at = terminal("review", "--case", folder, "--by", "ana")
    at.until("q leave")
    at.press("1", "Why?")
    at.press("\r", "Recorded", "Vasilia")
    at.kill()

    judgement = corpus_of(folder).judgements[0]

    assert judgement.decision == Identity("same", ("stm_a.r1", "stm_b.r1"))
    assert judgement.by == "ana"
    assert judgement.reason == "name, age, day and place agree"


def test_a_sitting_goes_on_where_the_last_one_ended(folder, terminal):
    at = terminal("review", "--case", folder)
    at.until("q leave")
    at.press("2", "Why?")
    at.press("2", "Recorded", "Vasilia")
    at.leave()

    again = terminal("review", "--case", folder)

    assert "Vasilia" in again.until("q leave")
    again.leave()


def test_an_answer_that_was_taken_back_leaves_the_pair_open(folder, terminal):
    at = terminal("review", "--case", folder)
    at.until("q leave")
    at.press("1", "Why?")
    at.press("\r", "Vasilia")
    at.press("z", "Taken back", "Primero")
    at.leave()

    assert len(corpus_of(folder).identities.persons) == 5


def test_a_reason_of_ones_own_may_hold_any_letters(folder, terminal):
    at = terminal("review", "--case", folder)
    at.until("q leave")
    at.press("3", "Why?")
    at.press("la tía dice ñandúx", "ñandúx")
    at.press("\x7f", "ñandú▏")
    at.press("\r", "Recorded")
    at.leave()

    assert corpus_of(folder).judgements[0].reason == "la tía dice ñandú"


def test_escape_records_nothing_and_keys_typed_ahead_are_not_lost(folder, terminal):
    at = terminal("review", "--case", folder)
    at.until("q leave")
    at.press("1", "Why?")
    at.press("\x1b", "Nothing recorded")
    at.press(" 1", "Why?", "One person")
    at.press("\r", "Recorded")
    at.leave()

    assert decisions(folder) == [Identity("same", ("stm_c.r1", "stm_d.r1"))]


def test_what_cannot_be_is_refused_and_the_exception_is_a_decision_of_its_own(folder, terminal):
    at = terminal("review", "--case", folder)
    at.until("q leave")
    at.press("  ", "stm_a.r2")
    refused = at.press("1", "Refused", "x record an exception")
    assert "two rows of a list" in refused
    at.press("x", "Why the rule")
    at.press("printed twice", "printed twice")
    at.press("\r", "Why? It is published")
    at.press("1", "Recorded")
    at.leave()

    assert [type(d) for d in decisions(folder)] == [PolicyException, Identity]


@pytest.mark.parametrize("size", [(80, 24), (44, 14), (200, 50)])
def test_every_line_fits_the_terminal(folder, terminal, size):
    columns, lines = size
    at = terminal("review", "--case", folder, columns=columns, lines=lines, NO_COLOR="1")

    screen = at.until("leave")
    at.leave()

    drawn = screen.split("\n")
    assert len(drawn) <= lines
    assert [line for line in drawn if cell_len(line) > columns] == []


def test_without_colour_no_escape_sequence_dresses_the_words(folder, terminal):
    at = terminal("review", "--case", folder, NO_COLOR="1")
    plain = at.until("q leave")
    at.leave()
    coloured = terminal("review", "--case", folder)
    dressed = coloured.until("q leave")
    coloured.leave()

    assert "\x1b[" not in plain
    assert "\x1b[" in dressed


def test_printed_words_cannot_command_the_terminal(folder, terminal):
    at = terminal("review", "--case", folder)
    at.until("q leave")
    screen = at.press(" ", "Basilia")
    at.leave()

    assert "\x1b[31m" not in screen


def test_a_second_coder_sees_no_opinion_and_joins_nobody(folder, terminal):
    with Case.open(folder) as case:
        decide(case, decision_named("same", ("stm_a.r1", "stm_b.r1")), reason="invented", by="ana")
    at = terminal("review", "--case", folder, "--blind", "--by", "beto", NO_COLOR="1")
    screen = at.until("q leave")

    assert not re.search(r"\d%|bits|fewer|one person with", screen)
    for n in range(1, 4):
        at.press("2", "Why?")
        at.press("1", f"{n} answered")
    at.leave()
    corpus = corpus_of(folder)
    assert len(corpus.identities.persons) == 4
    assert sum(isinstance(j.decision, Coding) for j in corpus.judgements) == 3


def test_agreement_is_measured_on_what_two_coders_answered(folder, willakuy):
    with Case.open(folder) as case:
        decide(case, decision_named("same", ("stm_a.r1", "stm_b.r1")), reason="x", by="ana")
        decide(case, decision_named("different", ("stm_c.r1", "stm_d.r1")), reason="x", by="ana")
        for verdict, pair in (("same", ("stm_a.r1", "stm_b.r1")), ("same", ("stm_c.r1", "stm_d.r1"))):
            decide(case, Coding(verdict, pair), reason="x", by="beto")

    told = willakuy("review", "--agreement", "--case", folder, "--json").json

    assert told["pairs"] == 2
    assert told["krippendorff_alpha"] == pytest.approx(0.0)
    assert told["differing"] == [{"records": ["stm_c.r1", "stm_d.r1"], "answers": {"ana": "different", "beto": "same"}}]


def test_without_a_terminal_it_says_what_to_type(folder, willakuy):
    said = willakuy("review", "--case", folder)

    assert said.code == 2
    assert "--list --json" in said.err
    assert "Traceback" not in said.err


def test_the_queue_can_be_read_by_a_program(folder, willakuy):
    told = willakuy("review", "--case", folder, "--json").json

    first = told["pairs"][0]
    assert told["waiting"] == 3
    assert (first["left"]["record"], first["right"]["row"]) == ("stm_a.r1", 1)
    assert first["evidence"][0]["bits"] == 12.0
    assert told["pairs"][2]["cannot_be_one"] == "one_list"


def test_a_case_without_proposals_says_so(tmp_path, willakuy):
    willakuy("init", tmp_path / "empty", "--name", "Invented")

    assert "No pair waits" in willakuy("review", "--case", tmp_path / "empty").out


def test_plain_lists_are_reviewed_into_a_file_that_linking_honours(tmp_path, terminal, willakuy):
    everybody = people(80)
    slips = [(name.rsplit(" ", 2)[0], age + 4, day + 9, place) for name, age, day, place in everybody]
    write(tmp_path / "ngo.csv", [row_of("n", i, person) for i, person in enumerate(everybody)])
    write(tmp_path / "press.csv", [row_of("p", i, person) for i, person in enumerate(slips)])
    lists, out = (tmp_path / "ngo.csv", tmp_path / "press.csv"), tmp_path / "linked"
    assert willakuy("link", *lists, "--out", out).code == 0
    at = terminal("review", "--out", out, "--by", "ana", NO_COLOR="1")
    screen = at.until("q leave")
    pair = re.findall(r"\b([np]\d+)\b", screen)[:2]
    at.press("2", "Why?")
    at.press("1", "Recorded")
    at.leave()

    assert willakuy("link", *lists, "--out", out, "--judgements", out / "judgements.csv").code == 0

    judged = (out / "judgements.csv").read_text().splitlines()[1]
    person = dict(line.split(",")[1:] for line in (out / "persons.csv").read_text().splitlines())
    assert judged.startswith(f"{pair[0]},{pair[1]},different,ana,")
    assert person[pair[0]] != person[pair[1]]
