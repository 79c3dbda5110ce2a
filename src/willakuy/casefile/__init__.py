"""The case file: one case on disk, its append-only ledger, and projections that answer questions fast."""

from willakuy.casefile.case import Case, Clock, utc_now
from willakuy.casefile.codec import fields_of, read_as, slim, value_of
from willakuy.casefile.settings import Settings, read_settings

__all__ = [
    "Case",
    "Clock",
    "Settings",
    "fields_of",
    "read_as",
    "read_settings",
    "slim",
    "utc_now",
    "value_of",
]
