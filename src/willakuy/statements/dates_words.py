"""The words for days, months and times of day, in Spanish and English, and the patterns made of them.

Everything here is matched against text folded by ``fold_aligned``: lower case, no accents, one character each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTH_NAMES = {
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

MONTHS: dict[str, int] = {
    **{name: i for i, name in enumerate(MONTH_NAMES["es"], 1)},
    **{name.lower(): i for i, name in enumerate(MONTH_NAMES["en"], 1)},
    "setiembre": 9,
}
MONTHS_SHORT: dict[str, int] = {
    "ene": 1, "feb": 2, "mar": 3, "abr": 4, "may": 5, "jun": 6, "jul": 7, "ago": 8, "set": 9, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dic": 12, "jan": 1, "apr": 4, "aug": 8, "dec": 12,
}  # fmt: skip

WEEKDAYS: dict[str, int] = {
    "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

DAY_WORDS: dict[str, int] = {
    "primero": 1, "primer": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16,
    "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21, "veintidos": 22,
    "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "treinta": 30, "treinta y uno": 31,
}  # fmt: skip

ORDINAL_DAYS: dict[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "twenty-second": 22,
    "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26, "twenty-seventh": 27,
    "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip

COUNT_WORDS: dict[str, int] = {
    "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40,
    "cincuenta": 50, "sesenta": 60,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip

UNITS: dict[str, str] = {
    "dia": "day", "dias": "day", "semana": "week", "semanas": "week", "mes": "month", "meses": "month",
    "ano": "year", "anos": "year", "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month",
    "months": "month", "year": "year", "years": "year", "hora": "hour", "horas": "hour", "hour": "hour", "hours": "hour",
}  # fmt: skip

DAY_SHIFTS: dict[str, int] = {
    "hoy": 0, "hoy dia": 0, "ayer": -1, "anteayer": -2, "antier": -2, "antes de ayer": -2, "anoche": -1, "anteanoche": -2,
    "manana": 1, "pasado manana": 2, "vispera": -1, "la vispera": -1, "dia anterior": -1, "dia previo": -1,
    "dia siguiente": 1, "mismo dia": 0, "today": 0, "tonight": 0, "yesterday": -1, "the day before yesterday": -2,
    "day before yesterday": -2, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "last night": -1,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "esta manana": 0, "esta madrugada": 0, "esta tarde": 0,
    "esta noche": 0, "the day before": -1, "the previous day": -1, "previous day": -1, "day before": -1,
    "the next day": 1, "the following day": 1, "the same day": 0, "same day": 0,
}  # fmt: skip

NOT_IN_RUNNING_TEXT = frozenset({
    "la vispera", "vispera", "dia anterior", "dia previo", "dia siguiente", "mismo dia", "the day before", "the next day",
    "the previous day", "previous day", "day before", "the following day", "the same day", "same day",
})  # fmt: skip
"""Words that count from a day told earlier in the story, not from the day the words were published."""

STREETS = (
    "avenida", "av", "av.", "jiron", "jr", "jr.", "calle", "ca.", "hospital", "plaza", "plazuela", "colegio", "institucion",
    "urbanizacion", "urb", "urb.", "barrio", "asociacion", "movimiento", "centro", "comunidad", "distrito", "provincia",
    "puente", "estadio", "mercado", "cuartel", "parque", "sector", "pasaje", "ovalo", "asentamiento", "comisaria",
    "universidad", "escuela", "instituto", "terminal", "hotel", "clinica", "frente", "colonia", "villa", "cooperativa",
    "street", "avenue", "square", "road", "bridge", "stadium", "district", "province", "market", "school",
)  # fmt: skip
"""Words that make what follows a name: "avenida 28 de Julio", "Hospital Dos de Mayo"."""


def any_of(words: Iterable[str]) -> str:
    """A regex alternation, longest first, so that "treinta y uno" wins over "treinta"."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("\\ ", r"\s+") for word in longest_first)
