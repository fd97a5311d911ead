"""Reports over the API; whoever assembles the API brings the sign-in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from yunce.ground.teams.models import User
from yunce.ground.teams.queries import access_for
from yunce.kit.months import Month
from yunce.loop.goals.queries import plan_of
from yunce.outputs.reports.queries import UnknownReportError, build, report_of
from yunce.outputs.reports.views import file_answer

router = Router(tags=["reports"])


class SignedInRequest(HttpRequest):
    """A request whose bearer token was recognised."""

    auth: User


@router.get(
    "/teams/{slug}/months/{month}/reports/{kind}.{format}",
    summary="Download a report of a month",
    operation_id="download_report",
)
def download_report(
    request: SignedInRequest, slug: str, month: str, kind: str, format: str
) -> HttpResponse:
    """A month's (`2025-05`) `plan` or `summary` as `xlsx` or `docx`, its `proposal` as `docx`."""
    try:
        report, wanted = report_of(kind, format), Month.parse(month)
    except (UnknownReportError, ValueError) as error:
        raise Http404(str(error)) from error
    access = access_for(request.auth, slug, report.capability)
    plan = plan_of(access.team, wanted)
    if plan is None:
        raise Http404
    built = build(
        kind=kind,
        plan=plan,
        format=format,
        made_at=timezone.now(),
        author=access.user.name,
    )
    return file_answer(built)
