"""Accuracy, calibration, time and memory of linkage on lists with known truth, peers in the same run.

    ./run bench linkage [--sets NAME …] [--peers splink splink_tuned recordlinkage dedupe | --peers none] [--out DIR]

Our own linker runs as a user runs it: ``willakuy link LISTS --out DIR``, one configuration, no label, no truth. Each
peer is clustered in three ways: connected components and greedy one-to-one at a fixed 0.9, and whichever of the two
is best at the threshold with the highest F1 *found with the truth* ("best"), which no user has.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linkage_score import Pair, brier, calibration, curve_svg, off_by, score, true_pairs
from linkage_sets import CASUALTY, GENERAL, LinkageSet, load

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("WILLAKUY_BENCH", Path.home() / ".cache" / "willakuy-bench"))
PEERS = ("splink", "splink_tuned", "recordlinkage", "dedupe")
_NEEDED = ("splink>=5,<6", "recordlinkage", "dedupe", "BTrees<6", "pandas<3")
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(slots=True)
class Answer:
    """What one tool said of one set: ``p_of`` each pair at 0.01 or more; ``clusterings`` by the name of the way."""

    tool: str
    p_of: dict[Pair, float]
    clusterings: dict[str, dict[str, str]]
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    n_candidates: int = 0
    figures: list[dict[str, Any]] = field(default_factory=list)


def ours(the_set: LinkageSet, out: Path) -> Answer:
    command = [
        str(Path(sys.executable).with_name("willakuy")),
        "link",
        *map(str, the_set.lists.values()),
        "--out",
        str(out),
    ]
    cpu_s, peak_mb = _measured(command)
    persons = {r["rec_id"]: r["person_id"] for r in _rows(out / "persons.csv")}
    p_of = {frozenset((r["rec_l"], r["rec_r"])): float(r["p_same"]) for r in _rows(out / "pairs.csv")}
    n_candidates = json.loads((out / "run.json").read_text())["candidate_pairs"]
    return Answer("willakuy", p_of, {"as given": persons}, cpu_s, peak_mb, n_candidates)


def peer(name: str, the_set: LinkageSet, out: Path, truth: set[Pair], limits: tuple[int, int] = (0, 0)) -> Answer:
    answers = out / "truth.json"
    if name == "dedupe":
        answers.write_text(json.dumps(dict(the_set.person_of)))
    command = [str(_peers_python()), str(HERE / "linkage_peers.py"), name, the_set.name, str(out)]
    cpu_s, peak_mb = _measured(
        [*command, *map(str, the_set.lists.values())], {"TRUTH": str(answers), "LIMITS": " ".join(map(str, limits))}
    )
    p_of: dict[Pair, float] = {}
    for row in _rows(out / "pairs.csv"):
        pair = frozenset((row["rec_l"], row["rec_r"]))
        p_of[pair] = max(p_of.get(pair, 0.0), float(row["p"]))
    list_of = {r["rec_id"]: name for name, path in the_set.lists.items() for r in _rows(path)}
    ways = {"components": components, "one to one": one_to_one}
    clusterings = {f"{way} at 0.9": cluster(p_of, 0.9, list_of) for way, cluster in ways.items()}
    tried = [(way, at, cluster(p_of, at, list_of)) for way, cluster in ways.items() for at in THRESHOLDS]
    best = max(tried, key=lambda t: score(t[2], the_set.person_of, the_set.uncertain, truth).f1)
    clusterings[f"best: {best[0]} at {best[1]}"] = best[2]
    return Answer(name, p_of, clusterings, cpu_s, peak_mb)


def components(p_of: Mapping[Pair, float], at: float, list_of: Mapping[str, str]) -> dict[str, str]:
    return _joined(p_of, at, {})


def one_to_one(p_of: Mapping[Pair, float], at: float, list_of: Mapping[str, str]) -> dict[str, str]:
    """The surest pairs first; a cluster holds one record of each list. With a single list: components."""
    return _joined(p_of, at, list_of if len(set(list_of.values())) > 1 else {})


def _joined(p_of: Mapping[Pair, float], at: float, list_of: Mapping[str, str]) -> dict[str, str]:
    cluster: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    lists: dict[str, set[str]] = {}
    for pair, p in sorted(p_of.items(), key=lambda item: (-item[1], sorted(item[0]))):
        if p < at or len(pair) < 2:
            continue
        for record in pair:
            if record not in cluster:
                cluster[record] = record
                members[record] = {record}
                lists[record] = {list_of[record]} if list_of else set()
        a, b = (cluster[r] for r in sorted(pair))
        if a == b or lists[a] & lists[b]:
            continue
        members[a] |= members.pop(b)
        lists[a] |= lists.pop(b)
        cluster.update(dict.fromkeys(members[a], a))
    return cluster


def run(name: str, peers: Sequence[str], work: Path, limits: tuple[int, int] = (0, 0)) -> list[Answer] | None:
    the_set = load(name, work / name)
    if the_set is None:
        print(f"{name}: its data are not on this machine; skipped", file=sys.stderr)
        return None
    truth = true_pairs(the_set.person_of, the_set.uncertain)
    answers = []
    for tool in ("willakuy", *peers):
        out = work / f"{name}-{tool}"
        out.mkdir(parents=True, exist_ok=True)
        try:
            answers.append(ours(the_set, out) if tool == "willakuy" else peer(tool, the_set, out, truth, limits))
        except subprocess.CalledProcessError as e:
            print(f"{name}: {tool} stopped with an error; left out\n{e.stderr[-800:]}", file=sys.stderr)
    known = set(the_set.person_of)
    for answer in answers:
        answer.p_of = {q: p for q, p in answer.p_of.items() if q <= known and q not in the_set.uncertain}
    everything = truth.union(*(a.p_of for a in answers))
    for answer in answers:
        rows = calibration(answer.p_of, truth)
        own = brier(answer.p_of, truth, truth | answer.p_of.keys())
        for way, found in answer.clusterings.items():
            told = score(found, the_set.person_of, the_set.uncertain, truth).as_dict()
            answer.figures.append(
                {"set": name, "tool": answer.tool, "clustering": way}
                | told
                | {
                    "brier": round(brier(answer.p_of, truth, everything), 5),
                    "brier_own_pairs": round(own, 5),
                    # over every pair that was compared; not known of the peers, which write only the likely ones
                    "brier_candidates": round(own * len(truth | answer.p_of.keys()) / answer.n_candidates, 6)
                    if answer.n_candidates
                    else None,
                    "calibration_error": round(off_by(rows), 4),
                    "cpu_s": round(answer.cpu_s, 1),
                    "peak_mb": round(answer.peak_mb),
                }
            )
    return answers


def _measured(command: Sequence[str], env: Mapping[str, str] | None = None) -> tuple[float, float]:
    """CPU seconds and peak resident MB of one process, run with one thread."""

    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, **one, **(env or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, stderr=said.read())
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def _peers_python() -> Path:
    """The environment of the peers, made the first time it is asked for."""
    home = HOME / "linkage-peers"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        print(f"installing {', '.join(_NEEDED)} into {home} (once)", file=sys.stderr)
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *_NEEDED], check=True)
        (home / "ready").touch()
    return python


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def table(figures: Sequence[Mapping[str, Any]]) -> str:
    """One line for each set, tool and clustering, as Markdown."""
    head = "| set | tool | clustering | P | R | F1 | B³ F1 | exact | Brier | (own pairs) | calibration | CPU s | MB |"
    lines = [head, "|" + "---|" * 13]
    for f in figures:
        lines.append(
            f"| {f['set']} | {f['tool']} | {f['clustering']} | {f['precision']:.3f} | {f['recall']:.3f} | {f['f1']:.4f} "
            f"| {f['b3_f1']:.4f} | {f['exact']:.3f} | {f['brier']:.4f} | {f['brier_own_pairs']:.4f} "
            f"| {f['calibration_error']:.3f} | {f['cpu_s']} | {f['peak_mb']} |"
        )
    return "\n".join(lines)


def ratios(figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Ours beside each peer on each set: Brier, CPU time and memory as ratios (below 1 is better), F1 as a difference."""
    out = []
    mine = {f["set"]: f for f in figures if f["tool"] == "willakuy"}
    for f in figures:
        if f["tool"] != "willakuy" and f["set"] in mine:
            own = mine[f["set"]]
            out.append(
                {
                    "set": f["set"],
                    "peer": f["tool"],
                    "clustering": f["clustering"],
                    "f1_more": round(own["f1"] - f["f1"], 5),
                }
                | {k: round(own[k] / max(f[k], 1e-9), 3) for k in ("brier", "cpu_s", "peak_mb")}
            )
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=[*CASUALTY, *GENERAL], choices=[*CASUALTY, *GENERAL])
    parser.add_argument("--peers", nargs="+", default=["splink", "recordlinkage"], choices=[*PEERS, "none"])
    parser.add_argument("--out", type=Path, help="folder for linkage.json and one calibration picture a set")
    parser.add_argument("--peer-cpu-s", type=int, default=0, help="stop a peer after so many CPU seconds on one set")
    parser.add_argument("--peer-gb", type=int, default=0, help="refuse a peer more memory than this")
    chosen = parser.parse_args()
    peers = [p for p in chosen.peers if p != "none"]
    figures: list[dict[str, Any]] = []
    curves: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as work:
        for name in chosen.sets:
            answers = run(name, peers, Path(work), (chosen.peer_cpu_s, chosen.peer_gb))
            if answers is None:
                continue
            figures += [f for a in answers for f in a.figures]
            truth = _truth_again(name, Path(work))
            curves[name] = {a.tool: calibration(a.p_of, truth) for a in answers}
            print(table([f for a in answers for f in a.figures]), flush=True)
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
        told = {"figures": figures, "ratios": ratios(figures), "calibration": curves}
        (chosen.out / "linkage.json").write_text(json.dumps(told, indent=1) + "\n")
        for name, rows in curves.items():
            (chosen.out / f"linkage-{name}.svg").write_text(curve_svg(rows, f"{name}: calibration"))
    for r in ratios(figures):
        print(
            f"{r['set']}: beside {r['peer']} ({r['clustering']}) F1 {r['f1_more']:+.4f}, Brier ×{r['brier']}, "
            f"CPU ×{r['cpu_s']}, memory ×{r['peak_mb']}"
        )
    return 0


def _truth_again(name: str, work: Path) -> set[Pair]:
    the_set = load(name, work / name)
    return true_pairs(the_set.person_of, the_set.uncertain) if the_set else set()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    raise SystemExit(main())
