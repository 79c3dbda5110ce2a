"""A small case in which everything a release must handle happens once. Everybody in it is invented.

Somebody is named in full by one list and by initials in another because she was a girl; somebody was announced dead and
set right; somebody was never killed but injured; a brother speaks; a row holds the number of an identity card.
"""

from __future__ import annotations

from pathlib import Path

from willakuy.casefile import Case, Settings
from willakuy.statements.ages import parse_age
from willakuy.statements.consent import Consent, Purpose
from willakuy.statements.dates import PartialDate, parse_date
from willakuy.statements.ids import DocumentId, JudgementId, ScopeId, SourceId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement, Review, ReviewVerdict
from willakuy.statements.names import Name, NameKind
from willakuy.statements.numbers import Bound, Quantity, parse_quantity
from willakuy.statements.places import Place, PlaceSaid
from willakuy.statements.scopes import Scope
from willakuy.statements.sources import Citation, Derivation, Document, Locator, Source
from willakuy.statements.statement import (
    Blame,
    Coded,
    FigureClaim,
    Mode,
    Part,
    Proposer,
    Speaker,
    Statement,
    Status,
    VictimRecord,
)

GIRL = "Zulma Ficticia Inventada"
MAN = "Anacleto Ejemplo Primero"
INJURED = "Heraclio Imaginario Herido"
BROTHER = "Casimiro Supuesto Testigo"
OFFICER = "Fulgencio Ilusorio Mando"
CARD = "45678901"
SECRET_SOURCE = "Comité de Familias Reservado"

AGREED = Consent("src_secret", (Purpose.keep, Purpose.publish), is_given=True, given_by="el hermano")

JULIACA = Place("PE.21.11.01")
AYACUCHO = Place("PE.05.01.01")

ALL = Scope(
    ScopeId("scp_all"),
    1,
    "Todas las muertes",
    "All deaths",
    "Personas cuya muerte alguna fuente vincula a los hechos inventados.",
    "People whose death some source links to the invented events.",
    claim_scopes=("all_linked",),
    claim_populations=("all",),
)
MINORS = Scope(
    ScopeId("scp_minors"),
    1,
    "Menores de edad",
    "Minors",
    "Personas de menos de 18 años.",
    "People under 18.",
    minors_only=True,
    claim_populations=("minors",),
)
INJURIES = Scope(
    ScopeId("scp_injured"),
    1,
    "Personas heridas",
    "Injured people",
    "Personas que alguna fuente dice heridas.",
    "People some source says were injured.",
    harms=("injured",),
)

SOURCES = (
    Source(
        SourceId("src_office"),
        "Oficina Inventada de Derechos",
        "ombudsman",
        "es",
        criteria="muertos en enfrentamientos",
    ),
    Source(
        SourceId("src_paper"),
        "Diario Imaginario",
        "press",
        "es",
        derives_from=(Derivation("según la Oficina Inventada", SourceId("src_office")),),
    ),
    Source(SourceId("src_radio"), "Radio Supuesta", "press", "es"),
    Source(SourceId("src_secret"), SECRET_SOURCE, "family", "es", is_protected=True, note=f"la dirige {BROTHER}"),
)


def documents() -> list[Document]:
    day = PartialDate
    return [
        Document(DocumentId("doc_L01"), SourceId("src_office"), "Lista de la Oficina, 12 de enero", sha256="a" * 64, size=10, address="https://example.org/lista", language="es", published=day("2023-01-12"), as_of=day("2023-01-12"), is_list=True, completeness="whole"),
        Document(DocumentId("doc_L02"), SourceId("src_paper"), "Relación del Diario", address=f"https://example.org/{'-'.join(GIRL.lower().split())}-muere", language="es", published=day("2023-01-14"), is_list=True),
        Document(DocumentId("doc_R1"), SourceId("src_radio"), "Noticiero de la tarde", language="es", published=day("2023-01-10")),
        Document(DocumentId("doc_F1"), SourceId("src_secret"), f"Acta firmada por {BROTHER}", address="https://example.org/secreto", language="es", published=day("2023-02-01")),
        Document(DocumentId("doc_X9"), SourceId("src_radio"), "Nunca citado"),
    ]  # fmt: skip


def row(n: int, document: str, name: str, words: str, **said: object) -> Statement:
    kind = said.pop("kind", NameKind.full)
    record = VictimRecord(names=(Name(name, kind),) if name else (), printed_no=str(n), **said)  # type: ignore[arg-type]
    citation = Citation(DocumentId(f"doc_{document}"), Locator(row=n))
    return Statement(StatementId(f"stm_{document}.r{n}"), record, (citation,), words, mode=Mode.list_row)


def statements() -> list[Statement]:
    juliaca, ayacucho = PlaceSaid("Juliaca", JULIACA), PlaceSaid("Huamanga", AYACUCHO)
    ninth = parse_date("9 de enero de 2023")
    clash = (Coded("enfrentamiento", "clash_or_forces"),)
    shot = (Coded("impacto de bala", "firearm"),)
    return [
        row(1, "L01", MAN, f"1 | {MAN} | {CARD} | 31 años", age=parse_age("31 años"), died=ninth, place=juliaca, circumstances=clash, causes=shot, sex="male", unread=(("DNI", CARD),)),
        row(2, "L01", GIRL, f"2 | {GIRL} | 17 años", age=parse_age("17 años"), died=ninth, place=juliaca, circumstances=clash, details=f"hermana de {BROTHER}, teléfono 951234567"),
        row(3, "L01", "", "3 | NN varón", kind=NameKind.unnamed, dated=ninth, place=juliaca),
        row(4, "L01", "Baldomero Ficticio Segundo", "4 | Baldomero", age=parse_age("44"), dated=parse_date("15/12/2022"), place=ayacucho, circumstances=clash),
        row(5, "L01", INJURED, f"5 | {INJURED} | herido", harm=Coded("herido", "injured"), age=parse_age("24"), place=juliaca),
        row(1, "L02", "Ejemplo Primero, Anacleto", "1. Ejemplo Primero, Anacleto (29)", age=parse_age("29"), died=parse_date("10 de enero de 2023"), place=juliaca, kind=NameKind.surname_first, causes=(Coded("golpe", "blunt_object"),)),
        row(2, "L02", "Z.F.I.", "2. Z.F.I.", kind=NameKind.initials, age=parse_age("adolescente"), place=juliaca),
        row(3, "L02", "=2+3 Fórmula Inexistente", "3. =2+3", age=parse_age("50"), place=PlaceSaid("quién sabe dónde")),
        Statement(StatementId("stm_M1"), VictimRecord(count=Quantity("17", 17, 17, Bound.exactly), place=juliaca, died=ninth, names=(Name("diecisiete muertos", NameKind.group),)), (Citation(DocumentId("doc_R1"), Locator(start=10, end=80)),), "Al menos diecisiete muertos en Juliaca, dijo el director del hospital.", (Speaker("Hospital Supuesto", "hospital"),)),
        Statement(StatementId("stm_M2"), VictimRecord(names=(Name("Teodoro Irreal Tercero"),), place=ayacucho, dated=parse_date("15/12/2022"), age=parse_age("40")), (Citation(DocumentId("doc_R1")),), "Murió Teodoro Irreal Tercero.", (Speaker("Radio Supuesta", None, SourceId("src_radio")),)),
        Statement(StatementId("stm_S1"), Status("rectifies", (StatementId("stm_M2"),), "death", "está grave, no murió"), (Citation(DocumentId("doc_R1")),), "Rectificamos: Teodoro Irreal Tercero está grave.", (Speaker("Radio Supuesta", None, SourceId("src_radio")),), said=PartialDate("2023-01-11")),
        Statement(StatementId("stm_M3"), VictimRecord(names=(Name(MAN),), place=juliaca, died=ninth, blamed=(Blame(f"le disparó el capitán {OFFICER} de la Policía Nacional", "police", "alleged"),)), (Citation(DocumentId("doc_F1")),), f"Mi hermano {MAN} fue a auxiliar a {GIRL}; lo vi caer, dice {BROTHER}, su hermano.", (Speaker(BROTHER, "hermano", is_protected=True),)),
        Statement(StatementId("stm_K1"), FigureClaim(parse_quantity("49") or Quantity.exactly(49), as_of=PartialDate("2023-01-12"), parts=(Part("en enfrentamientos", Quantity.exactly(41)), Part("policía", Quantity.exactly(1)), Part("en bloqueos", Quantity.exactly(7)))), (Citation(DocumentId("doc_L01")),), "49 fallecidos", (Speaker("Oficina Inventada de Derechos", None, SourceId("src_office")),)),
        Statement(StatementId("stm_K2"), FigureClaim(Quantity("46", 46, 46), as_of=PartialDate("2023-01-12")), (Citation(DocumentId("doc_R1")),), "46 muertos", (Speaker("Radio Supuesta", None, SourceId("src_radio")),)),
        Statement(StatementId("stm_K3"), FigureClaim(Quantity("49", 49, 49), population=Coded("civiles", "civilians"), as_of=PartialDate("2023-03-21")), (Citation(DocumentId("doc_L02")),), "49 civiles"),
        Statement(StatementId("stm_P1"), VictimRecord(names=(Name("Propuesto Nadie Aceptó"),), place=juliaca), (Citation(DocumentId("doc_R1")),), "Propuesto Nadie Aceptó", proposed_by=Proposer("rules", "1")),
        Statement(StatementId("stm_P2"), VictimRecord(names=(Name("Eustaquio Aceptado Cuarto"),), place=ayacucho, age=parse_age("61")), (Citation(DocumentId("doc_R1")),), "Eustaquio Aceptado Cuarto", proposed_by=Proposer("rules", "1")),
    ]  # fmt: skip


def judgements() -> list[Judgement]:
    def same(n: int, *records: str, reason: str) -> Judgement:
        decision = Identity(IdentityVerdict.same, tuple(StatementId(r) for r in records))
        return Judgement(JudgementId(f"jdg_{n}"), decision, "coder-real-name", "2024-01-01T00:00:00Z", reason, "high")

    review = Review(ReviewVerdict.accepted, StatementId("stm_P2"))
    return [
        same(1, "stm_L01.r1", "stm_L02.r1", "stm_M3", reason="Mismo nombre con los apellidos delante, mismo lugar."),
        same(2, "stm_L01.r2", "stm_L02.r2", reason=f"Las iniciales son de {GIRL}."),
        Judgement(JudgementId("jdg_3"), review, "another", "2024-01-02T00:00:00Z", "Así lo dice la radio."),
        Judgement(JudgementId("jdg_4"), AGREED, "another", "2024-01-02T00:00:00Z", f"Lo dijo {BROTHER} por teléfono."),
    ]


def make_case(folder: Path, clock: object, entropy: object, **settings: object) -> Case:
    """The invented case in ``folder``."""
    told = Settings(
        name="Caso inventado",
        notice_es="Todo aquí es inventado.",
        notice_en="Everything here is invented.",
        is_example=True,
    )
    from dataclasses import replace

    case = Case.create(folder, replace(told, **settings), clock=clock, entropy=entropy)  # type: ignore[arg-type]
    case.append([*SOURCES, *documents(), ALL, MINORS, INJURIES, *statements(), *judgements()])
    pairs = b'{"record_l":"stm_L01.r4","record_r":"stm_M2","p_same":0.62,"why":"same day and place","run_id":"run_1"}\n'
    kept = case.evidence.put_bytes(pairs, "pairs")
    case.record("link-run", {"run_id": "run_1", "pairs_sha256": kept.sha256})
    return case
