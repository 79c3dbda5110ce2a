"""What a list says of all its rows at once (``harm=killed``): checked before it is kept, for it speaks where a row is silent."""

from __future__ import annotations

from collections.abc import Iterable

from willakuy.errors import UsageError
from willakuy.i18n import N_
from willakuy.statements.dates import DateOrder, PartialDate
from willakuy.statements.places import Place
from willakuy.statements.vocabularies import vocabulary

CONSTANTS = ("harm", "role", "circumstance", "place", "happened", "date_order")


class NotSaidOfLists(UsageError):
    code = "W148"
    what = N_("{name}={value}: “{name}” is nothing that a whole list says.")
    next = N_("Nothing was recorded. What can be said of every row: {known}.")


class ConstantNotRead(UsageError):
    code = "W149"
    what = N_("{name}={value}: “{value}” is not known as a value of “{name}”.")
    next = N_("Nothing was recorded. Say one of: {known}.")


def check_constants(constants: Iterable[tuple[str, str]]) -> None:
    """Raises ``NotSaidOfLists``, ``ConstantNotRead``, ``PlaceCodeNotValid``, ``DateNotEdtf``."""
    for name, value in constants:
        match name:
            case "harm" | "role" | "circumstance":
                said, known = {part.strip() for part in value.split(",")}, [t.code for t in vocabulary(name).terms]
            case "date_order":
                said, known = {value}, list(DateOrder)
            case "place":
                Place(value)
                continue
            case "happened":
                PartialDate(value)
                continue
            case _:
                raise NotSaidOfLists(name=name, value=value, known=", ".join(CONSTANTS))
        if not said <= set(known):
            raise ConstantNotRead(name=name, value=value, known=", ".join(known))
