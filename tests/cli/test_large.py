"""A list of a size no one reads by eye; minutes rather than seconds."""

from __future__ import annotations

import pytest

from willakuy.casefile import Case


@pytest.mark.slow
def test_a_list_of_100_000_rows_is_imported_whole(willakuy, tmp_path):
    with (tmp_path / "lista.csv").open("w", encoding="utf-8") as f:
        f.write("Nombre,Edad,Lugar\n")
        f.writelines(f"Anacleto Ejemplo {i},{20 + i % 60},Juliaca\n" for i in range(100_000))
    willakuy("init", tmp_path / "case")

    said = willakuy(
        "import", tmp_path / "lista.csv", "--source", "X", "--set", "harm=killed", "--case", tmp_path / "case", "--json"
    )

    assert said.json["imported"][0]["new"] == 100_000
    with Case.open(tmp_path / "case") as case:
        assert case.check_ledger() >= 100_000
