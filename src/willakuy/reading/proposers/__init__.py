"""Programs that propose statements, found by entry points of the group ``willakuy.proposers``."""

from willakuy.reading.proposers.interface import GROUP, Offer, Proposer, known_proposers, offers, proposer

__all__ = ["Proposer", "Offer", "offers", "proposer", "known_proposers", "GROUP"]
