"""Bytes of a document to its text layer: plain text, HTML, PDF, DOCX, WebVTT and SRT."""

from willakuy.reading.documents.opening import LARGEST_BYTES, LONGEST_TEXT, text_layer

__all__ = ["text_layer", "LARGEST_BYTES", "LONGEST_TEXT"]
