"""The first page: what the case holds and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from willakuy.casefile.overview import overview
from willakuy.desk.the_case import opened


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    with opened() as case:
        return render(request, "home.html.j2", {"held": overview(case)})
