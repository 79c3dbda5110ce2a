"""Django, set up in code: what it may do here is little, and all of it stands in this file."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def configure(folder: Path, *, coder: str, language: str, token: str) -> Callable[..., Any]:
    """The WSGI application for one case. Sessions are signed cookies that die with the process: no database at all."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(48),
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1", "localhost", "[::1]", "testserver"],
        ROOT_URLCONF="willakuy.desk.urls",
        INSTALLED_APPS=[],
        MIDDLEWARE=[
            "willakuy.desk.middleware.quiet_headers",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "willakuy.desk.middleware.spoken_language",
            "willakuy.desk.middleware.only_who_was_let_in",
            "django.middleware.csrf.CsrfViewMiddleware",
            "willakuy.desk.middleware.errors_in_words",
        ],
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [_HERE / "templates"],
                "OPTIONS": {"environment": "willakuy.desk.words.environment"},
            }
        ],
        DATA_UPLOAD_MAX_MEMORY_SIZE=1 << 20,
        USE_TZ=True,
        USE_I18N=False,
        LOGGING_CONFIG=None,
        WILLAKUY_CASE=folder,
        WILLAKUY_CODER=coder,
        WILLAKUY_LANGUAGE=language,
        WILLAKUY_TOKEN=token,
    )
    django.setup(set_prefix=False)
    return get_wsgi_application()
