"""Running text without the names and numbers that may not be published.

What is taken out leaves initials or […] in its place, so that a reader sees that something stood there.
"""

from __future__ import annotations

import re

from willakuy.publication.masking import NameIndex, name_tokens
from willakuy.publication.policy import Rule

GAP = "[…]"

_CAP = r"[A-ZÁÉÍÓÚÑÜ][\w’'-]+"
_LINK = r"(?:(?:de|del|la|las|los|da|y)\s+)*"
_RUN = re.compile(rf"{_CAP}(?:\s+{_LINK}{_CAP})*")
_KIN = (
    r"(?:madre|padre|mam[áa]|pap[áa]|padres|herman[oa]s?|espos[oa]|viud[oa]|conviviente|pareja|novi[oa]|hij[oa]s?|t[íi][oa]|abuel[oa]|prim[oa]"
    r"|sobrin[oa]|cuñad[oa]|suegr[oa]|familiar(?:es)?|testigos?|vecin[oa]s?|sobreviviente|mother|father|parents?|brothers?|sisters?|wife|husband"
    r"|widow(?:er)?|partner|girlfriend|boyfriend|sons?|daughters?|uncle|aunt|cousin|grand(?:mother|father)|relatives?|witness(?:es)?|neighbou?rs?|survivor)"
)
_AFTER_KIN = re.compile(
    rf"((?i:\b{_KIN}\b),?:?\s+(?:(?:llamad[oa]|named|de\s+nombre|de|del|of|don|doña|la\s+señora|el\s+señor)\s+)*)({_CAP}(?:\s+{_LINK}{_CAP})*)"
)
_BEFORE_KIN = re.compile(
    rf"({_CAP}(?:\s+{_LINK}{_CAP})+)((?:,\s*|\s*\()(?:(?:su|la|el|un|una|his|her|the|a|mi|my)\s+)?(?i:\b{_KIN}\b))"
)
_CHILD_OF = re.compile(
    rf"((?i:\b(?:beb[ée]|feto|nonat[oa]|reci[ée]n\s+nacid[oa]|baby|child)\s+(?:de|del|of)\s+)(?:la\s+señora\s+)?)({_CAP}(?:\s+{_LINK}{_CAP})*)"
)
_RANKED = re.compile(
    rf"((?i:\b(?:general|coronel|comandante|mayor|capit[áa]n|teniente|alf[ée]rez|suboficial|sargento|cabo|t[ée]cnico|brigadier|almirante|officer"
    rf"|captain|lieutenant|sergeant|corporal|colonel|major)\b)\.?\s+(?:(?:PNP|EP|FAP)\s+)?)({_CAP}(?:\s+{_CAP})*)"
)
_NUMBER = re.compile(
    r"(?<![\d.,/:-])(?:\+?51[ -]?)?(?:\d{8,11}|\d{3}[ -]\d{3}[ -]\d{3}|\d{2}[. ]\d{3}[. ]\d{3})(?![\d/:])"
)
_BODIES = frozenset(
    {
        "nacional",
        "policia",
        "ejercito",
        "armada",
        "fuerzas",
        "gobierno",
        "ministerio",
        "republica",
        "peru",
        "division",
        "comisaria",
    }
)


class Scrubber:
    """``masked``: names with what stands for them. ``shown``: names the release itself prints, which may stay."""

    def __init__(self, masked: NameIndex, shown: NameIndex) -> None:
        self._masked, self._shown = masked, shown

    def clean(self, text: str, *, is_blame: bool = False) -> tuple[str, Rule | None]:
        """``text`` without what may not be shown, and the first rule that changed it."""
        rules: list[Rule] = []

        def run(match: re.Match[str]) -> str:
            out = self._initials(match[0])
            if out != match[0]:
                rules.append(Rule.minor)
            return out

        def kin(match: re.Match[str], name: int) -> str:
            if self._may_stay(match[name]):
                return match[0]
            rules.append(Rule.relative_or_witness)
            return match[0].replace(match[name], GAP)

        def number(_match: re.Match[str]) -> str:
            rules.append(Rule.personal_number)
            return GAP

        def ranked(match: re.Match[str]) -> str:
            if self._may_stay(match[2]) or not _BODIES.isdisjoint(name_tokens(match[2])):
                return match[0]
            rules.append(Rule.named_suspect)
            return match[1] + GAP

        text = _RUN.sub(run, text)
        text = _AFTER_KIN.sub(lambda m: kin(m, 2), text)
        text = _CHILD_OF.sub(lambda m: kin(m, 2), text)
        text = _BEFORE_KIN.sub(lambda m: kin(m, 1), text)
        if is_blame:
            text = _RANKED.sub(ranked, text)
        text = _NUMBER.sub(number, text)
        return text, (rules[0] if rules else None)

    def address_names_somebody(self, address: str) -> bool:
        """Whether the words of a web address hold a masked name."""
        return self._masked.instead_of(name_tokens(address)) is not None

    def _initials(self, run: str) -> str:
        tokens = name_tokens(run)
        if len(tokens) < 2 or self._shown.holds(tokens):
            return run
        found = self._masked.instead_of(tokens)
        if found is None:
            return run
        shared, instead = found
        words = run.split()
        hits = [i for i, word in enumerate(words) if set(name_tokens(word)) & shared]
        return " ".join([*words[: hits[0]], instead, *words[hits[-1] + 1 :]])

    def _may_stay(self, name: str) -> bool:
        tokens = name_tokens(name)
        return not tokens or self._shown.holds(tokens)
