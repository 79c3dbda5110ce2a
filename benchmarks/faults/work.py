"""The work that is disturbed: real commands on an invented case, in steps that are each acknowledged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from willakuy.casefile import keys
from willakuy.cli import main

LIST = """Nombre;Edad;Fecha de muerte;Lugar
Anacleto Ejemplo Primero;31 años;09/01/2023;Juliaca
Baldomera Ficticia Segunda;17 años;09/01/2023;Juliaca
NN;;09/01/2023;Juliaca
Crisanto Imaginario Tercero;22 años;15/12/2022;Ayacucho
"""
SECOND_LIST = """Nombre;Edad;Fecha de muerte;Lugar
A. Ejemplo Primero;31 años;09/01/2023;Juliaca
Dorotea Supuesta Cuarta;54 años;20/01/2023;Lima
"""
NOTE = (
    "Juliaca, 10 de enero de 2023. La Oficina Inventada informó que diecisiete personas murieron el 9 de enero en"
    " Juliaca. Entre ellas está Anacleto Ejemplo Primero, de 31 años.\n"
)
SCOPE = """[[scope]]
scope_id = "scp_all"
version = 1
name_es = "Todas las muertes"
name_en = "All deaths"
rule_es = "Personas cuya muerte alguna fuente vincula a los hechos inventados."
rule_en = "People whose death some source links to the invented events."
harms = ["killed"]
"""
ABOUT = ("--source", "Oficina Inventada", "--kind", "ombudsman", "--published", "2023-01-12", "--set", "harm=killed")
ABOUT_SECOND = ("--source", "Diario Imaginario", "--kind", "press", "--published", "2023-01-14", "--set", "harm=killed")

OUT = "out"
"""The folder beside the case into which files are written that people take with them."""

Step = Callable[[Path], int]
"""Does one thing a person would wait for in the case below a folder; the exit code they would see."""


@dataclass(frozen=True)
class Work:
    """``before`` brings a folder to where the work starts; each of ``steps`` is acknowledged by its exit code 0."""

    name: str
    before: tuple[Step, ...]
    steps: tuple[Step, ...]


def run(*argv: str) -> Step:
    """A command; ``{}`` in an argument is the folder everything is in."""
    return lambda folder: main([a.replace("{}", str(folder)) for a in argv])


def _on_case(*argv: str) -> Step:
    return run(*argv, "--case", "{}/case")


def materials(folder: Path) -> None:
    """The files that people bring, in ``folder``/in."""
    given = folder / "in"
    (given / "photos").mkdir(parents=True)
    (folder / OUT).mkdir()
    (given / "list.csv").write_text(LIST)
    (given / "second.csv").write_text(SECOND_LIST)
    (given / "note.txt").write_text(NOTE)
    (given / "scopes.toml").write_text(SCOPE)
    for i in range(6):
        (given / "photos" / f"{i}.jpg").write_bytes(bytes(range(40 + i)) * (7 + 30 * i))
    (given / "acta.pdf").write_bytes(b"%PDF-1.4 acta inventada\n" * 90)


def _interrupted_add(folder: Path) -> int:
    """Somebody pressed Ctrl-C when the bytes had their name and nothing was synced or said."""
    from willakuy.evidence import EvidenceStore, store

    def stop(_folder: Path) -> None:
        raise KeyboardInterrupt

    real, store.sync_folder = store.sync_folder, stop
    evidence = EvidenceStore(folder / "case" / "evidence")
    try:
        evidence.put_file(folder / "in" / "acta.pdf")
    except KeyboardInterrupt:
        return 0
    finally:
        store.sync_folder = real
        evidence.close()
    return 1


def _checkpoint(folder: Path) -> int:
    """The signed head of the log, as a release shows it to the world."""
    from willakuy.casefile import Case

    with Case.open(folder / "case") as case:
        (folder / "shown").write_text(case.sign_checkpoint())
    return 0


def _init(folder: Path) -> int:
    """Make the case; somebody who finds it made goes on."""
    from willakuy.casefile import Case
    from willakuy.casefile.errors import NoCaseHere

    try:
        Case.open(folder / "case").close()
    except NoCaseHere:
        return main(["init", str(folder / "case"), "--name", "Invented"])
    return 0


_ADD = _on_case("add", "{}/in/acta.pdf")
_ADD_MANY = _on_case("add", "{}/in/photos", "{}/in/note.txt")
_IMPORT = _on_case("import", "{}/in/list.csv", *ABOUT)
_IMPORT_SECOND = _on_case("import", "{}/in/second.csv", *ABOUT_SECOND)
_SCOPES = _on_case("import", "{}/in/scopes.toml")
_READ = _on_case("read", "{}/in/note.txt", "--source", "Radio Supuesta", "--kind", "press")
_PUBLISH = _on_case("publish")


def _judge(verdict: str, n: int, reason: str) -> Step:
    """A judgement on the first ``n`` named records."""

    def step(folder: Path) -> int:
        from willakuy.casefile import Case
        from willakuy.statements.statement import StatementKind

        with Case.open(folder / "case") as case:
            records = sorted(s.statement_id for s in case.corpus().of_kind(StatementKind.victim))
        chosen = records[:n]
        return main(["judge", verdict, *chosen, "--reason", reason, "--case", str(folder / "case")])

    return step


def _custodians(folder: Path) -> int:
    """Two custodians and a recovery key; nobody here keeps the secret halves."""
    import pyrage

    from willakuy.casefile import Case
    from willakuy.casefile.custodians import add_custodian

    with Case.open(folder / "case") as case:
        for label in ("condor", "vicuna", "papel"):
            public = str(pyrage.x25519.Identity.generate().to_public())
            add_custodian(case, label, public, is_recovery=label == "papel")
    return 0


def _seal(folder: Path) -> int:
    """The identity of a witness."""
    from willakuy.casefile import Case
    from willakuy.casefile.sealing import seal_values

    with Case.open(folder / "case") as case:
        seal_values(case, {"name": "Casimiro Supuesto Testigo"}, about="per_0000000001")
    return 0


def _as_there(step: Step) -> Step:
    """``step`` on the copy of somebody else, which lies in ``there``."""

    def on_the_other(folder: Path) -> int:
        (folder / "case").rename(folder / "kept")
        (folder / "there").rename(folder / "case")
        try:
            return step(folder)
        finally:
            (folder / "case").rename(folder / "there")
            (folder / "kept").rename(folder / "case")

    return on_the_other


def _move_away(folder: Path) -> int:
    """The case goes to somebody else; here there is none any more."""
    (folder / "case").rename(folder / "there")
    return 0


_EXPORT_ALL = _on_case("sync", "export", "{}/in/all.wsync")
_EXPORT_BACK = _on_case("sync", "export", "{}/in/back.wsync")
_JOIN_THERE = run("sync", "join", "{}/in/all.wsync", "{}/there")


def _export(folder: Path) -> int:
    """A bundle beside the case. One that is there under its name has to be whole: somebody takes it with them."""
    bundle = folder / OUT / "bundle.wsync"
    if not bundle.exists():
        return main(["sync", "export", str(bundle), "--case", str(folder / "case")])
    shutil.rmtree(folder / "tried", ignore_errors=True)
    return main(["sync", "join", str(bundle), str(folder / "tried")])


def _tell_fingerprint(folder: Path) -> int:
    """Of the device that records in the case; its owner reads it out."""
    from willakuy.casefile import Case

    with Case.open(folder / "case") as case:
        (folder / "in" / "fingerprint").write_text(case.known_devices()[case.device.device_id].fingerprint)
    return 0


_OTHER_COPY = (
    _init,
    _ADD_MANY,
    _EXPORT_ALL,
    _JOIN_THERE,
    *map(_as_there, (_IMPORT, _ADD, _EXPORT_BACK, _tell_fingerprint)),
)
"""Steps after which somebody else has a copy, has worked in it, and has sent a bundle back."""


def _take_in(folder: Path) -> int:
    """A bundle of the other copy, whose device is believed after a telephone call."""
    bundle, fingerprint = str(folder / "in" / "back.wsync"), (folder / "in" / "fingerprint").read_text()
    return main(["sync", "import", bundle, "--trust", fingerprint, "--case", str(folder / "case")])


def _join(folder: Path) -> int:
    """A copy from a bundle; somebody who finds it made goes on."""
    if os.access(folder / "case", os.F_OK):
        return 0
    return main(["sync", "join", str(folder / "in" / "all.wsync"), str(folder / "case")])


def _by_hand(step: Step) -> Step:
    """``step``, in which somebody reads a file themselves: where that fails, they repeat it."""

    def tried(folder: Path) -> int:
        try:
            return step(folder)
        except OSError:
            return 1

    return tried


def _print_head(folder: Path) -> int:
    """The signed head in a file, for a newspaper; one that is there has to be whole."""
    note = folder / OUT / "head.txt"
    if note.exists():
        return int(note.read_text().count("\n") != 5)
    return main(["anchor", "print", "--out", str(note), "--json", "--case", str(folder / "case")])


def _printed(folder: Path) -> int:
    """It stood in the newspaper; a scan is kept with it."""
    _, size, root, *_ = (folder / OUT / "head.txt").read_text().split("\n")
    about = ("--where", "Gaceta Inventada", "--scan", str(folder / "in" / "acta.pdf"))
    return main(["anchor", "printed", size, root, *about, "--case", str(folder / "case")])


def _keep_ots(folder: Path) -> int:
    """An OpenTimestamps proof of the head, as a calendar answers at first."""
    import hashlib

    digest = hashlib.sha256((folder / OUT / "head.txt").read_bytes()).digest()
    uri = b"https://calendar.example.org"
    pending = b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e" + bytes([len(uri) + 1, len(uri)]) + uri
    magic = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08"
    (folder / "in" / "head.ots").write_bytes(magic + digest + pending)
    return main(["anchor", "keep", str(folder / "in" / "head.ots"), "--case", str(folder / "case")])


def sealed_case() -> tuple[Step, ...]:
    """Steps after which a case has something in its vault, and evidence."""
    return (_custodians, _seal, _ADD, _ADD_MANY)


def published_case() -> Work:
    """A small case with everything that a release shows, and its release."""
    steps = (_IMPORT_SECOND, _ADD, _judge("different", 2, "ages"), _PUBLISH)
    return Work("release", (_init, _IMPORT, _SCOPES), steps)


WORKS = (
    Work("init", (), (_init, _ADD)),
    Work("ingest", (_init,), (_ADD, _ADD_MANY, _ADD)),
    Work("interrupted ingest", (_init, _ADD_MANY), (_interrupted_add, _ADD)),
    Work("import", (_init,), (_IMPORT, _SCOPES, _IMPORT_SECOND)),
    Work("read", (_init,), (_READ,)),
    Work("judge", (_init, _IMPORT), (_judge("different", 2, "ages"), _judge("undecided", 3, "no ages"))),
    Work("seal", (_init, _custodians), (_seal, _seal)),
    Work("checkpoint", (_init, _IMPORT), (_checkpoint, _ADD, _checkpoint)),
    Work("sync export", (_init, _ADD_MANY), (_export, _ADD)),
    Work("sync import", _OTHER_COPY, (_take_in, _ADD, _take_in)),
    Work("sync join", (_init, _ADD_MANY, _EXPORT_ALL, _move_away), (_join, _ADD)),
    Work("anchor", (_init, _IMPORT), tuple(map(_by_hand, (_print_head, _printed, _keep_ots)))),
    Work("publish", (_init, _IMPORT, _SCOPES), (_PUBLISH, _ADD, _PUBLISH, _PUBLISH)),
)


def tidy(folder: Path) -> int:
    """What the next person does anyway, and what sweeps after those who died."""
    code = _ADD(folder)
    if any((folder / OUT).glob(".*")):
        code = code or main(["sync", "export", str(folder / OUT / "another.wsync"), "--case", str(folder / "case")])
    return _PUBLISH(folder) if (folder / "case" / "releases").glob("*") else code


ONLY: list[str] = []
"""Names of the works to disturb; empty: all of them."""


def chosen() -> list[Work]:
    """The works to disturb."""
    return named(ONLY)


def named(names: Sequence[str]) -> list[Work]:
    return [work for work in WORKS if not names or work.name in names]


def prepare(work: Work, folder: Path, more: Sequence[Step] = ()) -> None:
    """Bring ``folder`` to where ``work`` starts, and on through ``more``."""
    folder.mkdir(parents=True)
    materials(folder)
    for step in (*work.before, *more):
        if step(folder):
            raise RuntimeError(f"{work.name}: the work before it failed")


def fresh(template: Path, folder: Path) -> Path:
    """A copy of ``template`` at ``folder``, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder, symlinks=True)
    at_home(folder / "case")
    return folder


def at_home(case_folder: Path) -> None:
    """Let a copied case take itself for the one it was copied from: here it stands for a folder that never moved."""
    here = case_folder / "keys" / "here"
    if here.exists():
        here.write_text(keys._place_of(case_folder / "keys" / "device") + "\n")
