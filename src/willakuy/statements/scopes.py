"""A scope: a published, versioned rule of what one figure counts.

One register, many counts: 50, 56 and 67 come from the same people under three rules. No figure is printed
without its scope and its as-of date.
"""

from __future__ import annotations

from dataclasses import dataclass

from willakuy.statements.dates import PartialDate
from willakuy.statements.ids import ScopeId
from willakuy.statements.places import Place


@dataclass(frozen=True, slots=True)
class Scope:
    """Every criterion that is empty is not applied. Codes are of the vocabularies of the same names.

    ``roles`` and ``circumstances`` include; the ``not_`` fields exclude and win. ``min_sources`` counts
    independent sources. ``claim_scopes``/``claim_populations`` are the codes under which others publish a figure
    comparable with this one.
    """

    scope_id: ScopeId
    version: int
    name_es: str
    name_en: str
    rule_es: str
    rule_en: str
    harms: tuple[str, ...] = ("killed",)
    roles: tuple[str, ...] = ()
    not_roles: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    not_circumstances: tuple[str, ...] = ()
    minors_only: bool = False
    place: Place | None = None
    period: PartialDate | None = None
    min_sources: int = 1
    claim_scopes: tuple[str, ...] = ()
    claim_populations: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.name_es if language == "es" else self.name_en

    def rule(self, language: str) -> str:
        return self.rule_es if language == "es" else self.rule_en
