"""What every proposer offers, and how the installed ones are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from typing import Protocol

from willakuy.reading.errors import ProposerNotReady, ProposerUnknown
from willakuy.reading.layers import TextLayer
from willakuy.reading.values import Proposed, ProposerIdentity
from willakuy.statements.dates import PartialDate

GROUP = "willakuy.proposers"


class Proposer(Protocol):
    """Reads a text layer and proposes statements. It records nothing and accepts nothing."""

    @property
    def identity(self) -> ProposerIdentity: ...

    def propose(self, layer: TextLayer, *, published: PartialDate | None = None) -> Sequence[Proposed]:
        """Statements whose words stand in ``layer.text`` at their offsets; others are refused afterwards."""
        ...


def _rules() -> Proposer:
    from willakuy.reading.proposers.rules import RulesProposer

    return RulesProposer()


_BUILT_IN: dict[str, Callable[[], Proposer]] = {"rules": _rules}


def known_proposers() -> tuple[str, ...]:
    """Names that ``proposer`` answers to, built-in ones first."""
    return (*_BUILT_IN, *sorted({e.name for e in entry_points(group=GROUP)} - set(_BUILT_IN)))


def proposer(name: str = "rules") -> Proposer:
    """The proposer of that name, ready to work.

    Raises:
        ProposerUnknown: none is installed. ProposerNotReady: it lacks a model, a package or an address.
    """
    if name in _BUILT_IN:
        return _BUILT_IN[name]()
    for entry in entry_points(group=GROUP, name=name):
        try:
            made: Proposer = entry.load()()
        except ImportError as e:
            raise ProposerNotReady(name=name, reason=str(e), remedy="") from e
        return made
    raise ProposerUnknown(name=name, known=", ".join(known_proposers()))
