"""Names as printed: kinds, parts, initials, and the mask for minors. Everybody named here is invented."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willakuy.statements.names import (
    Name,
    NameKind,
    fold,
    initials_compatible,
    initials_of,
    mask,
    name_parts,
    recognise_name,
)


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Inventada Prueba Ficticia", "full"),
        ("PEDRO FICTICIO QUISPE MAMANI", "full"),
        ("Ana María de la Cruz Huamán", "full"),
        ("José (Josué) Ficticio Quispe", "full"),
        ("Ana Quispe", "short"),
        ("QUISPE MAMANI, Pedro Pablo", "surname_first"),
        ("QUISPE MAMANI PEDRO PABLO", "surname_first"),
        ("D. A. Q", "initials"),
        ("D. A. Q.", "initials"),
        ("D.A.Q.", "initials"),
        ("D A Q", "initials"),
        ("DAQ", "initials"),
        ("R.P.M.Ll.", "initials"),
        ("Yamileth", "given_name_only"),
        ("Yamileth A. H.", "given_name_and_initials"),
        ("Pedro F.", "given_name_and_initials"),
        ("suboficial Quispe Mamani", "surname_and_rank"),
        ("SO2 PNP Quispe", "surname_and_rank"),
        ("cabo Pedro Quispe Mamani", "full"),
        ('alias "Gato"', "nickname"),
        ("“Gato”", "nickname"),
        ("Pedro Fict…", "truncated"),
        ("Pedro ¿Quispe?", "unclear"),
        ("NN", "unnamed"),
        ("N.N.", "unnamed"),
        ("NN masculino", "unnamed"),
        ("No identificado", "unnamed"),
        ("", "unnamed"),
        ("—", "unnamed"),
        ("(bebé)", "unnamed"),
        ("(bebé de una adolescente gestante)", "unnamed"),
        ("(feto de seis meses de gestación)", "unnamed"),
        ("(paciente, 51)", "unnamed"),
        ("(manifestante de 35 años)", "unnamed"),
        ("(menor, hijo de la fiscal)", "unnamed"),
        ("(a new born baby)", "unnamed"),
        ("(one police officer)", "role_only"),
        ("un policía", "role_only"),
        ("(17 fallecidos con heridas de bala)", "group"),
        ("17 personas", "group"),
        ("dos menores", "group"),
        ("varios manifestantes", "group"),
        ("three civilians", "group"),
    ],
)
def test_the_kind_of_a_name_is_guessed_from_its_form(printed, kind):
    name = recognise_name(printed)

    assert (name.printed, str(name.kind)) == (printed, kind)


@pytest.mark.parametrize(
    ("printed", "given_names", "surnames"),
    [
        ("Pedro Quispe", ("Pedro",), ("Quispe",)),
        ("Pedro Quispe Mamani", ("Pedro",), ("Quispe", "Mamani")),
        ("Pedro Pablo Quispe", ("Pedro", "Pablo"), ("Quispe",)),
        ("Pedro Pablo Quispe Mamani", ("Pedro", "Pablo"), ("Quispe", "Mamani")),
        ("Javier Da Silva Quispe", ("Javier",), ("Da Silva", "Quispe")),
        ("Ana de la Cruz Huamán", ("Ana",), ("de la Cruz", "Huamán")),
        ("QUISPE MAMANI, Pedro Pablo", ("Pedro", "Pablo"), ("QUISPE", "MAMANI")),
        ("QUISPE MAMANI PEDRO PABLO", ("PEDRO", "PABLO"), ("QUISPE", "MAMANI")),
        ("Quispe Mamani", (), ("Quispe", "Mamani")),
        ("Pedro Condori Quispe Mamani", ("Pedro",), ("Condori", "Quispe", "Mamani")),
        ("Yamileth", ("Yamileth",), ()),
    ],
)
def test_names_are_divided_as_people_in_the_andes_carry_them(printed, given_names, surnames):
    parts = name_parts(recognise_name(printed))

    assert (parts.given, parts.surnames) == (given_names, surnames)


def test_rank_nickname_and_initials_are_kept_apart_from_the_name():
    officer = name_parts(recognise_name("suboficial Quispe Mamani"))
    known_as = name_parts(recognise_name('Pedro Quispe alias "Gato"'))
    protected = name_parts(recognise_name("Yamileth A. H."))

    assert (officer.rank, officer.given, officer.surnames) == ("suboficial", (), ("Quispe", "Mamani"))
    assert (known_as.nickname, known_as.surnames) == ("Gato", ("Quispe",))
    assert (protected.given, protected.initials) == (("Yamileth",), ("A", "H"))


@pytest.mark.parametrize("printed", ["NN", "(17 fallecidos)", "un policía", ""])
def test_nobody_has_no_parts_and_no_initials(printed):
    name = recognise_name(printed)

    parts = name_parts(name)

    assert (parts.given, parts.surnames, parts.initials) == ((), (), ())
    assert initials_of(name) == ""


@pytest.mark.parametrize(
    ("printed", "masked"),
    [
        ("Pedro Inventado Quispe", "P.I.Q."),
        ("PEDRO INVENTADO QUISPE", "P.I.Q."),
        ("QUISPE MAMANI, Pedro", "P.Q.M."),
        ("Ana de la Cruz Huamán", "A.C.H."),
        ("Ángel Ñahui Ébano", "Á.Ñ.É."),
        ("D. A. Q", "D.A.Q."),
        ("DAQ", "D.A.Q."),
        ("R.P.M.Ll.", "R.P.M.Ll."),
        ("Yamileth", "Y."),
        ("Yamileth A. H.", "Y.A.H."),
        ('Pedro Quispe alias "Gato"', "P.Q."),
        ("cabo Pedro Quispe", "P.Q."),
        ('alias "Gato Negro"', "G.N."),
        ("NN", "NN"),
        ("(bebé)", "(bebé)"),
        ("(menor, hijo de Inventada Quispe)", "(menor, hijo de I.Q.)"),
    ],
)
def test_a_minor_is_masked_to_initials(printed, masked):
    assert mask(recognise_name(printed)) == masked


words = st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=10).map(str.title)
printed_names = st.lists(words, min_size=1, max_size=5).map(" ".join)


@given(printed=printed_names)
def test_masking_twice_is_masking_once_and_leaves_no_word_of_the_name(printed):
    name = recognise_name(printed)

    masked = mask(name)

    assert mask(recognise_name(masked)) == masked
    if name.kind.names_somebody:
        assert not any(len(word) > 2 for word in masked.replace(".", " ").split())


@given(printed=printed_names, other=printed_names)
def test_compatibility_of_initials_is_mutual_and_a_name_fits_its_own_mask(printed, other):
    a, b = recognise_name(printed), recognise_name(other)

    assert initials_compatible(a, b) == initials_compatible(b, a)
    assert initials_compatible(a, a)
    assert initials_compatible(a, Name(initials_of(a), NameKind.initials))


@pytest.mark.parametrize(
    ("a", "b", "fits"),
    [
        ("T. C. J.", "J.W.T.C.", True),
        ("R.P.M.Ll.", "R. P. M. L.", True),
        ("R. P. M.", "R.P.M.L.", True),
        ("Yamileth Inventada Quispe", "Y.I.Q.", True),
        ("Yamileth Quispe", "Q.I.Y.", True),
        ("B.A.H.", "B.A.J.", False),
        ("NN", "D.A.Q.", True),
        ("Ñusta Quispe", "N.Q.", True),
    ],
)
def test_initials_fit_in_any_order_and_with_names_left_out(a, b, fits):
    assert initials_compatible(recognise_name(a), recognise_name(b)) is fits


def test_folding_makes_spellings_of_different_keyboards_alike():
    assert fold("T’IKA  Ñahui") == fold("t'ika ñahui") == fold("T´ika NAHUI") == "t'ika nahui"
    assert fold("José\u00a0Ángel\u200b") == "jose angel"


@pytest.mark.parametrize("printed", ["x" * 9000, "\x00\x01", "🙂", "علي حسن", "((((", "1234", ",", "' '", "Ll", "Mc."])
def test_odd_input_gets_some_kind_and_never_an_error(printed):
    name = recognise_name(printed)

    name_parts(name)
    mask(name)
    assert name.printed == printed


@given(text=st.text(max_size=80))
def test_any_text_at_all_is_survived(text):
    name = recognise_name(text)

    name_parts(name)
    mask(name)


def test_every_name_printed_in_the_real_case_gets_the_kind_its_transcriber_gave_where_form_can_tell(shared_data: Path):
    folder = shared_data / "peru-2022-2023"
    same = {"NN": "unnamed", "unnamed_unborn": "unnamed", "group_of_17_unnamed": "group"}
    by_form = {"initials", "unnamed", "group", "given_name_only", "given_name_and_initials", "role_only"}
    total, differing = 0, []
    for file in [*sorted((folder / "lists").glob("*.csv")), folder / "mentions.csv"]:
        with file.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                kind = same.get(row["name_kind"], row["name_kind"])
                guess = str(recognise_name(row["name_printed"]).kind)
                total += 1
                if guess != kind and by_form & {guess, kind}:
                    differing.append((row["name_kind"], guess))

    assert total > 150
    assert differing == []
