"""`/api/v1`: the resources of outputs, put together. The description is at openapi.json."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI

from yunce import __version__
from yunce.outputs.api import (
    accounts,
    closings,
    contents,
    definitions,
    effects,
    forecasts,
    histories,
    imports,
    ledger,
    mappings,
    metric_goals,
    metrics,
    missing,
    months,
    onward,
    outlooks,
    own_metrics,
    plans,
    posts,
    revisions,
    rows,
    same_posts,
    split_changes,
    tasks,
    teams,
    typed_posts,
    typed_values,
    upload_choices,
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
    split_changes,
    tasks,
    onward,
    imports,
    uploads,
    upload_choices,
    mappings,
    posts,
    same_posts,
    contents,
    effects,
    forecasts,
    metrics,
    definitions,
    rows,
    histories,
    metric_goals,
    own_metrics,
    ledger,
    closings,
    missing,
    revisions,
    typed_values,
    typed_posts,
    reports,
):
    api.add_router("", resource.router)

# Programs show a token instead of signing in: a redirect to a form would tell them nothing.
urls = api.urls
for _route in urls[0]:
    if _route.callback is not None:
        login_not_required(_route.callback)
