"""How everything was counted and what is kept back, and every word with its definition: made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from willakuy.figures import Reason
from willakuy.i18n import N_
from willakuy.publication.policy import Rule, say_rule
from willakuy.publication.site import Page, Site
from willakuy.statements import vocabularies
from willakuy.statements.scopes import Scope

COUNTING = (
    N_(
        "Nothing here is a fact of ours. Each value is what a named source said, in a document, at a place in it, in its own words."
    ),
    N_(
        "A person is the records that people, with a stated reason, judged to be of one human being. Undo the decision and each record stands alone again."
    ),
    N_("A person counts once, however many sources name them."),
    N_(
        "The lower number counts those for whom some source affirms every criterion of the rule, none denies one, and it is settled who they are."
    ),
    N_(
        "The upper number adds those about whom sources differ or are silent, those who may be the same person as another, and people nobody names."
    ),
    N_(
        "People nobody names (“17 dead”, “NN”) can raise the upper number and never the lower. Where such accounts may speak of the same people, the largest is taken, never the sum; named people of the same place and day are taken to be among them."
    ),
    N_("What was withdrawn, set right or denied acts from the day it was said, and stays visible for ever."),
    N_("A figure of a past day uses only what was certainly known by the end of that day."),
    N_("Totals that others publish never enter a count. They stand beside it."),
    N_(
        "What a program proposes is not counted and not merged until a person decides; two records that a program holds to be one person widen the range."
    ),
)
INDEPENDENCE = (
    N_(
        "A source that passes on what another said is not a second source. Derivations are those a source declares itself or a person judged; what a program detects is only a question."
    ),
    N_("Sources that go back to one origin form a family and count as one in every number of sources."),
)
_CRITERIA = (
    ("harms", N_("Harm"), "harm"),
    ("roles", N_("Only in the role of"), "role"),
    ("not_roles", N_("Not in the role of"), "role"),
    ("circumstances", N_("Only in these circumstances"), "circumstance"),
    ("not_circumstances", N_("Not in these circumstances"), "circumstance"),
    ("claim_scopes", N_("Compared with published figures that count"), "claim_scope"),
    ("claim_populations", N_("Compared with published figures of"), "population"),
)


def pages(site: Site) -> Iterator[Page]:
    text = site.text
    sections = [
        {
            "anchor": "counting",
            "label": text(N_("How it is counted")),
            "text": [text(t) for t in COUNTING],
            "lists": [],
        },
        {
            "anchor": "scopes",
            "label": text(N_("What each figure counts")),
            "text": [],
            "lists": [_scope(site, s) for s in site.record.corpus.scope.values()],
        },
        {
            "anchor": "reasons",
            "label": text(N_("Why somebody is not, or not certainly, counted")),
            "text": [],
            "lists": [_reasons(site)],
        },
        {
            "anchor": "independence",
            "label": text(N_("When sources count as one")),
            "text": [text(t) for t in INDEPENDENCE],
            "lists": [],
        },
        _grades(site),
        _policy(site),
    ]
    yield Page("method.html", "method", "method", text(N_("Method")), {"sections": sections})
    yield Page(
        "words.html", "words", "method", text(N_("Every word and its definition")), {"vocabularies": list(_words(site))}
    )


def _scope(site: Site, scope: Scope) -> dict[str, Any]:
    text, speech = site.text, site.speech
    rows = [(text(N_("Rule")), scope.rule(site.lang)), (text(N_("Version")), str(scope.version))]
    for name, label, vocabulary in _CRITERIA:
        codes = getattr(scope, name)
        if codes:
            rows.append((text(label), ", ".join(speech.term(vocabulary, code) for code in codes)))
    if scope.minors_only:
        rows.append((text(N_("Age")), text(N_("under 18"))))
    if scope.place:
        rows.append((text(N_("Place")), speech.place(scope.place)))
    if scope.period:
        rows.append((text(N_("Period")), speech.date(scope.period)))
    rows.append((text(N_("Independent sources needed")), str(scope.min_sources)))
    return {"anchor": scope.scope_id, "label": scope.name(site.lang), "about": "", "rows": rows}


def _reasons(site: Site) -> dict[str, Any]:
    return {"label": "", "about": "", "rows": [(reason.value, site.speech.reason(reason)) for reason in Reason]}


def _grades(site: Site) -> dict[str, Any]:
    terms = vocabularies.vocabulary("grade").terms
    rows = [(t.say(site.lang), t.define(site.lang)) for t in terms]
    about = site.text(
        N_("Computed anew with each statement; a person may set another beside it, with a reason. From least to most:")
    )
    return {
        "anchor": "grades",
        "label": site.text(N_("How well somebody's record is supported")),
        "text": [about],
        "lists": [{"label": "", "about": "", "rows": rows}],
    }


def _policy(site: Site) -> dict[str, Any]:
    n: dict[Rule, int] = dict.fromkeys(Rule, 0)
    for w in site.record.withheld:
        n[w.rule] += w.n
    rows = [(_said_n(site, n[rule]), say_rule(rule)) for rule in Rule]
    text = [
        site.text(
            N_(
                "No harm comes first. These rules decide what is not shown, or not as it was recorded. Everything kept back is counted here, under the rule that kept it back."
            )
        ),
        site.text(
            N_(
                "Nobody is accused in this record's own voice: who is blamed stands only as the words of whoever said it."
            )
        ),
    ]
    return {
        "anchor": "policy",
        "label": site.text(N_("What is kept back, and why")),
        "text": text,
        "lists": [{"label": "", "about": "", "rows": rows}],
    }


def _said_n(site: Site, n: int) -> str:
    return site.speech.plural(N_("{n} time in this release"), N_("{n} times in this release"), n)


def _words(site: Site) -> Iterator[dict[str, Any]]:
    for name in vocabularies.names():
        vocabulary = vocabularies.vocabulary(name)
        terms = [
            {
                "anchor": f"{name}-{t.code}",
                "code": t.code,
                "label": t.say(site.lang),
                "definition": t.define(site.lang),
                "huridocs": t.huridocs,
            }
            for t in vocabulary.terms
        ]
        yield {
            "anchor": name,
            "label": vocabulary.title(site.lang),
            "is_ordered": vocabulary.is_ordered,
            "terms": terms,
        }
