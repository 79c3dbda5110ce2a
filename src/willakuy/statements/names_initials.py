"""Initials: how minors are named in everything published, and how names so protected are compared."""

from __future__ import annotations

import re
from collections import Counter

from willakuy.statements.folding import fold
from willakuy.statements.names_parts import initials_printed, name_parts, units_for_initials
from willakuy.statements.names_value import Name, NameKind

_CAPITALISED = re.compile(r"[A-ZÁÉÍÓÚÑÜ][\w'’]+(?:\s+(?:(?:de|del|la|los|da)\s+)*[A-ZÁÉÍÓÚÑÜ][\w'’]+)+")


def initials_of(name: Name) -> str:
    """The initials in printed order, like ``D.A.Q.``; "" for nobody.

    A full name gives first letters only ("Lloclla" gives L); "Ll" stays where the source prints it as one.
    Particles are passed over ("de la Cruz": C) but for the Portuguese da, do ("Da Silva": D).
    """
    letters = letters_of(name)
    return "".join(f"{letter}." for letter in letters)


def letters_of(name: Name) -> tuple[str, ...]:
    if not name.kind.names_somebody:
        return ()
    parts = name_parts(name)
    if name.kind is NameKind.initials:
        return tuple(letter[0].upper() + letter[1:].lower() for letter in parts.initials)
    words = [units_for_initials(unit) for unit in (*parts.given, *parts.surnames)]
    if not words and parts.nickname:
        words = parts.nickname.split()
    spelled = tuple(_first_letter(word) for word in words if _first_letter(word))
    return spelled + tuple(letter[0].upper() + letter[1:].lower() for letter in parts.initials)


def mask(name: Name) -> str:
    """What may be printed of a minor: initials of any name, in the printed order; no rank, no nickname.

    Rows that name nobody keep their words, but for names of others inside them ("hijo de …"), which become
    initials too. Masking what is masked changes nothing.
    """
    if not name.kind.names_somebody:
        return _CAPITALISED.sub(lambda m: "".join(f"{w[0]}." for w in m[0].split() if w[0].isupper()), name.printed)
    return initials_of(name) or "N.N."


def initials_compatible(a: Name, b: Name) -> bool:
    """Nothing in the initials speaks against the two being one person.

    Order does not count, nor names or surnames that one of them leaves out: ``T.C.J.`` fits ``J.W.T.C.``.
    "Ll" and "L", "Ch" and "C", "Ñ" and "N" are alike. Somebody unnamed fits everybody.
    """
    first, second = (Counter(fold(letter)[:1] for letter in letters_of(name)) for name in (a, b))
    if not first or not second:
        return True
    fewer, more = sorted((first, second), key=lambda c: c.total())
    return all(more[letter] >= count for letter, count in fewer.items())


def _first_letter(word: str) -> str:
    return next((c.upper()[:1] for c in word if c.isalpha()), "")


__all__ = ["initials_of", "letters_of", "mask", "initials_compatible", "initials_printed"]
