"""Learning who says what from statements people coded, with figures measured on texts the model did not see.

Everything finished is kept beside the model while the work goes on, so that it can be stopped and taken up again.
Method: docs/method/reading-models.md, "Training".
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from willakuy.reading.crf.errors import TooFewExamples
from willakuy.reading.crf.examples import Annotated, Said, labels_of
from willakuy.reading.crf.features import FEATURES, paragraphs_of
from willakuy.reading.crf.grouping import grouped
from willakuy.reading.crf.model import Card, write_card
from willakuy.reading.crf.scoring import Score, score
from willakuy.reading.discourse import Discourse, discourse
from willakuy.reading.documents.plain import paragraphs
from willakuy.reading.layers import TextLayer
from willakuy.reading.tokens import fold, tokenise

FEWEST_STATEMENTS, FEWEST_DOCUMENTS = 300, 20
"""Below these a trained reader was no better than the rules in our measurements (benchmarks/reading_crf.py)."""

FOLDS, ITERATIONS = 5, 100
_PARAMETERS: dict[str, float | int | bool] = {
    "c1": 0.0,
    "c2": 1.0,
    "max_iterations": ITERATIONS,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}

Progress = Callable[[str, int], None]
"""Called with what is being done and how many steps of it were just finished."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    example: Annotated
    d: Discourse


def train(
    examples: Sequence[Annotated],
    out: Path,
    *,
    trained: str | None = None,
    folds: int = FOLDS,
    progress: Progress | None = None,
) -> Card:
    """Train on ``examples``, write the model to ``out`` and its card beside it; the card.

    The figures are those of ``folds``-fold cross-validation by document. Stopped work is taken up where it stood when the
    same is asked again; a finished model appears under its name only when it is whole.

    Args:
        trained: the day to put on the card, as given by a person; the clock is not asked.

    Raises:
        TooFewExamples: says how many more are needed; nothing was written.
    """
    check_enough(examples)
    say = progress or (lambda _what, _steps: None)
    digest = digest_of(examples)
    work = out.with_name(out.name + ".part")
    work.mkdir(parents=True, exist_ok=True)
    prepared = [_prepared(e) for e in examples if e.text.strip()]
    scores = _cross_validated(prepared, work, digest, folds, say)
    rate = cue_rates(examples)
    model = work / "model"
    _fit(prepared, rate, model, say)
    card = _card(examples, model, rate, scores, trained, folds)
    model.replace(out)
    write_card(out, card)
    shutil.rmtree(work)
    return card


def fit(examples: Sequence[Annotated], out: Path, *, progress: Progress | None = None) -> Card:
    """As ``train``, without measuring anything: for texts whose figures are measured elsewhere. The card has none."""
    say = progress or (lambda _what, _steps: None)
    rate = cue_rates(examples)
    out.parent.mkdir(parents=True, exist_ok=True)
    _fit([_prepared(e) for e in examples if e.text.strip()], rate, out, say)
    card = _card(examples, out, rate, {}, None, 0)
    write_card(out, card)
    return card


def check_enough(examples: Sequence[Annotated]) -> None:
    """Raises ``TooFewExamples``."""
    n = sum(len(e.said) for e in examples)
    if n < FEWEST_STATEMENTS or len(examples) < FEWEST_DOCUMENTS:
        raise TooFewExamples(
            n=n,
            documents=len(examples),
            needed=FEWEST_STATEMENTS,
            needed_documents=FEWEST_DOCUMENTS,
            missing=max(0, FEWEST_STATEMENTS - n),
        )


def digest_of(examples: Sequence[Annotated]) -> str:
    """SHA-256 over the texts and their marks; the order of the documents does not matter."""
    each = sorted(
        hashlib.sha256(
            json.dumps([e.text, [[s.content, s.source, s.cue] for s in e.said], e.unread]).encode()
        ).hexdigest()
        for e in examples
    )
    return hashlib.sha256("\n".join([FEATURES, *each]).encode()).hexdigest()


def cue_rates(examples: Sequence[Annotated]) -> dict[str, int]:
    """For each folded word that was a cue now and then, how often: 1 (over a tenth of its uses), 2 (a third), 3 (most)."""
    uses: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for e in examples:
        folded = fold(e.text)
        uses.update(t.fold for t in tokenise(e.text, folded, 0, len(e.text)))
        cues.update(t.fold for s in e.said for a, b in s.cue for t in tokenise(e.text, folded, a, b))
    rates = {w: cues[w] / (uses[w] + 2) for w in sorted(cues) if uses[w] >= 4 and w.isalpha()}
    return {w: 3 if r > 0.6 else 2 if r > 0.3 else 1 for w, r in rates.items() if r > 0.1}


def _card(
    examples: Sequence[Annotated],
    model: Path,
    rate: Mapping[str, int],
    scores: Mapping[str, Score],
    trained: str | None,
    folds: int,
) -> Card:
    return Card(
        model_sha256=hashlib.sha256(model.read_bytes()).hexdigest(),
        trained_on_sha256=digest_of(examples),
        n_documents=len(examples),
        n_statements=sum(len(e.said) for e in examples),
        trained=trained,
        parameters=json.dumps({**_PARAMETERS, "folds": folds}, sort_keys=True),
        figures={name: {"P": s.precision, "R": s.recall, "F": s.f} for name, s in scores.items()},
        cue_rate=rate,
    )


def _prepared(e: Annotated) -> _Prepared:
    sha256 = hashlib.sha256(e.text.encode()).hexdigest()
    layer = TextLayer(e.text, "text/plain", sha256, name=e.name, blocks=tuple(paragraphs(e.text)))
    return _Prepared(e, discourse(layer))


def _cross_validated(
    prepared: Sequence[_Prepared], work: Path, digest: str, folds: int, say: Progress
) -> dict[str, Score]:
    total: dict[str, Score] = {}
    for k in range(folds):
        kept = work / f"{digest[:16]}.{folds}.{k}.json"
        if kept.is_file():
            scores = {name: Score(*counts) for name, counts in json.loads(kept.read_text()).items()}
            say("fold", ITERATIONS)
        else:
            scores = _one_fold(prepared, k, folds, work / "fold", say)
            kept.write_text(json.dumps({name: (s.gold, s.found, s.matched) for name, s in scores.items()}))
        for name, s in scores.items():
            total[name] = total.get(name, Score()) + s
    return total


def _one_fold(prepared: Sequence[_Prepared], k: int, folds: int, model: Path, say: Progress) -> dict[str, Score]:
    import pycrfsuite

    seen = [p for i, p in enumerate(prepared) if i % folds != k]
    rate = cue_rates([p.example for p in seen])
    _fit(seen, rate, model, say)
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    total: dict[str, Score] = {}
    for p in (p for i, p in enumerate(prepared) if i % folds == k):
        found = [s for par in paragraphs_of(p.d, rate) for s in grouped(par.tokens, tagger.tag(par.seen))]
        by_rule = [
            Said(u.attribution.frame, (u.attribution.source,) if u.attribution.source else ())
            for u in discourse(p.d.layer).utterances
        ]
        for name, said in (("", found), ("rules ", by_rule)):
            said = [s for s in said if not _touches(p.example.unread, s.content)]
            for kind, direct in (("all", False), ("direct", True)):
                counted = score(p.example.text, p.example.said, said, is_direct_only=direct)
                total[name + kind] = total.get(name + kind, Score()) + counted
    return total


def _touches(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(a < y and x < b for a, b in spans for x, y in others)


def _fit(prepared: Sequence[_Prepared], rate: Mapping[str, int], out: Path, say: Progress) -> None:
    trainer = _trainer(say)
    for p in prepared:
        for par in paragraphs_of(p.d, rate):
            if _touches(p.example.unread, [(par.start, par.end)]):
                continue
            inside = [s for s in p.example.said if _touches([(par.start, par.end)], (*s.content, *s.source, *s.cue))]
            trainer.append(par.seen, labels_of(par.tokens, inside))
    trainer.set_params(_PARAMETERS)
    trainer.train(str(out))


def _trainer(say: Progress) -> Any:
    import pycrfsuite

    class Trainer(pycrfsuite.BaseTrainer):  # type: ignore[misc]
        """Tells of each iteration as it ends."""

        def message(self, message: str) -> None:
            if message.startswith("***** Iteration"):
                say("iteration", 1)

    return Trainer()
