"""Bytes of a document to its text layer: plain text, HTML, PDF, DOCX, WebVTT and SRT."""

from willakuy.reading.documents.opening import text_layer
from willakuy.reading.documents.quotas import LARGEST_BYTES, LONGEST_TEXT

__all__ = ["text_layer", "LARGEST_BYTES", "LONGEST_TEXT"]
