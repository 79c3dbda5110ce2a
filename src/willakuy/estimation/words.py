"""What every answer must say beside its number, in sentences a journalist can print."""

from __future__ import annotations

import math

from willakuy.i18n import gettext


def caveat() -> str:
    """No table can check the assumption that makes the unseen countable (Link 2003; Aleshin-Guendel, Sadinle & Wakefield)."""
    return gettext(
        "Nobody counted the people this estimate adds: it supposes that those no list saw resemble, in the way each method "
        "states, those that some list saw. Two explanations can fit every name on the lists equally well and still give "
        "very different totals, and no table of lists can say which is right. If there are people no list could ever reach, "
        "they are not in this number."
    )


def assumptions_of(method: str) -> tuple[str, ...]:
    common = (
        gettext("The lists cover the same people, places and time, and nobody entered or left during it."),
        gettext("Records of one person on several lists were found, and no two persons were taken for one."),
    )
    own = {
        "latent": (
            gettext(
                "People fall into a few unseen groups; within a group, being on one list says nothing about being on another."
            ),
            gettext(
                "Nobody's chance of being on some list is zero. Each group's chances have the prior stated in the settings."
            ),
        ),
        "graphs": (
            gettext(
                "Dependence between lists follows one of the decomposable graphs, averaged by how well each explains the lists."
            ),
            gettext(
                "There is no dependence between all lists at once, beyond what those graphs allow, among those unseen."
            ),
        ),
        "loglinear": (
            gettext("The highest interaction between all lists is zero, and so are those the chosen model leaves out."),
            gettext("The model was chosen from the same lists; the interval repeats that choice on resampled lists."),
        ),
        "chapman": (
            gettext(
                "The two lists found people independently of one another, and everyone was equally likely to be on each. If being on one made being on the other likelier, the true number is higher."
            ),
        ),
        "coverage": (
            gettext("How people on each list are covered by the others is how people on none of them would be."),
        ),
        "lower-bound": (
            gettext(
                "Lists are independent for each person. People may differ in how easily they are recorded. This is a bound, not an estimate."
            ),
        ),
        "doubly-robust": (
            gettext("Among people alike in the recorded characteristics, the two lists found people independently."),
        ),
    }
    return own.get(method, ()) + common


def people(value: float | None) -> str:
    """A number of people, or that there is no limit."""
    return gettext("no limit") if value is None or math.isinf(value) else f"{value:,.0f}"


def changed(kind: str, what: str) -> str:
    """What is different in a row of a sensitivity table."""
    kinds = {
        "prior": gettext("prior {what}"), "method": gettext("another method: {what}"), "bound": gettext("a bound only: {what}"),
        "without list": gettext("without the list {what}"), "lists merged": gettext("lists merged: {what}"),
        "strata": gettext("strata: {what}"), "covariates": gettext("covariates: {what}"),
    }  # fmt: skip
    return kinds.get(kind, "{what}").format(what=what)
