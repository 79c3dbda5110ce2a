"""Canaries: made-up names, telephones and recordings sealed in a case; then every byte the program left is searched for them.

Used by the tests (a few) and by ``benchmarks/faults/canaries.py`` (200). ``plant`` works as people do, through the commands, and keeps
all that they print; ``search`` looks for each canary in the forms a leak would take. A search that finds nothing proves
something only because ``leak`` shows that it finds a planted one.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import random
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

from tests.publication.invented import ALL
from willakuy import i18n
from willakuy.casefile import Case
from willakuy.casefile.erasing import erase
from willakuy.casefile.sealing import sealed_items
from willakuy.casefile.unsealing import open_sealed
from willakuy.cli import main
from willakuy.vault import make_key, read_identity, write_key

_SYLLABLES = ("ka", "lu", "wi", "xo", "ñu", "tze", "qui", "ro", "mba", "ghi", "pel", "dru")
LABELS = ("condor", "vicuna", "papel")


@dataclass
class Field:
    """A case with canaries in it. ``printed`` is everything any command said to anybody without a key."""

    folder: Path
    keys: Path
    rng: random.Random
    canaries: list[str] = field(default_factory=list)
    salts: list[bytes] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    outside: list[Path] = field(default_factory=list)

    def name(self) -> str:
        parts = ["".join(self.rng.choices(_SYLLABLES, k=3)).capitalize() for _ in range(3)]
        return self._planted(" ".join(parts))

    def phone(self) -> str:
        return self._planted(f"+51 9{self.rng.randrange(10**8):08d}")

    def sound(self) -> bytes:
        mark = self._planted(f"voz-{self.rng.randrange(16**12):012x}")
        return b"RIFF" + mark.encode() * 50

    def _planted(self, text: str) -> str:
        self.canaries.append(text)
        return text

    def run(self, *args: object, typed: str = "", is_heard: bool = True) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.object(sys, "stdin", io.StringIO(typed)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                code = main([str(a) for a in args])
            except Exception as e:  # --debug lets errors through: what a trace would say is heard too
                code = 1
                err.write(f"{type(e).__name__}: {e} {getattr(e, 'facts', '')}")
        i18n.set_language("en")
        if is_heard:
            self.printed.append(out.getvalue() + err.getvalue())
        return code, out.getvalue()

    def inside(self, *args: object, typed: str = "") -> Any:
        """A command in the case that must succeed; what it printed as JSON."""
        code, out = self.run(*args, "--case", self.folder, "--json", typed=typed)
        assert code == 0, (args[:2], self.printed[-1])
        return json.loads(out) if out.strip() else {}


def plant(work: Path, n: int, seed: int = 7) -> Field:
    """A case in ``work`` with about ``n`` canaries, planted in every way the program knows, and used by everybody."""
    with patch.dict(os.environ, {"TMPDIR": str(work / "tmp"), "HOME": str(work / "home"), "WILLAKUY_LANG": "en"}):
        for name in ("tmp", "home", "keys", "desk"):
            (work / name).mkdir(parents=True)
        found = Field(work / "case", work / "keys", random.Random(seed))
        _begin(found)
        while len(found.canaries) < n:
            _seal(found)
            _enter(found, work / "desk")
            _refuse(found, work / "desk")
            _erase(found)
        _use(found, work)
        _collect_salts(found)
    return found


def _begin(f: Field) -> None:
    f.run("init", f.folder, "--name", "Invented")
    for label in LABELS:
        pair = make_key()
        write_key(f.keys / label, pair)
        more = ("--recovery",) if label == "papel" else ()
        f.inside("vault", "custodians", "add", label, pair.public, *more)
    with Case.open(f.folder) as case:
        case.append([ALL])
    rows = f.keys.parent / "lista.csv"
    rows.write_text("nombre,edad,fecha,lugar\nAnacleto Ejemplo Primero,31,09/01/2023,Juliaca\n", "utf-8")
    f.inside("import", rows, "--source", "Radio Supuesta", "--set", "harm=killed", "--published", "2023-01-10")


def _seal(f: Field) -> None:
    f.inside(
        "vault", "seal", "--about", "src_x", typed=f"name: {f.name()}\nphone: {f.phone()}\nnote: vive con {f.name()}\n"
    )
    f.inside("vault", "seal", typed=f.name())


def _enter(f: Field, desk: Path) -> None:
    """A file that names its own witness, sealed whole; a neutral one, of a protected source."""
    named = desk / f"entrevista {f.name()}.wav"
    named.write_bytes(f.sound())
    f.inside("add", named, "--protected")
    assert f.run("vault", "seal", "--recording", named, "--case", f.folder)[0] == 0
    note = desk / f"nota de {f.name()}.txt"
    note.write_text(f"El 9 de enero de 2023 murió un joven en Juliaca ({f.rng.random()}).", "utf-8")
    typed = f"name: {f.name()}\nphone: {f.phone()}"
    as_whom = ("--source", "enfermera", "--kind", "witness", "--protected", "--case", f.folder)
    assert f.run("read", note, *as_whom, typed=typed)[0] == 0
    for path in (named, note):
        path.unlink()


def _refuse(f: Field, desk: Path) -> None:
    """What is refused must not be repeated, by no message and in no file."""
    note = desk / "nota.txt"
    note.write_text("Murió un joven.", "utf-8")
    common = ("--case", f.folder, "--json")
    assert f.run("read", note, "--source", f.name(), "--kind", "witness", *common)[0] == 2
    assert f.run("read", note, "--source", f.name(), "--kind", "family", "--protected", *common, typed="x")[0] == 2
    assert f.run("read", note, "--source", f.name(), "--kind", "witness", "--debug", *common)[0] in (1, 2)
    f.run("vault", "seal", "--field", "Not A Field", *common, typed=f"Not A Field: {f.name()}")
    f.run("vault", "seal", "--case", desk, typed=f.name())


def _erase(f: Field) -> None:
    """Recorded in clear, and destroyed on request: it must be in no page of the database any more."""
    from willakuy.statements.ids import DocumentId, StatementId
    from willakuy.statements.sources import Citation
    from willakuy.statements.statement import EventAccount, Speaker, Statement

    with Case.open(f.folder) as case:
        statement = Statement(
            StatementId(f"stm_e{len(f.canaries)}"),
            EventAccount("lo que pasó"),
            (Citation(DocumentId(case.corpus().documents[0].document_id)),),
            words="lo vi",
            speakers=(Speaker(f.name(), "vecino", is_protected=True),),
            note=f.phone(),
        )
        case.append([statement])
        erase(case, statement.statement_id, ["speakers", "note"], reason="asked")


def _use(f: Field, work: Path) -> None:
    """Everybody without a key does what they do."""
    with Case.open(f.folder) as case:
        sources = [s.source_id for s in case.corpus().sources if s.is_protected]
        sealed = [i.seal_id for i in sealed_items(case)]
    for source_id in sources[: len(sources) // 2]:
        f.inside("consent", "give", source_id, "--for", "publish", "--given-by", "herself")
    f.inside("vault", "list")
    f.inside("vault", "custodians", "list")
    f.inside("vault", "drill", "--key", f.keys / "papel")
    f.inside("status")
    f.inside("figures")
    f.inside("publish")
    f.inside("consent", "withdraw", sources[0], "--for", "publish", "--given-by", "herself")
    f.inside("consent", "show")
    f.inside("publish")
    f.inside("vault", "reseal", "--key", f.keys / "condor")
    f.inside("rebuild")
    f.inside("vault", "lock")
    f.run("verify", f.folder, "--json")
    f.run("export", f.folder, "--out", work / "bag", "--json")
    f.outside.append(work / "bag")
    stranger = work / "stranger"
    write_key(stranger, make_key())
    f.run("vault", "open", sealed[0], "--key", stranger, "--reason", "x", "--case", f.folder, "--json")
    f.run("vault", "open", sealed[0], "--key", stranger, "--reason", "x", "--case", f.folder, "--debug")
    f.run(
        "vault", "open", sealed[0], "--key", f.keys / "condor", "--reason", "court", "--case", f.folder, is_heard=False
    )
    f.outside += [work / "tmp", work / "home", work / "desk"]


def _collect_salts(f: Field) -> None:
    """What a custodian could read: the salts, which must be nowhere else either."""
    key = read_identity(f.keys / "vicuna", lambda: "")
    with Case.open(f.folder) as case:
        for item in sealed_items(case):
            f.salts += [
                salt for _, salt in open_sealed(case, item.seal_id, key, reason="salts").payload.fields.values()
            ]


def forms(canary: str) -> Iterator[bytes]:
    """The spellings a leak could have: as bytes of several encodings, escaped, encoded, without its capitals."""
    plain = canary.encode()
    yield from {
        plain,
        canary.upper().encode(),
        canary.lower().encode(),
        canary.encode("utf-16-le"),
        canary.encode("latin-1", "replace"),
        json.dumps(canary).strip('"').encode(),
        quote(canary).encode(),
        quote(canary, safe="+").replace("%20", "+").encode(),
        plain.hex().encode(),
        repr(plain)[2:-1].encode(),
    }
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        yield coded[4 if shift else 0 : len(coded) // 4 * 4 - 4]


def search(f: Field) -> list[tuple[str, str]]:
    """(canary, where) of everything found: in the case while it is open and when it is closed, outside it, and in what was printed."""
    needles = [(canary, form) for canary in f.canaries for form in forms(canary)]
    needles += [
        (f"salt {salt.hex()}", form)
        for salt in f.salts
        for form in (salt, salt.hex().encode(), base64.b64encode(salt)[:-2])
    ]
    found: list[tuple[str, str]] = []
    with contextlib.closing(sqlite3.connect(f"file:{f.folder / 'case.db'}?mode=ro", uri=True)):
        found += _in_files(needles, [f.folder, *f.outside])
    found += _in_bytes(needles, "\n".join(f.printed).encode(), "(printed)")
    return sorted(set(found))


def _in_files(needles: list[tuple[str, bytes]], folders: list[Path]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            yield from _in_bytes(needles, str(path.relative_to(folder)).encode(), f"{folder.name} (a file's name)")
            if path.is_file():
                yield from _in_bytes(needles, path.read_bytes(), str(path.relative_to(folder.parent)))


def _in_bytes(needles: list[tuple[str, bytes]], data: bytes, where: str) -> Iterator[tuple[str, str]]:
    yield from ((canary, where) for canary, form in needles if form in data)


LEAKS = (
    "clear field",
    "log file",
    "release page",
    "temporary file",
    "printed",
    "escaped JSON",
    "base64",
    "file name",
    "salt",
)


def leak(f: Field, how: str) -> None:
    """Let one canary out on purpose, in one of the ways a defect could."""
    canary = f.canaries[0]
    match how:
        case "clear field":
            with Case.open(f.folder) as case:
                case.record("note", {"text": f"dijo {canary}"})
        case "log file":
            (f.folder / "willakuy.log").write_text(f"opened {canary}\n", "utf-8")
        case "release page":
            page = next((f.folder / "releases").rglob("index.html"))
            page.write_text(page.read_text("utf-8") + canary, "utf-8")
        case "temporary file":
            (f.outside[-3] / "x").write_text(canary, "utf-16-le")
        case "printed":
            f.printed.append(f"{canary}: no such source")
        case "escaped JSON":
            (f.folder / "x.json").write_text(json.dumps({"who": canary}), "utf-8")
        case "base64":
            (f.folder / "x.b64").write_bytes(base64.b64encode(f"xx{canary} y".encode()))
        case "file name":
            (f.folder / f"{canary}.txt").touch()
        case "salt":
            (f.folder / "x.txt").write_text(f.salts[0].hex(), "utf-8")
