"""Coming in with the one-time link, and choosing a language."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from willakuy.i18n import LANGUAGES

_used: set[str] = set()


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button: a mail scanner that follows the link lets nobody in, and uses nothing up."""
    is_right = token not in _used and secrets.compare_digest(token.encode(), settings.WILLAKUY_TOKEN.encode())
    if not is_right:
        return render(request, "closed.html.j2", status=403)
    if request.method != "POST":
        return render(request, "enter.html.j2", {"coder": settings.WILLAKUY_CODER})
    _used.add(token)
    request.session["is_let_in"] = True
    return redirect("/")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        request.session["language"] = chosen
    return redirect("/")


@require_GET
def stylesheet(_request: HttpRequest) -> HttpResponse:
    css = (Path(__file__).parent / "style.css").read_text("utf-8")
    return HttpResponse(css, content_type="text/css; charset=utf-8")
