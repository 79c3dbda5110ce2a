"""Figures, live: what the record counts now, under each scope."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from willakuy.desk.the_case import opened
from willakuy.figures import count


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        corpus = case.corpus()
    figures = [count(corpus, scope) for scope in corpus.scope.values()]
    return render(request, "figures.html.j2", {"figures": figures})
