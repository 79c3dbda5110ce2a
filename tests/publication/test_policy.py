"""No harm: what may not be published is in no file of a release."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publication import invented
from willakuy.casefile import Case
from willakuy.publication import Release, Rule, policy_of, publish, release_record, say_rule
from willakuy.publication.masking import NameIndex
from willakuy.publication.scrub import GAP, Scrubber
from willakuy.statements.ids import JudgementId, StatementId
from willakuy.statements.judgements import Identity, IdentityVerdict, Judgement, PolicyException

SECRETS = {
    "the full name of a girl": invented.GIRL,
    "her first name": "Zulma",
    "her name in an address": "zulma-ficticia",
    "a living injured man": invented.INJURED,
    "his surname": "Heraclio",
    "a brother who speaks": invented.BROTHER,
    "an officer somebody blames": "Fulgencio",
    "an identity card": invented.CARD,
    "a telephone": "951234567",
    "a protected source": "Comité de Familias",
    "its address": "example.org/secreto",
    "somebody announced dead and set right": "Teodoro",
    "a proposal nobody reviewed": "Propuesto Nadie",
    "who decided": "coder-real-name",
    "a document nobody cites": "Nunca citado",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_no_file_of_a_release_holds(published: Release, secret: str) -> None:
    holding = [
        p
        for p in published.path.rglob("*")
        if p.is_file() and secret.casefold() in p.read_bytes().decode("utf-8", "replace").casefold()
    ]

    assert holding == []


def test_a_minor_is_shown_by_initials_where_any_source_says_she_was_one(read: Callable[[str], str]) -> None:
    assert "Z.F.I." in read("es/p/index.html")


def test_a_dead_man_keeps_his_name_in_a_quotation_that_loses_two_others(read: Callable[[str], str]) -> None:
    rows = [json.loads(line) for line in read("data/statements.jsonl").splitlines()]
    words = next(r["fields"]["words"] for r in rows if r["id"] == "stm_M3")

    assert words == f"Mi hermano {invented.MAN} fue a auxiliar a Z.F.I.; lo vi caer, dice {GAP}, su hermano."


def test_everything_kept_back_is_counted_under_a_rule(published: Release, read: Callable[[str], str]) -> None:
    rows = [json.loads(line) for line in read("data/withheld.jsonl").splitlines()]
    n = {rule: sum(r["n"] for r in rows if r["rule"] == rule) for rule in Rule}

    assert n[Rule.not_killed] == 1
    assert n[Rule.not_reviewed] == 1
    assert n[Rule.unread_cell] == 1
    assert dict(published.withheld)[say_rule(Rule.unread_cell)] == 1


def test_an_injured_person_is_still_counted_and_leads_nowhere(read: Callable[[str], str]) -> None:
    rows = [json.loads(line) for line in read("data/figures.jsonl").splitlines()]
    rows = [r for r in rows if r["scope_id"] == "scp_injured"]
    injured, counted = rows[-1], [p for r in rows for p in r["persons"] if p["standing"] == "counted"]

    assert (injured["lo"], injured["hi"]) == (1, 1)
    assert [(p["person_id"], p["for"]) for p in counted] == [("per_withheld-0001", [])]


def test_the_page_of_a_list_says_how_many_rows_it_does_not_show(read: Callable[[str], str]) -> None:
    assert "1 statement of this document is not shown" in read("en/d/doc_L01.html")


def test_a_machine_pair_is_marked_and_never_merges(read: Callable[[str], str]) -> None:
    persons = [json.loads(line) for line in read("data/persons.jsonl").splitlines()]
    one = next(p for p in persons if "stm_L01.r4" in p["records"])

    assert one["records"] == ["stm_L01.r4"]
    assert "judged by nobody" in read(f"en/p/{one['id']}.html")


def test_asked_to_show_machine_pairs_it_shows_their_words_and_still_merges_nothing(tmp_path: Path) -> None:
    from tests.conftest import seeded_entropy
    from tests.publication.conftest import fixed_clock

    with invented.make_case(tmp_path / "c", fixed_clock, seeded_entropy("x"), publish_unjudged_links=True) as case:
        release = publish(case)
    persons = [json.loads(line) for line in (release.path / "data/persons.jsonl").read_text().splitlines()]
    one = next(p for p in persons if "stm_L01.r4" in p["records"])

    assert one["records"] == ["stm_L01.r4"]
    assert 'article class="said" id="proposed-stm_M2"' in (release.path / f"en/p/{one['id']}.html").read_text()


def judged(n: int, decision: object) -> Judgement:
    return Judgement(JudgementId(f"jdg_x{n}"), decision, "c", "2024-01-01T00:00:00Z", "la familia lo pidió")  # type: ignore[arg-type]


def test_a_family_may_have_the_name_of_a_minor_shown(case: Case) -> None:
    case.append([judged(1, PolicyException(Rule.minor, "stm_L01.r2", allow=True))])

    record = release_record(case.corpus(), policy_of(case.settings))

    assert record.corpus.statement[StatementId("stm_L01.r2")].victim.names[0].printed == invented.GIRL


def test_a_record_decided_against_is_withheld_with_all_of_its_person(case: Case) -> None:
    case.append([judged(1, PolicyException(Rule.withdrawn_by_decision, "stm_L01.r1", allow=False))])

    record = release_record(case.corpus(), policy_of(case.settings))

    assert {"stm_L01.r1", "stm_L02.r1", "stm_M3"}.isdisjoint(record.corpus.statement)
    assert any(w.rule is Rule.withdrawn_by_decision and w.n == 3 for w in record.withheld)


def test_the_same_whole_name_without_an_age_is_masked_too(case: Case) -> None:
    unlinked = invented.row(9, "L02", invented.GIRL, f"9. {invented.GIRL}")
    case.append([unlinked])

    record = release_record(case.corpus(), policy_of(case.settings))

    assert record.corpus.statement[unlinked.statement_id].victim.names[0].printed == "Z.F.I."


def test_an_adult_of_the_same_surnames_keeps_her_name(case: Case) -> None:
    from willakuy.statements.ages import parse_age

    sister = invented.row(9, "L02", "Petronila Ficticia Inventada", "9", age=parse_age("45 años"))
    case.append([sister])

    record = release_record(case.corpus(), policy_of(case.settings))

    assert record.corpus.statement[sister.statement_id].victim.names[0].printed == "Petronila Ficticia Inventada"


def test_a_decision_about_nobody_who_is_shown_is_not_shown(case: Case) -> None:
    case.append(
        [judged(1, Identity(IdentityVerdict.different, (StatementId("stm_L01.r5"), StatementId("stm_L01.r1"))))]
    )

    record = release_record(case.corpus(), policy_of(case.settings))

    assert "jdg_x1" not in {j.judgement_id for j in record.corpus.judgements}


def test_the_birth_date_of_a_minor_is_not_shown(case: Case) -> None:
    from willakuy.statements.ages import AgeSaid
    from willakuy.statements.dates import PartialDate

    born = invented.row(
        9,
        "L02",
        "Hilaria Nueva Ficción",
        "9",
        age=AgeSaid("nacida el 3/4/2010", 12, 12, born=PartialDate("2010-04-03")),
    )
    case.append([born])

    age = release_record(case.corpus(), policy_of(case.settings)).corpus.statement[born.statement_id].victim.age

    assert age is not None
    assert (age.words, age.born, age.lo) == ("", None, 12)


MASKED = NameIndex([(invented.GIRL, "Z.F.I.")])
SHOWN = NameIndex([(invented.MAN, "")])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Zulma Ficticia cayó", "Z.F.I. cayó"),
        ("FICTICIA INVENTADA, Zulma", "Z.F.I., Zulma"),
        ("su madre, Rosa Supuesta Quieta, lloró", f"su madre, {GAP}, lloró"),
        ("hermano de Pedro Supuesto", f"hermano de {GAP}"),
        (f"la madre de {invented.MAN}", f"la madre de {invented.MAN}"),
        ("Rosa Supuesta (testigo)", f"{GAP} (testigo)"),
        ("DNI 45678901 y teléfono +51 951 234 567", f"DNI {GAP} y teléfono {GAP}"),
        ("murió el 09/01/2023 a las 12:30", "murió el 09/01/2023 a las 12:30"),
        ("Más de 1000 soles, 49 muertos", "Más de 1000 soles, 49 muertos"),
        ("la Policía Nacional del Perú", "la Policía Nacional del Perú"),
    ],
)
def test_running_text_loses_names_and_numbers_and_nothing_else(text: str, clean: str) -> None:
    assert Scrubber(MASKED, SHOWN).clean(text)[0] == clean


def test_a_blamed_officer_loses_his_name_and_keeps_his_rank() -> None:
    said = Scrubber(MASKED, SHOWN).clean("disparó el suboficial Fulano Ilusorio de la Policía Nacional", is_blame=True)

    assert said == (f"disparó el suboficial {GAP} de la Policía Nacional", Rule.named_suspect)


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    scrubber = Scrubber(MASKED, SHOWN)
    once = scrubber.clean(text)[0]

    assert scrubber.clean(once)[0] == once


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_a_sentence_on_the_method_page(rule: Rule, read: Callable[[str], str]) -> None:
    from html import escape

    assert escape(say_rule(rule), quote=False) in read("en/method.html").replace("&#39;", "'").replace("&#34;", '"')


def test_public_statements_keep_their_ids_kinds_and_citations(case: Case) -> None:
    corpus = case.corpus()
    public = release_record(corpus, policy_of(case.settings)).corpus

    for statement in public.statements:
        original = corpus.statement[statement.statement_id]
        assert (statement.kind, statement.citations, statement.said) == (
            original.kind,
            original.citations,
            original.said,
        )
