"""Checking the release from its own page: what a browser can do of ``verify.py``, and how to do all of it without."""

from __future__ import annotations

from collections.abc import Iterator

from willakuy.i18n import N_
from willakuy.publication import verify
from willakuy.publication.site import Page, Site

DOES = (
    N_("that every file has the size and the SHA-256 of the manifest;"),
    N_("of a folder on your machine, that no file was added;"),
    N_("that the entries of each log give its tiles and the root in its head;"),
    N_("that each head and the seal are signed (Ed25519) by the key in ledger/policy;"),
    N_("that the seal is of this manifest and this ledger."),
)
DOES_NOT = (
    N_("that every published value and row is what the ledger committed to;"),
    N_("that persons, independent sources and figures follow from the rows;"),
    N_("the cosignatures of others, and a policy of your own."),
)
WORDS = {
    "busy": N_("Checking…"),
    "whole": N_("Whole, as far as a page can tell."),
    "partly": N_("Nothing is wrong in what was checked, but not all of it could be checked here:"),
    "damaged": N_("This is not the release as it was published. Problems: {0}"),
    "more": N_("and {0} more"),
    "files": N_("Files with the size and hash that the manifest names: {0}"),
    "none_added": N_("No file that the manifest does not name."),
    "added_unseen": N_("Whether files were added: over a network a page cannot see that. Choose a copy of the folder."),
    "ledger": N_("Entries of the ledger that lead to the signed roots: {0}"),
    "signed": N_("Heads and seal are signed by the key below. Compare it with the one you were given elsewhere."),
    "no_ed25519": N_("Signatures: this browser has no Ed25519. verify.py checks them without a browser."),
    "quorum": N_("The cosignatures that ledger/policy asks for: verify.py checks them."),
    "head_of_page": N_("{0}: not the head of the listed entries, signed by the key in ledger/policy"),
}
SHARED = ("missing", "added", "changed", "unreadable", "tile", "seal")
"""What the page says in the words of ``verify.py``."""


def pages(site: Site) -> Iterator[Page]:
    spoken = 1 if site.lang == "es" else 0
    context = {
        "does": [site.text(line) for line in DOES],
        "does_not": [site.text(line) for line in DOES_NOT],
        "words": [
            *((kind, site.text(said)) for kind, said in WORDS.items()),
            *((kind, verify.SAYS[kind][spoken]) for kind in SHARED),
        ],
        "vkey": site.edition.vkey,
    }
    yield Page("check.html", "check", "data", site.text(N_("Check this release")), context)
