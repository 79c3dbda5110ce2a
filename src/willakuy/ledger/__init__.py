"""The ledger: what was said and what was decided, append-only, provable, never revealed by accident.

Imports nothing of ours. Storage is elsewhere (``casefile``); here are the values and the mathematics.
"""

from willakuy.ledger.canonical import Json, NotCanonical, canonical
from willakuy.ledger.entries import (
    Entropy,
    Entry,
    commitment_of,
    erased,
    field_commitment,
    leaf_of_sealed,
    make_entry,
    sealed_leaf,
)
from willakuy.ledger.log import Logged, checkpoint_of, commitment, disclosed, fold_order
from willakuy.ledger.notes import Checkpoint, NoteNotValid, SigningKey, open_note, sign, vkey_of
from willakuy.ledger.tree import EMPTY_ROOT, inclusion_proof, leaf_hash, node_hash, root_from_inclusion, root_of

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "Entropy",
    "Entry",
    "Json",
    "Logged",
    "NotCanonical",
    "NoteNotValid",
    "SigningKey",
    "canonical",
    "checkpoint_of",
    "commitment",
    "commitment_of",
    "disclosed",
    "erased",
    "field_commitment",
    "fold_order",
    "inclusion_proof",
    "leaf_hash",
    "leaf_of_sealed",
    "make_entry",
    "node_hash",
    "open_note",
    "root_from_inclusion",
    "root_of",
    "sealed_leaf",
    "sign",
    "vkey_of",
]
