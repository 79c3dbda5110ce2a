"""The desk: review in a browser. The only room that knows Django.

It records nothing of its own: every decision is a judgement in the case's ledger, made by the same calls as the
commands. Sessions live in a file beside the case, never in it.
"""

from willakuy.desk.serving import Desk, serve

__all__ = ["Desk", "serve"]
