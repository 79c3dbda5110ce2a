"""Every decision, newest first, each with a button that undoes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from willakuy.casefile.deciding import decide, decision_named
from willakuy.desk.the_case import coder, opened
from willakuy.i18n import gettext
from willakuy.statements.judgements import in_force

_ON_A_PAGE = 200


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        corpus = case.corpus()
    standing = {j.judgement_id for j in in_force(corpus.judgements)}
    newest = list(reversed(corpus.judgements))[:_ON_A_PAGE]
    return render(request, "decisions.html.j2", {"judgements": newest, "standing": standing})


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        reason = request.POST.get("reason", "").strip() or gettext("undone at the desk")
        decide(case, decision_named("undo", (request.POST.get("judgement", ""),)), reason=reason, by=coder())
    return redirect("/decisions/")
