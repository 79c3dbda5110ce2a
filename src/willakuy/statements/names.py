"""Names as sources print them: kinds, parts, initials, and the mask for minors."""

from willakuy.statements.folding import fold
from willakuy.statements.names_initials import initials_compatible, initials_of, mask
from willakuy.statements.names_parts import name_parts
from willakuy.statements.names_recognise import may_name_nobody, recognise_name
from willakuy.statements.names_value import Name, NameKind, NameParts

__all__ = [
    "Name",
    "NameKind",
    "NameParts",
    "recognise_name",
    "may_name_nobody",
    "name_parts",
    "fold",
    "initials_of",
    "mask",
    "initials_compatible",
]
