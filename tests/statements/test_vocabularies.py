"""The controlled words: complete in both languages, unambiguous, scales in one order everywhere."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements.ages import AgeBand
from willakuy.statements.errors import TermUnknown, VocabularyDamaged, VocabularyUnknown
from willakuy.statements.folding import fold
from willakuy.statements.names import NameKind
from willakuy.statements.numbers import Bound
from willakuy.statements.vocabularies import Term, Vocabulary, ancestors, check, names, recognise, term, vocabulary

EVERY_TERM = [(name, t) for name in names() for t in vocabulary(name).terms]

REQUIRED = {
    "harm": "killed injured missing detained",
    "role": "civilian participant bystander helper observer police soldier unborn prosecutor official",
    "circumstance": "clash_or_forces blockade attack_on_officer drowned_on_duty custody accident unknown",
    "cause": "firearm pellets tear_gas_canister blunt_object beating burning drowning traffic denied_care illness",
    "source_kind": "state_body ombudsman prosecutor forensic ministry police_force armed_forces ngo ngo_coalition international_body press press_agency "
    "regional_press investigative_press activist activist_press family witness hospital academic compiled",
    "blamed_party": "state_forces police army crowd superiors unknown",
    "hedge": "denied rumoured presumed alleged asserted",
    "status_effect": "retraction rectification denial confirmation supersession",
    "status_aspect": "existence death cause link number name",
    "record_status": "listed withdrawn rectified denied",
    "sex": "female male unknown",
    "date_meaning": "wound death event report burial heading_not_stated",
    "claim_scope": "all_linked clashes repression blockade drowned support_recognised complaint_charged documented_cases one_sided_violence other_crisis",
    "population": "all civilians police soldiers minors protesters protesters_and_bystanders civilians_and_police direct_victims",
    "confidence": "unresolved low medium high certain",
    "grade": "withdrawn contested single_source supported corroborated",
}


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_the_codes_that_statements_are_made_of_are_there(name):
    assert set(REQUIRED[name].split()) <= set(vocabulary(name).codes)


@pytest.mark.parametrize(("name", "t"), EVERY_TERM, ids=[f"{n}-{t.code}" for n, t in EVERY_TERM])
def test_every_term_has_a_word_and_a_definition_in_both_languages(name, t):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", t.code)
    assert t.es
    assert t.en
    assert t.definition_es.endswith(".")
    assert t.definition_en.endswith(".")
    assert t.definition_es != t.definition_en


@pytest.mark.parametrize("name", names())
def test_codes_and_synonyms_belong_to_one_term_each(name):
    owner: dict[str, str] = {}
    for t in vocabulary(name).terms:
        for word in {fold(w) for w in (t.code, t.es, t.en, *t.also)}:
            assert owner.setdefault(word, t.code) == t.code, f"{word}: {owner[word]} and {t.code}"


@pytest.mark.parametrize("name", [n for n in names() if vocabulary(n).is_ordered])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_scale_read_in_any_language_rises_strictly(name, language):
    scale = vocabulary(name)

    ranks = [term(name, recognise(name, t.say(language)) or "").rank for t in scale.terms]

    assert ranks == [t.rank for t in scale.terms]
    assert all(a < b for a, b in itertools.pairwise(ranks) if a and b)
    assert None not in ranks


def test_scales_that_must_be_ordered_are():
    ordered = {n for n in names() if vocabulary(n).is_ordered}

    assert {"hedge", "confidence", "grade", "age_band", "completeness"} <= ordered


@pytest.mark.parametrize(("name", "kinds"), [("bound", Bound), ("name_kind", NameKind), ("age_band", AgeBand)])
def test_what_the_program_tells_apart_has_a_term_to_be_explained_with(name, kinds):
    assert set(vocabulary(name).codes) == {str(k) for k in kinds}


@pytest.mark.parametrize(("name", "t"), [(n, t) for n, t in EVERY_TERM if t.huridocs], ids=str)
def test_huridocs_codes_name_their_thesaurus_and_are_pairs_of_digits(name, t):
    assert re.fullmatch(r"MT\d{1,2}(?: \d\d)+", t.huridocs)
    assert not t.is_local


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("harm", "fallecidos", "killed"),
        ("harm", "HERIDOS", "injured"),
        ("cause", "presunto impacto de dos proyectiles de arma de fuego", "firearm"),
        ("cause", "36 perdigones; infección generalizada", "pellets"),
        ("cause", "impacto de bomba lacrimógena en la cabeza", "tear_gas_canister"),
        ("cause", "arrastrados por la corriente", "drowning"),
        ("circumstance", "enfrentamientos", "clash_or_forces"),
        ("circumstance", "bloqueo", "blockade"),
        ("blamed_party", "la represión", "state_forces"),
        ("blamed_party", "una turba de vándalos", "crowd"),
        ("hedge", "según se ha denunciado", "alleged"),
        ("source_kind", "Defensoría del Pueblo", "ombudsman"),
        ("claim_scope", "clashes with security forces", "clashes"),
        ("population", "54 civilians and one police officer", "civilians_and_police"),
        ("record_status", "withdrawn: “presunta persona fallecida … no existe” (Reniec)", "withdrawn"),
        ("sex", "F", "female"),
    ],
)
def test_printed_words_find_their_code(name, words, code):
    assert recognise(name, words) == code


@pytest.mark.parametrize("words", ["", "zzz", "\x00", "🙂", "x" * 9000])
def test_words_that_fit_nothing_find_none(words):
    assert recognise("cause", words) is None


@given(text=st.text(max_size=80))
def test_any_text_at_all_is_survived(text):
    code = recognise("circumstance", text)

    assert code is None or code in vocabulary("circumstance")


def test_a_narrow_term_knows_every_broader_one():
    assert ancestors("cause", "tear_gas_canister") == ("tear_gas_canister", "projectile")
    assert ancestors("harm", "killed") == ("killed",)


@pytest.mark.parametrize("name", names())
def test_no_term_is_broader_than_itself(name):
    for t in vocabulary(name).terms:
        path = ancestors(name, t.code)

        assert len(path) == len(set(path))


def test_an_unknown_vocabulary_or_code_says_what_there_is():
    with pytest.raises(VocabularyUnknown) as vocabulary_refused:
        vocabulary("colours")
    with pytest.raises(TermUnknown) as term_refused:
        term("harm", "bored")

    assert "harm" in vocabulary_refused.value.say_next()
    assert "killed" in term_refused.value.say_next()
    assert '"bored"' in term_refused.value.say_what()


def test_a_file_that_contradicts_itself_is_refused():
    one = Term("a", "a", "a", "d.", "d.")

    with pytest.raises(VocabularyDamaged):
        check(Vocabulary("broken", "", "", (one, one)))
    with pytest.raises(VocabularyDamaged):
        check(Vocabulary("broken", "", "", (Term("a", "a", "a", "d.", "d.", parent="b"),)))


def test_the_page_on_vocabularies_lists_every_one_of_them():
    page = (Path(__file__).parents[2] / "docs" / "method" / "vocabularies.md").read_text("utf-8")

    assert {name for name in names() if f"`{name}`" not in page} == set()
