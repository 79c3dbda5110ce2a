from __future__ import annotations

import willakuy.statements


def test_what_the_room_offers_is_listed_exactly():
    offered = {
        name for name, value in vars(willakuy.statements).items() if not name.startswith("_") and not _is_module(value)
    }

    assert set(willakuy.statements.__all__) == offered - {"annotations"}
    assert willakuy.statements.__all__ == sorted(willakuy.statements.__all__)


def _is_module(value: object) -> bool:
    return type(value).__name__ == "module"
