"""The trained reader on PolNeAR: trained on its training texts, measured on its development texts, beside the rules.

    ./run bench reading_crf [--documents 840] [--model FILE] [--curve]

The data are measured with only and never shipped, nor is the model. **The figures on the development texts are partly tuned on**: which pieces are joined and
which are dropped was chosen while looking at their scores. What is reached on texts nobody looked at is likely to be a point or two lower.
``--curve`` trains on 5, 10, 20, 40 and 80 documents too: what a user with few coded statements can expect.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from willakuy.reading import propose, text_layer
from willakuy.reading.crf import Annotated, AttributionModel, Said, Score, annotated_in, fit, score
from willakuy.reading.discourse import discourse
from willakuy.reading.proposers.crf import CrfProposer

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "extraction"
REACH = {"all": 68.0, "direct": 87.0}
AIM = {"all": 72.0, "direct": 90.0}


def measured(
    model: AttributionModel | None, texts: Sequence[Annotated]
) -> tuple[dict[str, Score], dict[str, Score], float]:
    """Over all texts, by text, and documents a second of one core; with the rules where there is no model."""
    total: dict[str, Score] = {}
    by_text: dict[str, Score] = {}
    began = time.process_time()
    found = [list(_found(model, e.text)) for e in texts]
    speed = len(texts) / (time.process_time() - began)
    for e, said in zip(texts, found, strict=True):
        for name, direct in (("all", False), ("direct", True)):
            s = score(e.text, e.said, said, is_direct_only=direct)
            total[name] = total.get(name, Score()) + s
            if name == "all":
                by_text[e.name] = s
    return total, by_text, speed


def _found(model: AttributionModel | None, text: str) -> list[Said]:
    d = discourse(text_layer(text.encode(), "text.txt"))
    if model is not None:
        return [said for said, _ in model.attributions(d)]
    return [Said(u.attribution.frame, (u.attribution.source,) if u.attribution.source else ()) for u in d.utterances]


def line(label: str, total: dict[str, Score], speed: float) -> str:
    parts = [f"{label:34}"]
    parts += [f"{name} P {100 * s.precision:.1f} R {100 * s.recall:.1f} F {100 * s.f:.1f}" for name, s in total.items()]
    return "   ".join([*parts, f"{speed:.0f} documents/s"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=840)
    parser.add_argument("--model", type=Path, help="keep the model here, or use the one that is there")
    parser.add_argument("--curve", action="store_true")
    args = parser.parse_args()
    if not (DATA / "polnear_train.jsonl").is_file():
        print(f"skipped: {DATA} is not there")
        return 0
    train, dev = annotated_in(DATA / "polnear_train.jsonl"), annotated_in(DATA / "polnear_dev.jsonl")
    print(line("rules", *(measured(None, dev)[i] for i in (0, 2))), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        sizes = [5, 10, 20, 40, 80] if args.curve else []
        for n in [*sizes, args.documents]:
            path = args.model if args.model and n == args.documents else Path(folder) / f"{n}.crf"
            began = time.process_time()
            if not path.is_file():
                fit(train[:n], path)
            spent = time.process_time() - began
            model = AttributionModel.load(path)
            total, by_text, speed = measured(model, dev)
            print(
                line(f"trained on {n} texts ({model.card.n_statements} said), {spent:.0f} s", total, speed), flush=True
            )
    print(
        "reach: "
        + ", ".join(f"{k} {v}" for k, v in REACH.items())
        + "; aim: "
        + ", ".join(f"{k} {v}" for k, v in AIM.items())
    )
    worst = sorted(by_text.items(), key=lambda pair: pair[1].f)[:10]
    print("worst documents: " + ", ".join(f"{name} {100 * s.f:.0f}" for name, s in worst))
    whole = [propose(text_layer(e.text.encode(), "text.txt"), by=CrfProposer(model)) for e in dev[:10]]
    print(
        f"as proposals: {sum(len(r.statements) for r in whole)} in 10 texts, {sum(len(r.refused) for r in whole)} refused by grounding"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
