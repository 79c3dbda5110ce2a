"""Dates as sources print them and as they are kept: partial, in EDTF, with the words beside the reading."""

from willakuy.statements.dates_edtf import DatePrecision, PartialDate, day_of, month_of, span_of
from willakuy.statements.dates_find import find_dates
from willakuy.statements.dates_parse import DateOrder, DateSaid, column_order, parse_date

__all__ = [
    "PartialDate",
    "DatePrecision",
    "DateSaid",
    "DateOrder",
    "parse_date",
    "column_order",
    "find_dates",
    "day_of",
    "month_of",
    "span_of",
]
