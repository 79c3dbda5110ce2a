"""Documented counts by scope and day, claims compared, persons' profiles, and who is independent of whom.

Everything is computed from a ``Corpus`` and holds nothing of its own. Method: docs/method/counting.md,
comparison.md, independence.md, grades.md.
"""

from willakuy.figures.comparison import compare
from willakuy.figures.copying import copy_signs
from willakuy.figures.counting import change_days, count, series
from willakuy.figures.findings import findings
from willakuy.figures.grades import define_grade, grade
from willakuy.figures.independence import families, n_independent
from willakuy.figures.profile import profile, profiles
from willakuy.figures.saying import say_comparison, say_difference, say_field, say_finding, say_reason
from willakuy.figures.values import (
    Comparison,
    CopySign,
    Difference,
    Family,
    FieldProfile,
    Figure,
    Finding,
    FindingKind,
    GroupStanding,
    PersonStanding,
    Point,
    Profile,
    Reason,
    Relation,
    Standing,
    ValueSaid,
)

__all__ = [
    "count",
    "series",
    "change_days",
    "Figure",
    "Point",
    "PersonStanding",
    "GroupStanding",
    "Standing",
    "Reason",
    "say_reason",
    "profile",
    "profiles",
    "Profile",
    "FieldProfile",
    "ValueSaid",
    "say_field",
    "grade",
    "define_grade",
    "compare",
    "say_comparison",
    "say_difference",
    "Comparison",
    "Difference",
    "Relation",
    "findings",
    "say_finding",
    "Finding",
    "FindingKind",
    "families",
    "n_independent",
    "Family",
    "copy_signs",
    "CopySign",
]
