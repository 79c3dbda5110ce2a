"""The work that is disturbed: real commands on an invented case, in steps that are each acknowledged."""

from __future__ import annotations

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
    Work("publish", (_init, _IMPORT, _SCOPES), (_PUBLISH, _ADD, _PUBLISH, _PUBLISH)),
)


def tidy(folder: Path) -> int:
    """What the next person does anyway, and what sweeps after those who died."""
    code = _ADD(folder)
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
