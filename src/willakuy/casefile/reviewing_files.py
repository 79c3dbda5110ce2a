"""A sitting of review on plain lists, with no case: decisions go to ``judgements.csv`` beside what ``link`` wrote."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

from willakuy.casefile.pairview import PairView, Side, compared, spoken
from willakuy.casefile.reviewing import Asked, Sitting, Told
from willakuy.errors import UsageError
from willakuy.i18n import N_, gettext, ngettext
from willakuy.linkage import (
    JudgementsContradict,
    LinkResult,
    PairJudgement,
    Settings,
    Verdict,
    consequences,
    link_files,
)
from willakuy.linkage.files import read_judgements
from willakuy.statements.ids import StatementId

_MOST_NAMED = 6
COLUMNS = ("rec_l", "rec_r", "judgement", "by", "reason")


class NotLinkedHere(UsageError):
    code = "W617"
    what = N_("{folder}: no run of “willakuy link” has written here, or its lists are gone ({reason}).")
    next = N_("Nothing was recorded. Link the lists first:\n    willakuy link A.csv B.csv --out {folder}")


class FileSitting(Sitting):
    """Review of lists that ``willakuy link … --out FOLDER`` linked. They are linked again first, with what was judged so far."""

    def __init__(self, folder: Path, by: str) -> None:
        self.path = folder / "judgements.csv"
        self._result, self._judged = _linked_again(folder, self.path)
        self._record = {r.rec_id: r for r in self._result.records}
        self._score = {(p.rec_l, p.rec_r): p for p in self._result.pairs}
        super().__init__([Asked(r.rec_l, r.rec_r, r.change) for r in self._result.review], by)

    def is_settled(self, pair: Asked) -> bool:
        return any({j.rec_l, j.rec_r} == {pair.left, pair.right} for j in self._judged)

    def look(self, pair: Asked) -> PairView:
        a, b = self._record[pair.left], self._record[pair.right]
        columns = tuple(dict.fromkeys(c for r in (a, b) for c, _ in r.printed))
        one, other = dict(a.printed), dict(b.printed)
        score = self._score.get((pair.left, pair.right))
        return PairView(
            left=Side(StatementId(a.rec_id), a.where, None, "", ()),
            right=Side(StatementId(b.rec_id), b.where, None, "", ()),
            rows=compared(tuple((c, one.get(c, ""), other.get(c, "")) for c in columns)),
            p_same=score.p_same if score else None,
            evidence=spoken((e.comparison, e.level, e.bits) for e in score.evidence) if score else (),
            rule=None,
        )

    def foresee(self, pair: Asked, verdict: str) -> Told:
        new = PairJudgement(pair.left, pair.right, Verdict(verdict))
        try:
            follows = consequences(self._judged, new)
        except JudgementsContradict as e:
            return Told(is_refused=True, lines=(e.say_what(),))
        lines = []
        joined, apart = (
            [f"{a} {b}" for a, b, said in follows if said is of] for of in (Verdict.same, Verdict.different)
        )
        if joined:
            sentence = ngettext("It also joins {n} pair: {pairs}.", "It also joins {n} pairs: {pairs}.", len(joined))
            lines.append(sentence.format(n=len(joined), pairs=", ".join(joined[:_MOST_NAMED])))
        if apart:
            sentence = ngettext(
                "It also keeps {n} pair apart: {pairs}.", "It also keeps {n} pairs apart: {pairs}.", len(apart)
            )
            lines.append(sentence.format(n=len(apart), pairs=", ".join(apart[:_MOST_NAMED])))
        return Told(is_refused=False, lines=tuple(lines))

    def record(self, pair: Asked, verdict: str, reason: str) -> str:
        new = PairJudgement(pair.left, pair.right, Verdict(verdict), self.by, reason)
        self._judged.append(new)
        _write(self.path, self._judged)
        return gettext("row {n} of {file}").format(n=len(self._judged), file=self.path.name)

    def take_back(self, recorded: str, reason: str) -> None:
        self._judged.pop()
        _write(self.path, self._judged)


def _linked_again(folder: Path, path: Path) -> tuple[LinkResult, list[PairJudgement]]:
    """The lists named in ``run.json``, linked with its seed and samples and the judgements there are."""
    try:
        run = json.loads((folder / "run.json").read_text("utf-8"))
        files = [Path(found["file"]) for found in run["lists"]]
        samples, seed, id_column = int(run["settings"]["samples"]), int(run["seed"]), run.get("id_column")
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise NotLinkedHere(folder=folder, reason=str(e)) from e
    missing = [str(f) for f in files if not f.is_file()]
    if missing:
        raise NotLinkedHere(folder=folder, reason=", ".join(missing))
    linked = link_files(
        files,
        id_column=id_column,
        judgements=path if path.exists() else None,
        settings=Settings(samples=samples),
        seed=seed,
    )
    known = {r.rec_id for r in linked.result.records}
    return linked.result, read_judgements(path, known) if path.exists() else []


def _write(path: Path, judged: Sequence[PairJudgement]) -> None:
    """The whole file under another name, synced, then put in place: never half of it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((j.rec_l, j.rec_r, j.verdict.value, j.by, j.reason) for j in judged)
    half = path.with_name(path.name + ".new")
    with half.open("w", encoding="utf-8", newline="") as f:
        f.write(out.getvalue())
        f.flush()
        os.fsync(f.fileno())
    half.replace(path)
