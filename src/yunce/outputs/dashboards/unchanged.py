"""A page nothing has changed since is handed out again instead of being made again.

Every write leaves a line in the journal, so the journal's newest line tells whether anything a
page shows may be different. Why this is safe: docs/decisions/0009-unchanged-pages.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yunce.ground.journal.queries import newest_entry_number

KEPT_SECONDS = 600
View = Callable[..., HttpResponse]


def unless_unchanged(view: View) -> View:
    """Answer a plain read with the page this very session was given last, if it still holds."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _may_reuse(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(kept)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(key, response.content, KEPT_SECONDS)
        return response

    return answer


def _may_reuse(request: HttpRequest) -> bool:
    """Not for a first visit (its token is not set yet), a fragment, or when a toast is waiting."""
    return (
        request.method == "GET"
        and settings.CSRF_COOKIE_NAME in request.COOKIES
        and "HX-Request" not in request.headers
        and "messages" not in request.COOKIES
        and "_messages" not in request.session
    )


def _key(request: HttpRequest) -> str:
    parts = (
        request.session.session_key,
        request.COOKIES[settings.CSRF_COOKIE_NAME],  # forms on the page carry its token
        request.get_full_path(),
        timezone.localdate(),
        newest_entry_number(),
    )
    return "page:" + hashlib.sha256(repr(parts).encode()).hexdigest()
