"""Around every request: quiet headers, the language, who is let in, errors in words."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from willakuy.errors import WillakuyError
from willakuy.i18n import LANGUAGES, speaking

Next = Callable[[HttpRequest], HttpResponse]

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def quiet_headers(get_response: Next) -> Next:
    """No scripts, no other host, nothing kept by the browser."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    return answer


def spoken_language(get_response: Next) -> Next:
    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.session.get("language", settings.WILLAKUY_LANGUAGE)
        with speaking(chosen if chosen in LANGUAGES else "en"):
            return get_response(request)

    return answer


def only_who_was_let_in(get_response: Next) -> Next:
    """Everything but the entrance and the stylesheet needs the session that the one-time link gives."""

    def answer(request: HttpRequest) -> HttpResponse:
        is_open = request.path.startswith("/enter/") or request.path == "/style.css"
        if is_open or request.session.get("is_let_in"):
            return get_response(request)
        return render(request, "closed.html.j2", status=403)

    return answer


def errors_in_words(get_response: Next) -> Next:
    """Our errors become a page that says what happened, what is safe and what to do."""

    class Answer:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if not isinstance(error, WillakuyError):
                return None
            facts = {"code": error.code, "what": error.say_what(), "next": error.say_next()}
            return render(request, "problem.html.j2", facts, status=409)

    return Answer()
