"""A table nobody knows: a person says what its columns are, and sees at once what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yunce.engines.platforms import Table, UnreadableFileError
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.imports import actions
from yunce.ground.imports.mapper import (
    chosen_mapping,
    columns_of,
    header_rows_of,
    metric_groups,
    owner_rows,
    role_labels,
    starting_mapping,
)
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import incoming_of, top_of, upload_in
from yunce.ground.imports.reading import Reading, read
from yunce.ground.imports.rules import BACKGROUND_FROM, SheetMapping, table_named
from yunce.ground.imports.showing import sample_of
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, slug: str, upload: int) -> HttpResponse:
    """GET suggests; a POST looks, or with ``intent=save`` teaches."""
    access = team_for(request, slug, Capability.RECORD)
    found = upload_in(access.team, upload)
    if found.batch_id or found.is_busy:
        return redirect("imports:preview", slug, upload)
    try:
        tables = top_of(found)
    except UnreadableFileError:
        return redirect("imports:preview", slug, upload)
    if request.method == "POST":
        table = table_named(tables, request.POST.get("sheet", ""))
        chosen, is_guessed = chosen_mapping(table, request.POST), False
    else:
        chosen, is_guessed = starting_mapping(incoming_of(found, tables=tables), request.GET)
        table = table_named(tables, chosen.sheet)
    looked = read(tables, captured_on=found.captured_on, today=timezone.localdate(), mapping=chosen)
    stem = request.POST.get("name", found.name.rpartition(".")[0])
    words: dict[str, Any] = {"access": access, "upload": found, "refused": "", "stem": stem}
    if request.POST.get("intent") == "save" and looked.fact_count:
        try:
            name = request.POST.get("name", "")
            actions.teach(access=access, upload=found, mapping=chosen, name=name)
        except ValidationError as error:
            words["refused"] = " ".join(error.messages)
        else:
            actions.look_again(found, today=timezone.localdate())
            return redirect("imports:preview", slug, upload)
    words |= _looked(found, looked, table, chosen, list(accounts_of(access.team)))
    if request.headers.get("HX-Request") == "true":
        return render(request, "imports/_mapped.html", words)
    words |= _choices(table, tables, chosen, is_guessed=is_guessed)
    return render(request, "imports/mapping.html", words)


def _looked(
    upload: Upload,
    looked: Reading,
    table: Table,
    chosen: SheetMapping,
    accounts: Sequence[Account],
) -> dict[str, Any]:
    return {
        "looked": looked,
        "sample": sample_of(looked),
        "owners": owner_rows(table, chosen, accounts),
        "accounts": accounts,
        "only_top": len(table.rows) if upload.size >= BACKGROUND_FROM else 0,
    }


def _choices(
    table: Table, tables: tuple[Table, ...], chosen: SheetMapping, *, is_guessed: bool
) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "sheets": [other.sheet for other in tables],
        "header_row": chosen.columns.header_row,
        "header_rows": header_rows_of(table, chosen.columns.header_row),
        "columns": columns_of(table, chosen, is_guessed=is_guessed),
        "roles": role_labels(),
        "groups": metric_groups(),
    }
