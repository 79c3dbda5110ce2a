"""Same person? Two records side by side, one decision, its consequences told before it is made.

The machine's probability is not on the page: it is shown with the decision, afterwards, for learning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from willakuy.casefile.deciding import decide, decision_named
from willakuy.casefile.overview import open_pairs
from willakuy.desk.the_case import coder, opened
from willakuy.i18n import N_, gettext
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import StatementId
from willakuy.statements.statement import Statement

_FIELDS: tuple[tuple[str, Callable[[Statement], str]], ...] = (
    (N_("Name as printed"), lambda s: " · ".join(n.printed for n in s.victim.names)),
    (N_("Age"), lambda s: s.victim.age.words if s.victim.age else ""),
    (N_("Died"), lambda s: s.victim.died.words if s.victim.died else ""),
    (N_("Wounded"), lambda s: s.victim.wounded.words if s.victim.wounded else ""),
    (N_("Date, meaning not stated"), lambda s: s.victim.dated.words if s.victim.dated else ""),
    (N_("Place"), lambda s: s.victim.place.words if s.victim.place else ""),
    (N_("Cause"), lambda s: " · ".join(c.words or "" for c in s.victim.causes)),
    (N_("Details"), lambda s: s.victim.details or ""),
)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    left: str
    right: str
    is_alike: bool


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        corpus = case.corpus()
    waiting = open_pairs(corpus)
    if not waiting:
        return render(request, "nothing.html.j2", {"what": gettext("No pair waits for a decision.")})
    at = min(_number(request.GET.get("at", "0")), len(waiting) - 1)
    left, right = (corpus.statement[StatementId(record)] for record in waiting[at])
    facts = {
        "left": left,
        "right": right,
        "rows": _rows(left, right),
        "places": [_place(corpus, left), _place(corpus, right)],
        "also": _also_joined(corpus, left.statement_id, right.statement_id),
        "at": at,
        "n": len(waiting),
        "last": request.session.pop("last", None),
    }
    return render(request, "pair.html.j2", facts)


@require_POST
def decide_pair(request: HttpRequest) -> HttpResponse:
    verdict, left, right = (request.POST.get(name, "") for name in ("verdict", "left", "right"))
    at = _number(request.POST.get("at", "0"))
    if verdict == "skip":
        return redirect(f"/pairs/?at={at + 1}")
    with opened() as case:
        proposed = {(p.record_l, p.record_r): p for p in case.corpus().proposals}
        reason = request.POST.get("reason", "").strip() or gettext("compared side by side")
        outcome = decide(case, decision_named(verdict, (left, right)), reason=reason, by=coder())
    proposal = proposed.get((StatementId(left), StatementId(right)))
    request.session["last"] = {
        "id": outcome.judgement.judgement_id,
        "verdict": verdict,
        "why": proposal.why if proposal else "",
        "p_same": f"{proposal.p_same:.2f}" if proposal else "",
    }
    return redirect(f"/pairs/?at={at}")


def _rows(left: Statement, right: Statement) -> list[Row]:
    rows = [Row(gettext(label), read(left), read(right), False) for label, read in _FIELDS]
    return [Row(r.label, r.left, r.right, r.left.casefold() == r.right.casefold()) for r in rows if r.left or r.right]


def _place(corpus: Corpus, statement: Statement) -> str:
    document = corpus.document[statement.document_id]
    return gettext("{document}, row {row}").format(
        document=document.title, row=statement.citations[0].locator.row or "–"
    )


def _also_joined(corpus: Corpus, left: StatementId, right: StatementId) -> list[Statement]:
    """Records that "same" would join besides these two."""
    person_of = corpus.identities.by_record()
    records = {*person_of[left].records, *person_of[right].records} - {left, right}
    return [corpus.statement[r] for r in sorted(records)]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
