"""Column names that mean two things are settled by what stands under them."""

from __future__ import annotations

from pathlib import Path

from willakuy.reading.tables import open_table, recognise_columns


def fields(tmp_path: Path, text: str) -> dict[str, str | None]:
    path = tmp_path / "lista.csv"
    path.write_text(text, encoding="utf-8")
    return {c.column: c.field for c in recognise_columns(open_table(path)).columns}


def test_a_column_named_estado_is_what_became_of_people_when_its_cells_say_so(tmp_path: Path) -> None:
    found = fields(tmp_path, "Nombre,Estado\nRosa Quispe,Fallecida\nJuan Mamani,Herido\nAna Flores,Fallecida\n")

    assert found["Estado"] == "harm"


def test_a_column_named_estado_is_a_place_when_its_cells_are_places(tmp_path: Path) -> None:
    found = fields(tmp_path, "Nombre,Estado\nRosa Quispe,Puno\nJuan Mamani,Cusco\nAna Flores,Puno\n")

    assert found["Estado"] == "department"
