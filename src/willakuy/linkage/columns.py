"""Which column of a list holds what: read from its header, in Spanish, English and the forms lists really use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from willakuy.statements.names import fold

ROLES = (
    "id", "name", "name_other", "given", "surname", "age", "birth", "birth_year", "birth_month", "birth_day", "sex", "died",
    "region", "province", "district", "locality", "place", "extra", "ignore",
)  # fmt: skip

_WORDS: tuple[tuple[str, str], ...] = (
    ("id", r"rec_?id|record_?id|unique_?id|id|uid|codigo|code|row_?id"),
    ("ignore", r"list(_?id)?|lista|row|fila|no|nro|n|num|numero|printed_?no|source(_?id)?|fuente|url|note|notes|nota|notas|observaciones?|cluster|person_?id|dataset|link|comments?"),
    ("birth_year", r"by|birth_?year|year_?of_?birth|ano_?(de_?)?nacimiento|yob"),
    ("birth_month", r"bm|birth_?month|mes_?(de_?)?nacimiento"),
    ("birth_day", r"bd|birth_?day|dia_?(de_?)?nacimiento"),
    ("birth", r"dob|born|birth|birth_?date|date_?of_?birth|fecha_?(de_?)?nac(imiento)?|f_?nac|nacimiento|nacid[oa]"),
    ("given", r"given(_?names?)?|first(_?names?)?|fname\w*|middle(_?names?)?|nombres|nombre_?de_?pila|prenombres?|primer_?nombre|segundo_?nombre|forename\w*|vorname"),
    ("surname", r"surnames?|last(_?names?)?|lname\w*|family(_?names?)?|apellidos?(_?(paterno|materno|1|2))?|primer_?apellido|segundo_?apellido|ap_?(paterno|materno|pat|mat)|nachname"),
    ("name", r"name(_?(printed|full|ar|arabic|en|english|es|original|native|of_?victim))?|full_?name|nombre(_?(completo|impreso|y_?apellidos?))?|nombres_?y_?apellidos|apellidos_?y_?nombres|victim(a|_?name)?|fallecid[oa]|persona?|alias|aka|other_?names?|otros_?nombres"),
    ("age", r"age(_?(printed|years|at_?death))?|edad(_?(impresa|anos))?|anos|years(_?old)?"),
    ("sex", r"sex(_?printed)?|sexo|gender|genero"),
    ("died", r"(date|fecha)(_?(printed|of_?death|of_?event|of_?incident|killed|died|muerte|de_?muerte|deceso|de_?fallecimiento|fallecimiento|hecho|del_?hecho|de_?los_?hechos|evento|injury_?printed|death_?printed|daily))?|start_?date\w*|died|death_?date|dod|event_?date|incident_?date|day|dia|fecha_?desaparicion|disappeared|date_?disappeared|date_?of_?disappearance"),
    ("region", r"state|departamentos?|department(_?printed)?|dep|dpto|depto|region|admin_?1|governorate|gobernacion|oblast|estado|country|pais"),
    ("province", r"province(_?printed)?|provincia|prov|county|condado|admin_?2"),
    ("district", r"district(_?printed)?|distrito|dist|city|ciudad|town|municipality|municipio|suburb|comuna|admin_?3|adm_?3"),
    ("locality", r"street|address(_?1)?|direccion|calle|locality|localidad|barrio|centro_?poblado|comunidad|village|neighbou?rhood|location(_?1)?"),
    ("place", r"place(_?(printed|of_?death|of_?event))?|lugar(_?(de_?)?(muerte|hecho|deceso|fallecimiento))?|where|sitio"),
)  # fmt: skip
_TELLING: tuple[tuple[str, frozenset[str]], ...] = (
    ("birth", frozenset(("nacimiento", "nac", "birth", "born", "dob"))),
    ("age", frozenset(("edad", "age"))),
    ("sex", frozenset(("sexo", "sex", "gender", "genero"))),
    ("died", frozenset(("fecha", "date"))),
    ("surname", frozenset(("apellido", "apellidos", "surname", "surnames"))),
    ("name", frozenset(("nombre", "nombres", "name", "names"))),
    ("place", frozenset(("lugar", "place", "location", "ubicacion"))),
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
    if "surname" in roles and "name" in roles:
        to = "other" if "given" in roles else "given"
        found = [(c, ("name_other" if to == "other" else "given") if role == "name" else role) for c, role in found]
    if "region" in roles:
        countries = [c for c, role in found if role == "region" and fold(c) in ("country", "pais")]
        others = [c for c, role in found if role == "region" and c not in countries]
        found = [(c, "extra" if c in countries and others else role) for c, role in found]
    return found
