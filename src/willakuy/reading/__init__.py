"""From documents to proposed statements: who says what about whom, exactly where.

``text_layer`` opens a document, ``propose`` reads it, ``to_json`` and ``to_statements`` hand the reading on. Nothing here
records anything; a proposal counts for nothing until a person accepts it.
"""

from willakuy.reading.as_json import to_json
from willakuy.reading.as_statements import to_statements
from willakuy.reading.documents import text_layer
from willakuy.reading.grounding import Grounds, ground
from willakuy.reading.languages import language_in, language_of
from willakuy.reading.layers import Block, Cell, Page, PrintedTable, TextLayer
from willakuy.reading.printed_lists import rows_in_tables
from willakuy.reading.proposers import Offer, Proposer, known_proposers, offers, proposer
from willakuy.reading.proposers.running import Failure, SideBySide, read_with
from willakuy.reading.reading import propose
from willakuy.reading.values import (
    DateFound,
    DemandFound,
    FigureFound,
    PerpetratorFound,
    PlaceFound,
    Proposed,
    ProposerIdentity,
    Reading,
    Refused,
    VictimFound,
    Voice,
)

__all__ = [
    "text_layer", "TextLayer", "Page", "Block", "Cell", "PrintedTable",
    "propose", "read_with", "SideBySide", "Failure", "Proposer", "Offer", "offers", "proposer", "known_proposers", "ProposerIdentity",
    "Reading", "Proposed", "Voice", "FigureFound", "VictimFound", "PerpetratorFound", "DemandFound", "DateFound", "PlaceFound",
    "Grounds", "ground", "Refused",
    "to_json", "to_statements", "rows_in_tables",
    "language_of", "language_in",
]  # fmt: skip
