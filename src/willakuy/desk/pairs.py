"""Same person? Two records side by side, one decision, its consequences told before it is made.

The machine's probability is not on the page: it is shown with the decision, afterwards, for learning.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from willakuy.casefile.deciding import decide, decision_named
from willakuy.casefile.foreseeing import foresee
from willakuy.casefile.pairview import Alike, look
from willakuy.casefile.waiting import queue
from willakuy.desk.the_case import coder, opened
from willakuy.i18n import gettext
from willakuy.statements.corpus import Corpus
from willakuy.statements.ids import StatementId


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        corpus = case.corpus()
    waiting = queue(corpus)
    if not waiting:
        return render(request, "nothing.html.j2", {"what": gettext("No pair waits for a decision.")})
    at = min(_number(request.GET.get("at", "0")), len(waiting) - 1)
    left, right = waiting[at].left, waiting[at].right
    facts = {
        "view": look(corpus, left, right),
        "would": [_would(corpus, verdict, left, right) for verdict in ("same", "different")],
        "alike": {
            Alike.same: gettext("the same words"),
            Alike.partly: gettext("partly"),
            Alike.differs: gettext("no word"),
            Alike.silent: "",
        },
        "at": at,
        "n": len(waiting),
        "last": request.session.pop("last", None),
    }
    return render(request, "pair.html.j2", facts)


def _would(corpus: Corpus, verdict: str, left: StatementId, right: StatementId) -> tuple[str, tuple[str, ...]]:
    """What an answer would do, as the terminal tells it."""
    return verdict, foresee(corpus, decision_named(verdict, (left, right))).say(corpus)


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


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
