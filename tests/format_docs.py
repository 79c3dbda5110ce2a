"""Write docs/format/schema from the domain types: ./run format"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from willakuy.casefile.json_schema import entry_schemas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "format" / "schema"


def schema_files() -> dict[str, str]:
    return {
        f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in entry_schemas().items()
    }


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in schema_files().items():
        (FOLDER / name).write_text(text, "utf-8")
    sys.stdout.write(f"{len(schema_files())} schemas in docs/format/schema\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
