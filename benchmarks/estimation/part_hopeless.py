"""The eleven inputs on which every R package prints a number or a riddle, and stratum variants: all must be refused."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from common import Row

from willakuy.cli.estimate import command

CASES = {
    "two lists, no overlap": "A,B,count\n1,0,120\n0,1,80\n",
    "two lists, overlap 30": "A,B,count\n1,0,90\n0,1,50\n1,1,30\n",
    "one list": "A,count\n1,100\n",
    "three disjoint lists": "A,B,C,count\n1,0,0,100\n0,1,0,80\n0,0,1,60\n",
    "B nested in A": "A,B,C,count\n1,0,0,150\n1,1,0,40\n0,0,1,60\n1,0,1,20\n1,1,1,10\n",
    "overlap of one record": "A,B,C,count\n1,0,0,399\n0,1,0,299\n0,0,1,199\n1,1,1,1\n",
    "everybody in all three": "A,B,C,count\n1,1,1,100\n",
    "A contains everybody": "A,B,C,count\n1,0,0,60\n1,1,0,20\n1,0,1,20\n1,1,1,10\n",
    "one record": "A,B,C,count\n1,1,0,1\n",
    "a negative count": "A,B,C,count\n1,0,0,40\n0,1,0,-3\n1,1,0,10\n0,1,1,9\n0,0,1,30\n",
    "NA in a list column": "A,B,C,count\n1,0,0,40\n0,1,NA,3\n1,1,0,10\n0,1,1,9\n0,0,1,30\n",
}
METHODS = ("latent", "graphs", "loglinear", "lower-bound")


def run(asked: Any) -> Iterator[Row]:
    for case, text in CASES.items():
        told = [_told(text, method) for method in METHODS]
        refused = all(code == 1 and "refused" in t and _names_a_list(t) for code, t in told)
        words = told[0][1].get("refused", {}).get("reasons", [{"what": "no refusal"}])[0]["what"]
        yield Row("hopeless", case, words[:90], "", "refused, naming lists", refused)
        code, strata = _told(_as_stratum(text), "graphs", "--strata", "place")
        own = strata if isinstance(strata, dict) else next(s for s in strata if s.get("stratum") == "p")
        yield Row("hopeless", f"  as a single stratum: {case}", "refused" if "refused" in own else "not refused", "",
                  "refused, exit 1", "refused" in own and code == 1)  # fmt: skip


def _told(text: str, method: str, *more: str) -> tuple[int, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(text, encoding="utf-8")
        from willakuy.errors import WillakuyError

        arguments = [str(path), "--json", "--seed", "1", "--method", method, *more]
        try:
            done = CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=False)
        except WillakuyError as error:
            return error.exit_code, error.as_json()
        return done.return_value, json.loads(done.output)


def _names_a_list(told: dict[str, Any]) -> bool:
    return all(any(name in r["what"] for name in "ABC") for r in told["refused"]["reasons"])


def _as_stratum(text: str) -> str:
    head, *rows = text.strip().split("\n")
    return "\n".join([f"place,{head}", *(f"p,{row}" for row in rows)]) + "\n"
