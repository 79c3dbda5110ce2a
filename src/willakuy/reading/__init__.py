"""From documents to proposed statements."""

from willakuy.reading.documents import text_layer

__all__ = ["text_layer"]
