"""`/local/<work>`: the door for this machine's own commands; no part of the public API."""

from __future__ import annotations

import json
import logging
from ipaddress import ip_address
from secrets import compare_digest

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yunce.config.failures import EXIT_FAILED, WorkError
from yunce.config.process.announcing import TOKEN_HEADER
from yunce.config.work import names, perform
from yunce.kit.wording import gettext as _

logger = logging.getLogger(__name__)

_admitted: list[str] = []  # the running server's token; empty where nobody announced one


def admit(token: str) -> None:
    """From now on let commands in that show this token."""
    _admitted[:] = [token]


def shut() -> None:
    _admitted.clear()


@csrf_exempt
@login_not_required
@require_POST
def local_work(request: HttpRequest, work: str) -> HttpResponse:
    """Strangers see a page that does not exist."""
    if not _is_admitted(request) or work not in names():
        raise Http404
    try:
        result = perform(work, json.loads(request.body))
    except WorkError as error:
        return _refused(str(error), error.exit_code)
    except Exception as error:
        # The command has no window into the server's log: name the kind, keep the rest there.
        logger.exception("work %s failed", work)
        sentence = _("服务执行时出错（%(kind)s），详情见服务的输出。")
        return _refused(sentence % {"kind": type(error).__name__}, EXIT_FAILED, status=500)
    return JsonResponse({"result": result}, json_dumps_params={"ensure_ascii": False})


def _refused(sentence: str, exit_code: int, *, status: int = 422) -> HttpResponse:
    return JsonResponse({"error": sentence, "exit_code": exit_code}, status=status)


def _is_admitted(request: HttpRequest) -> bool:
    shown = request.headers.get(TOKEN_HEADER, "")
    if not _admitted or not compare_digest(shown.encode(), _admitted[0].encode()):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
