"""How the API says no: `{"detail": sentence, "errors": [{"field", "message"}]}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as RequestError

from yunce.engines.metrics import MetricsError
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.imports.actions import ImportRefusedError, MappingFileError
from yunce.loop.goals.actions import EditConflictError

UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, INVALID = 401, 403, 404, 409, 422
Refusal = tuple[int, dict[str, Any]]  # the status and what is said
Refuse = Callable[[Any], Refusal]
KINDS = ("float", "str")  # pydantic names the kind where a field may be of several


def add_refusals(api: NinjaAPI) -> None:
    """Every error a person or program can put right becomes a sentence."""

    def said_by(refuse: Refuse) -> Callable[[HttpRequest, Any], HttpResponse]:
        def answer(request: HttpRequest, error: Any) -> HttpResponse:
            status, body = refuse(error)
            return api.create_response(request, body, status=status)

        return answer

    for kind, refuse in REFUSALS.items():
        api.add_exception_handler(kind, said_by(refuse))


def _wrong_request(error: RequestError) -> Refusal:
    found = (_field_error(each) for each in reversed(error.errors))
    by_field = {each["field"]: each for each in found}  # of one that is a number or a text one
    errors = [*reversed(by_field.values())]
    return INVALID, {"detail": "".join(e["message"] for e in errors), "errors": errors}


def _invalid(error: ValidationError) -> Refusal:
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    errors = [{"field": field, "message": "".join(messages)} for field, messages in fields.items()]
    return INVALID, {"detail": "".join(error.messages), "errors": errors}


def _forbidden(error: PermissionDenied) -> Refusal:
    return FORBIDDEN, {"detail": str(error) or _("你的角色不能做这件事。")}


def _conflict(error: EditConflictError) -> Refusal:
    values = {"current": str(error.current), "wanted": str(error.wanted)}
    return CONFLICT, {"detail": str(error), **values}


def _refused(error: Exception) -> Refusal:
    return INVALID, {"detail": str(error)}


def _without_token(_error: AuthenticationError) -> Refusal:
    sentence = _(
        "没有令牌，或令牌不能用。请在网页「我的设置」里新建一个，放进 Authorization: Bearer。"
    )
    return UNAUTHORIZED, {"detail": sentence}


def _not_found(_error: Http404) -> Refusal:
    return NOT_FOUND, {"detail": _("没有这一项，或者它不对你开放。请核对地址。")}


def _unreadable(error: HttpError) -> Refusal:
    known = {400: _("请求的内容不是 JSON，读不出来。请核对后再发。")}
    return error.status_code, {"detail": known.get(error.status_code, str(error))}


REFUSALS: dict[type[Exception], Refuse] = {
    RequestError: _wrong_request,
    ValidationError: _invalid,
    PermissionDenied: _forbidden,
    EditConflictError: _conflict,
    MetricsError: _refused,
    MonthClosedError: _refused,
    ImportRefusedError: _refused,
    MappingFileError: _refused,
    UnreadableFileError: _refused,
    AuthenticationError: _without_token,
    Http404: _not_found,
    HttpError: _unreadable,
}


def _field_error(found: dict[str, Any]) -> dict[str, str]:
    """A request pydantic could not read: which part, and what belongs there."""
    field = _field(found["loc"])
    kind = str(found["type"])
    wanted = next((text for word, text in _wanted().items() if kind.startswith(word)), "")
    what = _choices(found) or wanted or _("不能用（%(why)s）") % {"why": found["msg"]}
    sentence = _("参数 %(field)s %(what)s。") % {"field": field, "what": what}
    return {"field": field, "message": sentence}


def _field(place: tuple[str | int, ...]) -> str:
    """The last name; inside a list the way from the list on: `values.3.day`."""
    is_kind = str(place[-1]).removeprefix("constrained-") in KINDS
    named = place[:-1] if is_kind else place
    first = next((at for at, part in enumerate(named) if isinstance(part, int)), len(named))
    return ".".join(map(str, named[first - 1 :]))


def _choices(found: dict[str, Any]) -> str:
    """What may be chosen, where it is one of a few words."""
    if found["type"] not in ("enum", "literal_error"):
        return ""
    words = str(found["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
    return _("应是其中之一：%(words)s") % {"words": words.replace(", ", "、")}


def _wanted() -> dict[str, str]:
    return {
        "missing": _("没有给"),
        "date": _("应是日期，如 2025-05-01"),
        "int": _("应是整数"),
        "bool": _("应是 true 或 false"),
        "decimal": _("应是数字"),
        "float": _("应是数字"),
        "finite": _("应是数字"),
        "string": _("应是文字"),
        "list": _("应是列表"),
        "less_than": _("太大了"),
        "greater_than": _("太小了"),
    }
