"""What a column of a list can hold, and the header words, Spanish and English, by which it is known."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from willakuy.reading.tables.kinds import SIGNATURES
from willakuy.statements.names import fold

FIELDS: dict[str, str] = {
    "name": "nombre|nombres y apellidos|apellidos y nombres|nombre completo|nombre y apellido|nombre y apellidos|name|full name|victim name|"
            "victima|fallecido|fallecida|muerto|occiso|persona|victim|deceased|person|name en|nombre del fallecido|name1|names",
    "given_names": "nombres|given name|given names|first name|forename|forenames|prenombre|prenombres|nombre de pila|firstname",
    "surnames": "apellidos|apellido|surname|surnames|last name|family name|family names|lastname",
    "paternal_surname": "apellido paterno|ap paterno|paterno|primer apellido|first surname|paternal surname|apellido 1|s1",
    "maternal_surname": "apellido materno|ap materno|materno|segundo apellido|second surname|maternal surname|apellido 2|s2",
    "other_name": "alias|apodo|sobrenombre|nickname|aka|a k a|otros nombres|otro nombre|other name|other names|name ar|conocido como|name2",
    "name_kind": "name kind|tipo de nombre|clase de nombre",
    "count": "cantidad|numero de personas|numero de victimas|n personas|personas|count|number of people|number of victims|cantidad de personas|"
             "numero de fallecidos|victims|deaths|fatalities",
    "age": "edad|age|anos|edad anos|age years|edad en anos|edad al morir|age at death",
    "birth_date": "fecha de nacimiento|nacimiento|f nacimiento|fecha nac|fec nac|date of birth|birth date|birthdate|dob|born|nacido",
    "is_minor": "menor|menor de edad|minor|is minor|es menor",
    "sex": "sexo|sex|genero|gender",
    "is_male": "male|is male|es hombre",
    "date": "fecha|date|dia|day|start date daily|fecha y hora",
    "date_meaning": "date meaning|significado de la fecha|que fecha es|fecha de que",
    "date_wounded": "fecha de la herida|fecha de herida|fecha de lesion|fecha herida|date injury|injury date|date of injury|date wounded|"
                    "date of wound|fecha de las lesiones|fecha injury",
    "date_died": "fecha de muerte|fecha de la muerte|fecha de fallecimiento|fecha fallecimiento|fecha de deceso|fecha del deceso|fecha deceso|fecha muerte|"
                 "fecha de defuncion|date death|death date|date of death|date died|died|dod|fallecio|murio",
    "date_happened": "fecha del hecho|fecha de los hechos|fecha hechos|fecha del suceso|fecha de ocurrencia|fecha del evento|fecha del incidente|"
                     "event date|date of event|incident date|date of incident|date happened|fecha evento",
    "date_reported": "fecha de reporte|fecha del reporte|fecha de registro|report date|date reported|date of report|fecha de publicacion",
    "place": "lugar|place|location|localidad|lugar de los hechos|lugar del hecho|lugar de hechos|ciudad|city|town|sitio|ubicacion|location 1|donde|where|centro poblado",
    "street": "calle|street|avenida|lugar exacto|direccion del hecho|jiron",
    "district": "distrito|district|dist|comuna|municipio|municipality",
    "province": "provincia|province|prov|county|condado",
    "department": "departamento|department|dep|depto|dpto|region|state|estado|departamento region|region departamento",
    "country": "pais|country",
    "wounded_at": "lugar de la herida|lugar de herida|place of injury|place wounded|wounded at|injury place",
    "died_at": "lugar de muerte|lugar de la muerte|lugar de fallecimiento|lugar de deceso|lugar del deceso|place of death|died at|death place",
    "origin": "natural de|procedencia|lugar de nacimiento|lugar de procedencia|origen|origin|place of origin|lugar de origen|birthplace|from|hometown",
    "cause": "causa|causas|causa de muerte|causa de la muerte|cause|cause of death|causa de fallecimiento|arma|weapon|herida|heridas|lesion|lesiones|wound|"
             "diagnostico|causa del deceso|causa deceso|tipo de herida|tipo de lesion|method",
    "circumstance": "circunstancia|circunstancias|circumstance|circumstances|contexto|context|tipo de hecho|situacion|modalidad",
    "blamed": "blamed|responsable|presunto responsable|responsables|autor|presunto autor|perpetrator|responsible|agency|atribuido a|fuerza responsable",
    "hospital": "hospital|centro de salud|establecimiento de salud|health centre|health center|clinica|morgue",
    "role": "rol|role|ocupacion|occupation|profesion|oficio|condicion|calidad|actividad|job",
    "harm": "harm|dano|tipo de dano|afectacion|tipo de afectacion|violence|estado de la victima|condicion de la victima|outcome|desenlace",
    "printed_no": "no|n|nro|num|numero|printed no|no impreso|item|orden|n orden|number|nº|n°|#|correlativo",
    "details": "detalle|detalles|detail|details|descripcion|description|relato|resumen|narrative|notes|observaciones|observacion|comentario|comentarios|hechos",
    "row_status": "row status|row status in source|estado de la fila|status|estado del registro",
    "is_truncated": "row truncated|truncated|fila cortada|cortado|is truncated",
    "note": "transcriber note|nota del transcriptor|note|nota",
    "phrase": "phrase|frase|cita|quote|palabras",
    "language": "language|idioma|lengua|lang",
    "speaker": "speaker|quien lo dice|hablante|voz|dicho por|said by",
    "speaker_role": "speaker role|rol de quien lo dice|cargo",
    "attributed_to": "attributed to|segun|according to|fuente citada|fuente de la fuente",
    "list_id": "list id|lista|list",
    "row": "row|fila",
    "statement_id": "mention id|statement id|record id",
    "document_id": "document id|documento id|doc id",
    "source_id": "source id|fuente id|id fuente",
}  # fmt: skip
"""Field of a list → header words, compared without case, accents and punctuation."""

OWN_FIELDS = frozenset(
    {"list_id", "row", "name_kind", "date_meaning", "is_truncated", "note", "row_status", "statement_id", "document_id", "source_id", "language"}
)  # fmt: skip
"""What whoever made the table added; never part of a source's words."""

MANY = frozenset(
    {"name", "other_name", "cause", "circumstance", "blamed", "role", "details", "note", "hospital", "street"}
)
"""Fields that several columns of one list may hold."""

_PATTERNS = [
    ("birth_date", r"\b(?:nacimiento|nac|birth|dob)\b"),
    ("date_died", r"\b(?:fecha|fec|f|date|dia|day)\b.*\b(?:muerte|deceso|fallecimiento|fallec\w*|defuncion|death|died|dead)\b|\b(?:death|died)\b.*\bdate\b"),
    ("date_wounded", r"\b(?:fecha|fec|date|dia|day)\b.*\b(?:herid\w*|lesion\w*|injur\w*|wound\w*)\b|\b(?:injury|wound)\b.*\bdate\b"),
    ("date_happened", r"\b(?:fecha|fec|date|dia|day)\b.*\b(?:hechos?|suceso|evento?|event|incident\w*|ocurr\w*|ataque|attack)\b"),
    ("date_reported", r"\b(?:fecha|fec|date|dia|day)\b.*\b(?:report\w*|registro|publica\w*|denuncia)\b"),
    ("died_at", r"\b(?:lugar|place|hospital|location)\b.*\b(?:muerte|deceso|fallecimiento|death|died)\b"),
    ("wounded_at", r"\b(?:lugar|place|location)\b.*\b(?:herid\w*|lesion\w*|injur\w*|wound\w*)\b"),
    ("origin", r"\b(?:lugar|place)\b.*\b(?:nacimiento|origen|procedencia|birth|origin)\b"),
    ("cause", r"\b(?:causas?|cause|weapon|arma|diagnostico)\b"),
    ("name_kind", r"\b(?:tipo|clase|kind)\b.*\b(?:nombre|name)\b"),
    ("name", r"\b(?:nombres?)\b.*\bapellidos?\b|\bapellidos?\b.*\bnombres?\b|\b(?:nombre|name)\b.*\b(?:completo|full|victima|victim|fallecid[oa]|occis[oa]|deceased|persona|person)\b|^(?:nombre|name) (?:del?|of)\b"),
    ("paternal_surname", r"\b(?:apellido|ap)\b.*\b(?:paterno|primero?)\b"),
    ("maternal_surname", r"\b(?:apellido|ap)\b.*\b(?:materno|segundo)\b"),
    ("given_names", r"\b(?:given|first)\b.*\bnames?\b"),
    ("surnames", r"\b(?:sur|last|family)\s?names?\b|^apellidos?\b"),
    ("age", r"\b(?:edad|age)\b"),
    ("sex", r"\b(?:sexo|sex|genero|gender)\b"),
    ("circumstance", r"\b(?:circunstancias?|circumstances?|contexto|context)\b"),
    ("blamed", r"\b(?:responsables?|perpetrator|autor(?:es)?)\b"),
    ("district", r"\b(?:distrito|district)\b"),
    ("province", r"\b(?:provincia|province)\b"),
    ("department", r"\b(?:departamento|department|region)\b"),
    ("place", r"^(?:lugar|place|location|ciudad|localidad)\b"),
    ("date", r"^(?:fecha|date)\b"),
    ("details", r"^(?:detalles?|details?|descripcion|description|observacion(?:es)?|relato)\b"),
]  # fmt: skip
_COMPILED = [(field, re.compile(pattern)) for field, pattern in _PATTERNS]

_IDENTITY = re.compile(
    r"\b(?:dni|d n i|ssn|cui|passport|pasaporte|cedula|soc sec|social security|national id|carnet|ruc)\b|\b(?:documento|doc)\b.*\bidentidad\b|"
    r"^(?:(?:n|no|nro|num|numero)(?: de)? )?(?:documento|doc)$|\bidentity (?:card|number|document)\b"
)
_CONTACT = re.compile(
    r"\b(?:telefonos?|tel|celular(?:es)?|movil|phones?|mobile|whatsapp|e ?mails?|correos?|domicilio|direccion|home address|address \d|address|"
    r"familiar(?:es)?|parientes?|denunciantes?|informantes?|testigos?|contactos?|madre|padre|hermanos?|conyuge|esposa|esposo|hij[oa]s|deudos|relatives?|next of kin|witness(?:es)?|"
    r"informants?|contacts?|mother|father|spouse|husband|wife|entrevistad[oa]s?|interviewees?)\b"
)
_ALLOWED = re.compile(r"\b(?:hecho|hechos|incidente|incident|suceso)\b")
_TAIL = re.compile(r" (?:printed|impres[oa]|segun fuente|as printed)$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMERO = re.compile(r"^(?:n[º°ro]*|#|no\.?|núm\.?)$", re.IGNORECASE)


def normalized(header: str) -> str:
    """Words of a header: "Fecha_de.Muerte" and "fecha de muerte" are one."""
    if _NUMERO.fullmatch(header.strip()):
        return "n"
    folded = fold(_CAMEL.sub(" ", header) if not header.isupper() else header)
    words = " ".join("".join(c if c.isalnum() else " " for c in folded).split())
    return _TAIL.sub("", words)


@lru_cache(maxsize=4096)
def field_of(header: str) -> str | None:
    """The field a header names outright, or by the words in it."""
    words = normalized(header)
    if exact := _exact().get(words):
        return exact
    if len(words) > 60:
        return None
    return next((field for field, pattern in _COMPILED if pattern.search(words)), None)


def is_identity(header: str) -> bool:
    """Names a column of identity numbers: never imported."""
    return bool(_IDENTITY.search(normalized(header)))


def is_contact(header: str) -> bool:
    """Names a column of contacts, homes, relatives or witnesses: left out unless it is asked for by name."""
    words = normalized(header)
    return bool(_CONTACT.search(words)) and not _ALLOWED.search(words)


def is_known_header(cell: str) -> bool:
    """Whether the words of a cell are those of a column name, of any kind of table."""
    if len(cell) > 60:
        return False
    return field_of(cell) is not None or is_identity(cell) or normalized(cell) in _other_words()


@cache
def _exact() -> dict[str, str]:
    return {normalized(words): field for field, listed in FIELDS.items() for words in listed.split("|")}


@cache
def _other_words() -> frozenset[str]:
    return frozenset(normalized(word) for words in SIGNATURES.values() for word in words)
