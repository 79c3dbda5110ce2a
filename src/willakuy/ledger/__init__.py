"""The ledger: what was said and what was decided, append-only, provable, never revealed by accident.

Imports nothing of ours. Storage is elsewhere (``casefile``); here are the values and the mathematics.
"""

from willakuy.ledger.canonical import Json, NotCanonical, canonical
from willakuy.ledger.entries import (
    SEALED_MARK,
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
from willakuy.ledger.logproofs import LogProof
from willakuy.ledger.notes import (
    Checkpoint,
    CosigningKey,
    Note,
    NoteNotValid,
    Signature,
    SignatureKind,
    SigningKey,
    Verifier,
    open_checkpoint,
    open_note,
    sign,
)
from willakuy.ledger.policies import Judged, Policy, PolicyNotRead, parse_policy
from willakuy.ledger.tiles import GrowingTree, TiledTree, bundle_of, root_of_tiles, tile_path, tiles_of, tree_over
from willakuy.ledger.tree import (
    EMPTY_ROOT,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    node_hash,
    root_from_inclusion,
    root_of,
)

__all__ = [
    "EMPTY_ROOT",
    "SEALED_MARK",
    "Checkpoint",
    "CosigningKey",
    "Entropy",
    "Entry",
    "GrowingTree",
    "Json",
    "Judged",
    "LogProof",
    "Logged",
    "NotCanonical",
    "Note",
    "NoteNotValid",
    "Policy",
    "PolicyNotRead",
    "Signature",
    "SignatureKind",
    "SigningKey",
    "TiledTree",
    "Verifier",
    "bundle_of",
    "canonical",
    "checkpoint_of",
    "commitment",
    "commitment_of",
    "disclosed",
    "erased",
    "field_commitment",
    "fold_order",
    "inclusion_proof",
    "is_consistent",
    "leaf_hash",
    "leaf_of_sealed",
    "make_entry",
    "node_hash",
    "open_checkpoint",
    "open_note",
    "parse_policy",
    "root_from_inclusion",
    "root_of",
    "root_of_tiles",
    "sealed_leaf",
    "sign",
    "tile_path",
    "tiles_of",
    "tree_over",
]
