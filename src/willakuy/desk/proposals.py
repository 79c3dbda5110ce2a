"""Proposed statements: the words in their place, accept or reject."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from willakuy.casefile import Case
from willakuy.casefile.deciding import decide, decision_named
from willakuy.casefile.intake import text_of
from willakuy.desk.the_case import coder, opened
from willakuy.i18n import gettext
from willakuy.statements.statement import Statement

_AROUND = 400


@dataclass(frozen=True, slots=True)
class Quoted:
    before: str
    words: str
    after: str


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        corpus = case.corpus()
        if not corpus.waiting:
            return render(request, "nothing.html.j2", {"what": gettext("No proposed statement waits for a decision.")})
        raw = request.GET.get("at", "0")
        at = min(int(raw) if raw.isdigit() else 0, len(corpus.waiting) - 1)
        statement = corpus.waiting[at]
        facts = {
            "statement": statement,
            "document": corpus.document[statement.document_id],
            "quoted": _quoted(case, statement),
            "at": at,
            "n": len(corpus.waiting),
        }
        return render(request, "statement.html.j2", facts)


@require_POST
def decide_statement(request: HttpRequest) -> HttpResponse:
    verdict, statement_id = request.POST.get("verdict", ""), request.POST.get("statement", "")
    raw = request.POST.get("at", "0")
    at = int(raw) if raw.isdigit() else 0
    if verdict == "skip":
        return redirect(f"/statements/?at={at + 1}")
    with opened() as case:
        reason = request.POST.get("reason", "").strip() or gettext("read in its place")
        decide(case, decision_named(verdict, (statement_id,)), reason=reason, by=coder())
    return redirect(f"/statements/?at={at}")


def _quoted(case: Case, statement: Statement) -> Quoted:
    """The words with what stands around them, from the kept text."""
    locator = statement.citations[0].locator
    text = text_of(case, statement.document_id)
    if text is None or locator.start is None or locator.end is None:
        return Quoted("", statement.words, "")
    start, end = locator.start, locator.end
    return Quoted(text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND])
