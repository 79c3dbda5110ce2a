"""Numbers of people as sources print them: figures and words, with the bound that was said."""

from willakuy.statements.numbers_read import find_quantities, parse_quantity
from willakuy.statements.numbers_value import ABOUT_PERCENT, VAGUE_WORDS, Bound, Quantity, figure

__all__ = ["Quantity", "Bound", "parse_quantity", "find_quantities", "figure", "ABOUT_PERCENT", "VAGUE_WORDS"]
