"""Anchors: what the world outside can say about when this case held what it holds. Optional, explicit, never needed."""

from willakuy.casefile.anchors.anchoring import (
    Anchor,
    NotAnAnchor,
    anchors,
    check_anchor,
    head_to_anchor,
    keep_anchor,
    keep_printed,
    time_stamp_request,
    trusted_in,
)
from willakuy.casefile.anchors.ots import OtsNotRead, OtsProof, read_ots
from willakuy.casefile.anchors.rfc3161 import Token, TokenNotValid, read_token, request_for

__all__ = [
    "Anchor",
    "NotAnAnchor",
    "OtsNotRead",
    "OtsProof",
    "Token",
    "TokenNotValid",
    "anchors",
    "check_anchor",
    "head_to_anchor",
    "keep_anchor",
    "keep_printed",
    "read_ots",
    "read_token",
    "request_for",
    "time_stamp_request",
    "trusted_in",
]
