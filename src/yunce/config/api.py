"""`/api/v1`: the resources of outputs, put together. The description is at openapi.json."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI

from yunce import __version__
from yunce.outputs.api import (
    accounts,
    contents,
    definitions,
    effects,
    forecasts,
    histories,
    imports,
    ledger,
    metric_goals,
    metrics,
    months,
    outlooks,
    plans,
    posts,
    rows,
    tasks,
    teams,
    uploads,
)
from yunce.outputs.api.refusals import add_refusals
from yunce.outputs.api.rendering import ReadableJSON
from yunce.outputs.api.request import BearerToken
from yunce.outputs.reports import api as reports

# No docs page: ninja's loads its scripts from elsewhere, and nothing here is loaded from
# elsewhere. Any OpenAPI viewer reads openapi.json.
api = NinjaAPI(
    title="Yunce",
    version=__version__,
    description="Teams, accounts, months, tasks, imports, posts, metrics, ledger and reports.",
    docs_url=None,
    auth=BearerToken(),
    renderer=ReadableJSON(),
    urls_namespace="api",
)
add_refusals(api)
for resource in (
    teams,
    accounts,
    months,
    outlooks,
    plans,
    tasks,
    imports,
    uploads,
    posts,
    contents,
    effects,
    forecasts,
    metrics,
    definitions,
    rows,
    histories,
    metric_goals,
    ledger,
    reports,
):
    api.add_router("", resource.router)

# Programs show a token instead of signing in: a redirect to a form would tell them nothing.
urls = api.urls
for _route in urls[0]:
    if _route.callback is not None:
        login_not_required(_route.callback)
