"""Which column of a list holds what: read from its header, in Spanish, English and the forms lists really use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from willakuy.statements.dates import parse_date
from willakuy.statements.names import fold
from willakuy.statements.names_parts import is_given, is_surname

ROLES = (
    "id", "name", "name_other", "given", "surname", "age", "birth", "birth_year", "birth_month", "birth_day", "sex", "died",
    "region", "province", "district", "locality", "place", "extra", "ignore",
)  # fmt: skip
NAMED = ("name", "name_other", "given", "surname")

_WORDS: tuple[tuple[str, str], ...] = (
    ("id", r"rec_?id|rec_?no|identifiant|matricule|record_?id|unique_?id|id|uid|codigo|code|row_?id"),
    ("ignore", r"list(_?id)?|lista|row|fila|no|nro|n|num|numero|printed_?no|source(_?id)?|fuente|url|note|notes|nota|notas|observaciones?|observacoes|remarques?|mulahaz\w*|cluster|person_?id|dataset|link|comments?"),
    ("birth_year", r"by|annee_?(de_?)?naissance|ano_?(de_?)?nascimento|birth_?year|year_?of_?birth|ano_?(de_?)?nacimiento|yob"),
    ("birth_month", r"bm|birth_?month|mes_?(de_?)?nacimiento"),
    ("birth_day", r"bd|birth_?day|dia_?(de_?)?nacimiento"),
    ("birth", r"dob|born|birth|birth_?date|date_?of_?birth|fecha_?(de_?)?nac(imiento)?|f_?nac|nacimiento|nacid[oa]|date_?de_?naissance|naissance|nee?_?le|(data_?(de_?)?)?nascimento|tarikh_?(al_?)?(milad|wilada\w*)|milad"),
    ("given", r"given(_?names?)?|first(_?names?)?|fname\w*|middle(_?names?)?|nombres|nombre_?de_?pila|prenombres?|primer_?nombre|segundo_?nombre|forename\w*|vorname|prenoms?|prenome|nome_?proprio|ism_?awwal"),
    ("surname", r"surnames?|last(_?names?)?|lname\w*|family(_?names?)?|apellidos?(_?(paterno|materno|1|2))?|primer_?apellido|segundo_?apellido|ap_?(paterno|materno|pat|mat)|nachname|nom_?de_?famille|sobrenomes?|apelidos?|laqab|al_?laqab|familia_?name"),
    ("name", r"name(_?(printed|full|ar|arabic|en|english|es|original|native|of_?victim))?|full_?name|nombre(_?(completo|impreso|y_?apellidos?))?|nombres_?y_?apellidos|apellidos_?y_?nombres|victim(a|_?name)?|fallecid[oa]|persona?|nome(_?completo)?|nom(_?(complet|et_?prenoms?))?|noms?_?prenoms?|vitima|victime|(al_?)?ism(_?(al_?)?(kamil|shahid))?|isim|alias|aka|other_?names?|otros_?nombres"),
    ("age", r"age(_?(printed|years|at_?death))?|edad(_?(impresa|anos))?|anos|years(_?old)?|idade|(al_?)?[uo]mr|sinn"),
    ("sex", r"sex(_?printed)?|sexo|gender|genero|sexe|genre|(al_?)?jins"),
    ("died", r"(date|fecha)(_?(printed|of_?death|of_?event|of_?incident|killed|died|muerte|de_?muerte|deceso|de_?fallecimiento|fallecimiento|hecho|del_?hecho|de_?los_?hechos|evento|injury_?printed|death_?printed|daily))?|start_?date\w*|died|death_?date|dod|event_?date|incident_?date|day|dia|fecha_?desaparicion|data|data_?(do_?)?(obito|morte|falecimento|fato|ocorrencia)|date_?(du_?|de_?)?(deces|mort|la_?mort|fait|l_?evenement)|deces|tarikh(_?(al_?)?(wafah?|wafat|istishhad))?|wafat|disappeared|date_?disappeared|date_?of_?disappearance"),
    ("region", r"state|departamentos?|department(_?printed)?|dep|dpto|depto|region|admin_?1|governorate|gobernacion|oblast|estado|country|pais|pays|(al_?)?muhafaz\w*|wilayah?|estado_?uf|uf"),
    ("province", r"province(_?printed)?|provincia|prov|county|condado|admin_?2|departement|arrondissement"),
    ("district", r"district(_?printed)?|distrito|dist|city|ciudad|town|municipality|municipio|suburb|comuna|commune|ville|cidade|(al_?)?madinah?|baladiya\w*|concelho|admin_?3|adm_?3"),
    ("locality", r"street|address(_?1)?|direccion|calle|locality|localidad|barrio|centro_?poblado|comunidad|village|neighbou?rhood|location(_?1)?|adresse|rue|bairro|endereco|qarya\w*|hayy"),
    ("place", r"place(_?(printed|of_?death|of_?event))?|lugar(_?(de_?)?(muerte|hecho|deceso|fallecimiento))?|where|sitio|lieu(_?(du_?|de_?)?(deces|mort|fait))?|local(_?(do_?|da_?)?(obito|morte|fato))?|(al_?)?makan(_?\w+)?"),
)  # fmt: skip
_TELLING: tuple[tuple[str, frozenset[str]], ...] = (
    ("birth", frozenset(("nacimiento", "nac", "birth", "born", "dob", "naissance", "nascimento"))),
    ("age", frozenset(("edad", "age", "idade"))),
    ("sex", frozenset(("sexo", "sex", "gender", "genero", "sexe"))),
    ("died", frozenset(("fecha", "date", "data", "tarikh"))),
    ("surname", frozenset(("apellido", "apellidos", "surname", "surnames", "sobrenome", "apelido", "apelidos"))),
    ("name", frozenset(("nombre", "nombres", "name", "names", "nome", "nomes", "nom", "noms"))),
    ("place", frozenset(("lugar", "place", "location", "ubicacion", "lieu", "local"))),
)
_ASIDE = frozenset(("note", "notes", "nota", "notas", "observaciones", "comment", "comments", "url", "link", "enlace"))
_NOT_THE_VICTIM = frozenset(
    [
        "kind",
        "meaning",
        "type",
        "tipo",
        "source",
        "fuente",
        "group",
        "grupo",
        "range",
        "rango",
        "status",
        "estado",
        "truncated",
        "hospital",
        "agency",
        "agencia",
        "madre",
        "padre",
        "mother",
        "father",
        "family",
        "familiar",
        "publication",
        "publicacion",
        "published",
        "publicado",
        "report",
        "reported",
        "reporte",
        "registro",
        "registered",
        "update",
        "updated",
        "actualizacion",
        "entry",
        "interview",
        "entrevista",
        "officer",
        "perpetrator",
        "responsable",
        "autor",
        "witness",
        "testigo",
        "list",
        "lista",
        "event",
        "evento",
        "file",
        "archivo",
        "certainty",
        "precision",
    ]
)
"""Words that say that a date, a name or a place in the header is not the victim's."""
_OTHER_SCRIPTS = {
    "الاسم": "name", "اسم": "name", "الاسم الكامل": "name", "اسم الشهيد": "name", "العمر": "age", "السن": "age", "الجنس": "sex", "تاريخ الميلاد": "birth",
    "تاريخ الوفاة": "died", "تاريخ الاستشهاد": "died", "التاريخ": "died", "المحافظة": "region", "المدينة": "district", "المكان": "place",
    "фио": "name", "имя": "name", "фамилия": "surname", "возраст": "age", "пол": "sex", "дата рождения": "birth", "дата смерти": "died", "дата гибели": "died",
    "дата": "died", "область": "region", "район": "province", "город": "district", "место": "place",
    "піб": "name", "ім'я": "name", "прізвище": "surname", "вік": "age", "стать": "sex", "дата народження": "birth", "дата смерті": "died", "місто": "district",
}  # fmt: skip
_MOST_LOOK_SO = 0.7
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _WORDS)


@dataclass(frozen=True, slots=True)
class Roles:
    """``of`` maps each column to its role; several columns may share one (two surnames, a name in two scripts)."""

    of: tuple[tuple[str, str], ...]

    def columns(self, role: str) -> tuple[str, ...]:
        return tuple(column for column, found in self.of if found == role)


def recognise_columns(
    header: Sequence[str], chosen: Mapping[str, str] | None = None, id_column: str | None = None
) -> Roles:
    """The role of each column. What no rule knows is ``extra``: compared as it stands, if other lists have it too."""
    chosen = chosen or {}
    found: list[tuple[str, str]] = []
    for column in header:
        if column == id_column:
            found.append((column, "id"))
        elif column in chosen:
            found.append((column, chosen[column]))
        else:
            role = _role(column)
            found.append((column, "extra" if role == "id" and id_column else role))
    return Roles(tuple(_settled(found, id_column)))


def guess_by_values(roles: Roles, rows: Sequence[Mapping[str, str]]) -> Roles:
    """Roles for columns whose header says nothing, from their values: a column of names or of days, where no other is one.

    Only where seven of ten values or more look so; what is guessed is said with the other roles, and can be corrected.
    """
    found = dict(roles.of)
    for wanted, taken, looks_so in (
        ("name", NAMED, _looks_like_a_name),
        ("died", ("died", "birth", "birth_year"), _looks_like_a_day),
    ):
        if set(taken) & set(found.values()):
            continue
        shares = {}
        for column in (c for c, role in found.items() if role == "extra"):
            values = [v for row in rows if (v := row.get(column, "").strip())][:500]
            shares[column] = sum(map(looks_so, values)) / len(values) if values else 0.0
        best = max(shares, key=shares.__getitem__, default=None)
        if best is not None and shares[best] >= _MOST_LOOK_SO:
            found[best] = wanted
    return Roles(tuple(found.items()))


def _looks_like_a_name(text: str) -> bool:
    """Two to six words, letters only, one of them a known part of names or written in letters of another script."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 6 or not all(w.replace("-", "").replace("'", "").strip(".").isalpha() for w in words):
        return False
    return any(is_given(w) or is_surname(w) for w in words) or not fold(text).isascii()


def _looks_like_a_day(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(r.earliest == r.latest for r in parse_date(text).readings)


def _role(column: str) -> str:
    told = _OTHER_SCRIPTS.get(" ".join(column.casefold().split()))
    if told:
        return told
    key = re.sub(r"[^a-z0-9]+", "_", fold(column)).strip("_")
    found = next((role for role, pattern in _PATTERNS if pattern.fullmatch(key)), None)
    return found or _by_words(frozenset(key.split("_")))


def _by_words(words: frozenset[str]) -> str:
    """A header no pattern knows, by the word that says what it holds ("Nombre de la víctima", "Location of incident")."""
    if words & _ASIDE:
        return "ignore"
    if words & _NOT_THE_VICTIM:
        return "extra"
    return next((role for role, telling in _TELLING if words & telling), "extra")


def _settled(found: list[tuple[str, str]], id_column: str | None) -> list[tuple[str, str]]:
    """One id column; "nombre" beside "apellidos" holds given names; a whole name beside its parts is left out."""
    if not id_column:
        ids = [c for c, role in found if role == "id"]
        best = next((c for c in ids if re.sub(r"[^a-z]", "", c.casefold()) == "recid"), ids[0] if ids else None)
        found = [(c, "ignore" if role == "id" and c != best else role) for c, role in found]
    roles = {role for _, role in found}
    if "given" in roles and "surname" not in roles:
        found = [(c, "surname" if role == "name" and fold(c) == "nom" else role) for c, role in found]
        roles = {role for _, role in found}
    if "surname" in roles and "name" in roles:
        to = "other" if "given" in roles else "given"
        found = [(c, ("name_other" if to == "other" else "given") if role == "name" else role) for c, role in found]
    if "region" in roles:
        countries = [c for c, role in found if role == "region" and fold(c) in ("country", "pais")]
        others = [c for c, role in found if role == "region" and c not in countries]
        found = [(c, "extra" if c in countries and others else role) for c, role in found]
    return found
