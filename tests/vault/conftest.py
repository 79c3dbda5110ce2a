from __future__ import annotations

from dataclasses import dataclass

import pytest

from willakuy.casefile import Case, Settings
from willakuy.casefile.custodians import add_custodian
from willakuy.vault import Identity, KeyPair, make_key, read_identity, write_key


@dataclass(frozen=True)
class Keys:
    """Three keys of invented custodians, and the files they are in."""

    pairs: dict[str, KeyPair]
    folder: object

    def identity(self, label: str) -> Identity:
        return read_identity(self.folder / f"{label}.key", lambda: "")


LABELS = ("condor", "vicuna", "papel")


@pytest.fixture(scope="session")
def keys(tmp_path_factory) -> Keys:
    folder = tmp_path_factory.mktemp("keys")
    pairs = {label: make_key() for label in (*LABELS, "stranger")}
    for label, pair in pairs.items():
        write_key(folder / f"{label}.key", pair)
    return Keys(pairs, folder)


@pytest.fixture
def empty_case(tmp_path, clock, entropy):
    with Case.create(tmp_path / "case", Settings(name="Invented"), clock=clock, entropy=entropy) as case:
        yield case


@pytest.fixture
def case(empty_case, keys):
    for label in LABELS:
        add_custodian(empty_case, label, keys.pairs[label].public, is_recovery=label == "papel")
    return empty_case
