"""How the API says no: `{"detail": sentence, "errors": [{"field", "message"}]}`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError as RequestError

from yunce.engines.metrics import MetricsError
from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.imports.actions import ImportRefusedError
from yunce.loop.goals.actions import EditConflictError

CONFLICT, INVALID = 409, 422


def add_refusals(api: NinjaAPI) -> None:
    """Every error a person or program can put right becomes a sentence."""

    def answer(request: HttpRequest, sentence: str, status: int, **more: Any) -> HttpResponse:
        return api.create_response(request, {"detail": sentence, **more}, status=status)

    @api.exception_handler(RequestError)
    def wrong_request(request: HttpRequest, error: RequestError) -> HttpResponse:
        errors = [_field_error(found) for found in error.errors]
        return answer(request, "".join(e["message"] for e in errors), INVALID, errors=errors)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        errors = [
            {"field": field, "message": "".join(messages)} for field, messages in fields.items()
        ]
        return answer(request, "".join(error.messages), INVALID, errors=errors)

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(request, str(error) or _("你的角色不能做这件事。"), 403)

    @api.exception_handler(EditConflictError)
    def conflict(request: HttpRequest, error: EditConflictError) -> HttpResponse:
        values = {"current": str(error.current), "wanted": str(error.wanted)}
        return answer(request, str(error), CONFLICT, **values)

    for kind in (MetricsError, MonthClosedError, ImportRefusedError):

        @api.exception_handler(kind)
        def refused(request: HttpRequest, error: Exception) -> HttpResponse:
            return answer(request, str(error), INVALID)


def _field_error(found: dict[str, Any]) -> dict[str, str]:
    """A request pydantic could not read: which part, and what belongs there."""
    field = str(found["loc"][-1])
    kind = str(found["type"])
    wanted = next((text for word, text in _wanted().items() if kind.startswith(word)), "")
    what = wanted or _("不能用（%(why)s）") % {"why": found["msg"]}
    sentence = _("参数 %(field)s %(what)s。") % {"field": field, "what": what}
    return {"field": field, "message": sentence}


def _wanted() -> dict[str, str]:
    return {
        "missing": _("没有给"),
        "date": _("应是日期，如 2025-05-01"),
        "int": _("应是整数"),
        "bool": _("应是 true 或 false"),
        "decimal": _("应是数字"),
        "float": _("应是数字"),
        "string": _("应是文字"),
        "list": _("应是列表"),
    }
