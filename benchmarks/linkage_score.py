"""How well a linkage agrees with the truth, and whether its probabilities mean what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations

Pair = frozenset[str]
BINS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Score:
    """Pairwise and B-cubed figures of one clustering; ``exact`` is the share of true persons found whole and alone."""

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    exact: float
    wrong: int
    missed: int

    def as_dict(self) -> dict[str, float]:
        return {k: round(v, 5) for k, v in asdict(self).items()}


def true_pairs(person_of: Mapping[str, str], uncertain: frozenset[Pair]) -> set[Pair]:
    return set(_pairs(person_of)) - uncertain


def score(
    found: Mapping[str, str], person_of: Mapping[str, str], uncertain: frozenset[Pair], truth: set[Pair]
) -> Score:
    """``found`` gives each record's cluster; records it does not mention stand alone. Pairs in ``uncertain`` are left out."""
    cluster = {r: found.get(r, f"alone {r}") for r in person_of}
    joined = set(_pairs(cluster)) - uncertain
    right = len(joined & truth)
    precision, recall = _share(right, len(joined)), _share(right, len(truth))
    b3_p, b3_r, exact = _b_cubed(cluster, person_of)
    return Score(
        precision, recall, _f1(precision, recall), b3_p, b3_r, _f1(b3_p, b3_r), exact,
        len(joined) - right, len(truth) - right,
    )  # fmt: skip


def brier(p_of: Mapping[Pair, float], truth: set[Pair], universe: Iterable[Pair]) -> float:
    """Mean squared error of the probabilities over ``universe``; a pair nobody gave a probability has 0."""
    errors = [(p_of.get(pair, 0.0) - (pair in truth)) ** 2 for pair in universe]
    return sum(errors) / max(len(errors), 1)


def calibration(p_of: Mapping[Pair, float], truth: set[Pair]) -> list[tuple[float, float, int, float, float]]:
    """Rows ``(from, to, pairs, mean probability, share that are one person)`` of the pairs given a probability."""
    inside: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for pair, p in p_of.items():
        at = next((i for i in range(len(BINS) - 1) if p < BINS[i + 1]), len(BINS) - 2)
        if p >= BINS[0]:
            inside[at].append((p, pair in truth))
    return [
        (BINS[i], BINS[i + 1], len(v), sum(p for p, _ in v) / len(v), sum(t for _, t in v) / len(v))
        for i, v in sorted(inside.items())
    ]


def off_by(rows: list[tuple[float, float, int, float, float]]) -> float:
    """Expected calibration error: how far probability and share are apart, weighted by pairs."""
    n = sum(r[2] for r in rows)
    return sum(r[2] * abs(r[3] - r[4]) for r in rows) / max(n, 1)


def curve_svg(curves: Mapping[str, list[tuple[float, float, int, float, float]]], title: str) -> str:
    """The calibration curves as one picture: probability said across, share that came true upwards."""
    colours = ("#005a9c", "#b03a00", "#5c7a00", "#7a2f8f", "#8a6d00", "#444444")
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 440" font-family="sans-serif" font-size="11">',
        f"<title>{title}</title>",
        '<rect x="50" y="30" width="340" height="340" fill="none" stroke="#888"/>',
        '<path d="M50 370L390 30" stroke="#bbb" stroke-dasharray="4 3"/>',
        f'<text x="50" y="20">{title}</text>',
        '<text x="150" y="400">probability said</text>',
        '<text x="14" y="260" transform="rotate(-90 14 260)">share that are one person</text>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<text x="{50 + 340 * tick - 8:.0f}" y="384">{tick}</text>')
        parts.append(f'<text x="26" y="{374 - 340 * tick:.0f}">{tick}</text>')
    for k, (name, rows) in enumerate(curves.items()):
        colour = colours[k % len(colours)]
        points = [(50 + 340 * r[3], 370 - 340 * r[4], r[2]) for r in rows]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.5 + min(n, 5000) ** 0.25 / 2:.1f}" fill="{colour}"/>'
            for x, y, n in points
        ]
        parts.append(f'<text x="60" y="{48 + 14 * k}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _pairs(group_of: Mapping[str, str]) -> Iterable[Pair]:
    for members in _members(group_of).values():
        yield from (frozenset(pair) for pair in combinations(members, 2))


def _members(group_of: Mapping[str, str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for record, group in group_of.items():
        groups[group].append(record)
    return groups


def _b_cubed(cluster: Mapping[str, str], person_of: Mapping[str, str]) -> tuple[float, float, float]:
    found = {c: set(m) for c, m in _members(cluster).items()}
    true = {p: set(m) for p, m in _members(person_of).items()}
    precision = recall = 0.0
    for record, person in person_of.items():
        both = len(found[cluster[record]] & true[person])
        precision += both / len(found[cluster[record]])
        recall += both / len(true[person])
    exact = sum(found[cluster[next(iter(m))]] == m for m in true.values())
    n = max(len(person_of), 1)
    return precision / n, recall / n, exact / max(len(true), 1)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0
