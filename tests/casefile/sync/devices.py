"""A team of invented devices: make copies of a case, let them record, pass bundles between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from tests.conftest import seeded_entropy
from willakuy.casefile import Case, Settings
from willakuy.casefile.sync import Imported, export_bundle, import_bundle, join_case
from willakuy.statements.ids import DocumentId, JudgementId, SourceId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement
from willakuy.statements.numbers import parse_quantity
from willakuy.statements.sources import Citation, Document, Locator, Source
from willakuy.statements.statement import FigureClaim, Mode, Speaker, Statement

SOURCE = Source(SourceId("src_radio"), "Radio Inventada", "press", language="es")
DOCUMENT = Document(DocumentId("doc_bulletin"), SOURCE.source_id, "Boletín")


def clock() -> str:
    return "2024-01-01T00:00:00Z"


def claim(name: str, n: int = 17) -> Statement:
    return Statement(
        statement_id=StatementId(f"stm_{name}"),
        content=FigureClaim(quantity=parse_quantity(f"{n} fallecidos")),
        citations=(Citation(DOCUMENT.document_id, Locator(row=n)),),
        words=f"{n} fallecidos",
        speakers=(Speaker("Radio Inventada", source_id=SOURCE.source_id),),
        mode=Mode.direct,
        language="es",
    )


def judged(name: str, verdict: IdentityVerdict, by: str) -> Judgement:
    records = (StatementId("stm_a"), StatementId("stm_b"))
    return Judgement(JudgementId(f"jdg_{name}"), Identity(verdict, records), by, clock(), "invented")


class Team:
    """Copies of one case in folders named after those who hold them. ``seed`` makes every key and salt."""

    def __init__(self, root: Path, seed: str = "team") -> None:
        self.root, self.seed = root, seed
        self.n = 0
        self._entropy: dict[str, Callable[[int], bytes]] = {}

    def entropy(self, name: str) -> Callable[[int], bytes]:
        return self._entropy.setdefault(name, seeded_entropy(f"{self.seed}/{name}"))

    def folder(self, name: str) -> Path:
        return self.root / name

    def begin(self, name: str) -> None:
        with Case.create(self.folder(name), Settings(name="Invented"), clock=clock, entropy=self.entropy(name)) as case:
            case.append([SOURCE, DOCUMENT])

    @contextmanager
    def of(self, name: str) -> Iterator[Case]:
        with Case.open(self.folder(name), clock=clock, entropy=self.entropy(name)) as case:
            yield case

    def say(self, name: str, *values: object) -> None:
        with self.of(name) as case:
            case.append(values)  # type: ignore[arg-type]

    def note(self, name: str, words: str) -> None:
        with self.of(name) as case:
            case.record("note", {"words": words})

    def keep(self, name: str, data: bytes) -> str:
        with self.of(name) as case:
            kept = case.evidence.put_bytes(data)
            case.record("received", {"object.sha256": kept.sha256, "object.size": kept.size})
            return kept.sha256

    def bundle(self, name: str, to: str | None = None) -> Path:
        self.n += 1
        path = self.root / f"{self.n}.wsync"
        with self.of(name) as case:
            export_bundle(case, path, to=self.device(to) if to else None)
        return path

    def take(self, name: str, bundle: Path, trust: tuple[str, ...] = ()) -> Imported:
        with self.of(name) as case:
            return import_bundle(case, bundle, trust=trust)

    def send(self, sender: str, receiver: str, *, only_new: bool = False) -> Imported:
        return self.take(receiver, self.bundle(sender, receiver if only_new else None), (self.fingerprint(sender),))

    def join(self, sender: str, name: str) -> None:
        join_case(self.bundle(sender), self.folder(name), clock=clock, entropy=self.entropy(name))
        self.note(name, f"{name} begins")

    def copy(self, name: str, other: str) -> None:
        """What a backup program does."""
        shutil.copytree(self.folder(name), self.folder(other))

    def device(self, name: str) -> str:
        with self.of(name) as case:
            return case.device.device_id

    def fingerprint(self, name: str) -> str:
        from willakuy.casefile.devices import fingerprint

        with self.of(name) as case:
            return fingerprint(case.device.key.verifier)

    def tables(self, name: str, *tables: str) -> dict[str, list[tuple[object, ...]]]:
        """Rows as they are, for comparing copies byte for byte."""
        wanted = tables or ("ledger_entry", "projected")
        with self.of(name) as case, case.looking() as connection:
            return {t: sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {t}"))) for t in wanted}
