"""Whether what somebody typed as a source or a working name looks like the name of a living person.

Errs towards yes: it is asked where a yes leads to sealing and a wrong no puts a name on a disk in clear.
"""

from __future__ import annotations

import re

from willakuy.statements.folding import fold
from willakuy.statements.names_parts import is_given, is_surname
from willakuy.statements.names_recognise import recognise_name
from willakuy.statements.names_value import NameKind

_ARTICLE = re.compile(r"(?:una?|el|la|los|las|an?|the|mi|su|her|his|their)\s+")
_NOT_A_NAME = re.compile(
    r"(?:testig|familia|pariente|madre|padre|mama|papa|herman|espos|viud|hij|ti[oa]\b|abuel|prim[oa]\b|sobrin|cunad|vecin|sobreviv|victima|deud|afectad|herid|"
    r"comite|asociacion|colectiv|organizacion|coordinador|federacion|frente|comunidad|central|sindicato|gremio|ronda|junta|red\b|movimiento|centro|"
    r"enfermer|medic|doctor|docente|profesor|estudiante|chofer|comerciante|periodista|abogad|persona|mujer|hombre|joven|senor|fuente|contacto|"
    r"witness|relative|mother|father|brother|sister|wife|husband|widow|son\b|daughter|uncle|aunt|cousin|neighbo|survivor|victim|injured|"
    r"committee|association|collective|organi[sz]ation|federation|union|network|nurse|teacher|student|driver|woman|man\b|person|source|contact|someone|alguien)"
)
_WHOLE = (NameKind.full, NameKind.short, NameKind.surname_first)


def seems_personal(text: str) -> bool:
    """Whether ``text`` holds what could be somebody's name, alone or after a role ("Tía Juana")."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    known = [w for w in words if is_given(w) or is_surname(w)]
    if any(w[0].isupper() for w in known) or len(known) > 1 or known == words != []:
        return True
    folded = _ARTICLE.sub("", fold(text).strip(), count=1)
    if _NOT_A_NAME.match(folded):
        return False
    return sum(w[0].isupper() for w in words) >= 2 and recognise_name(text).kind in _WHOLE


def seems_whole_name(text: str) -> bool:
    """Whether ``text`` looks like a whole name: one that a working name must not be."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return recognise_name(text).kind in _WHOLE and any(is_given(w) or is_surname(w) for w in words)
