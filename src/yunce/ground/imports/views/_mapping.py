"""A table nobody knows: a person says what its columns are, and sees at once what comes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yunce.engines.platforms import Table
from yunce.ground.imports import actions
from yunce.ground.imports.mapper import (
    chosen_mapping,
    columns_of,
    metric_groups,
    starting_mapping,
)
from yunce.ground.imports.queries import incoming_of, upload_in
from yunce.ground.imports.reading import read
from yunce.ground.imports.rules import HEADER_DEPTH, SheetMapping, table_named
from yunce.ground.imports.showing import sample_of
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """GET suggests; a POST looks, or with ``intent=save`` teaches."""
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    if found.batch_id:
        return redirect("imports:preview", slug, upload)
    incoming = incoming_of(found)
    if request.method == "POST":
        table = table_named(incoming.tables, request.POST.get("sheet", ""))
        chosen = chosen_mapping(table, request.POST)
    else:
        chosen = starting_mapping(incoming, request.GET)
        table = table_named(incoming.tables, chosen.sheet)
    looked = read(
        incoming.tables,
        captured_on=found.captured_on,
        today=timezone.localdate(),
        mapping=chosen,
    )
    if request.POST.get("intent") == "save" and looked.facts:
        actions.teach(access=access, upload=found, mapping=chosen)
        return redirect("imports:preview", slug, upload)
    words = {"access": access, "upload": found, "looked": looked, "sample": sample_of(looked)}
    if request.headers.get("HX-Request") == "true":
        return render(request, "imports/_mapped.html", words)
    words |= _choices(table, incoming.tables, chosen)
    return render(request, "imports/mapping.html", words)


def _choices(table: Table, tables: tuple[Table, ...], chosen: SheetMapping) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "sheets": [other.sheet for other in tables],
        "header_row": chosen.columns.header_row,
        "header_rows": range(1, min(len(table.rows), HEADER_DEPTH) + 1),
        "columns": columns_of(table, chosen.columns),
        "groups": metric_groups(),
    }
