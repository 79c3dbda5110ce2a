"""Programs that propose statements, found by entry points of the group ``willakuy.proposers``."""

from willakuy.reading.proposers.interface import GROUP, Proposer, known_proposers, proposer

__all__ = ["Proposer", "proposer", "known_proposers", "GROUP"]
