"""Whether what is published of people who are not shown points to few enough of them to point to one.

A person who is not shown stands in the figures by a number that leads nowhere. Yet whoever reads all of a release can join what it
says under that number: which scopes count this person, and from which day on. People with the same joint line are one
class; in a class of fewer than k, somebody who knows a little of a person may learn the rest (k-anonymity: Sweeney 2002,
Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 557-570).

What this does not see: what earlier releases said, what other publications say, and what words of unnamed groups tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from willakuy.errors import ProblemFound
from willakuy.i18n import N_
from willakuy.publication.frozen import WITHHELD, PublicRecord
from willakuy.publication.masking import harm_of, is_group
from willakuy.statements.statement import VictimRecord


class CellsTooSmall(ProblemFound):
    code = "W423"
    what = N_(
        "{n} people who are not shown stand in classes of fewer than {k}, {groups} unnamed groups of living people are smaller than {k}."
    )
    next = N_(
        "Nothing was published. Widen the scopes or withhold the groups; or set least_cell lower, or refuse_small_cells = false, in case.toml."
    )


@dataclass(frozen=True, slots=True)
class SmallCells:
    """``n_people`` not shown who stand in a class of fewer than ``k``; ``n_groups`` unnamed groups of living people below ``k``.

    ``smallest`` is the size of the smallest class, ``n_classes`` how many there are; both 0 when nobody is hidden.
    """

    k: int
    n_people: int
    n_groups: int
    smallest: int
    n_classes: int

    @property
    def is_small(self) -> bool:
        return bool(self.n_people or self.n_groups)


def small_cells(record: PublicRecord, k: int) -> SmallCells:
    """The classes of the people who are not shown, by everything the figures of ``record`` say of each."""
    lines: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for scope_id, figures in record.answers.series.items():
        before: dict[str, str] = {}
        for figure in figures:
            for p in figure.persons:
                told = f"{p.standing.value} {p.reason.value if p.reason else ''} {p.criterion or ''}"
                if p.person_id.startswith(WITHHELD) and before.get(p.person_id) != told:
                    before[p.person_id] = told
                    lines[p.person_id].append((scope_id, str(figure.as_of), told))
    classes = Counter(tuple(line) for line in lines.values())
    n_people = sum(n for n in classes.values() if n < k)
    return SmallCells(k, n_people, _small_groups(record, k), min(classes.values(), default=0), len(classes))


def _small_groups(record: PublicRecord, k: int) -> int:
    """Published rows of a few people, none of them named, whom nobody says were killed."""
    return sum(
        isinstance(s.content, VictimRecord)
        and is_group(s.content)
        and s.content.count.hi is not None
        and s.content.count.hi < k
        and harm_of(record.corpus, s) != "killed"
        for s in record.corpus.statements
    )
