"""Layouts of tables the team taught: listed, named, forgotten, handed to others."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from yunce.ground.imports.actions import remove_mapping, rename_mapping, take_mapping
from yunce.ground.imports.models import SavedMapping
from yunce.ground.imports.queries import mapping_in
from yunce.ground.imports.queries.taught import MAX_FILE, SavedRow, layout_file, taught
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["imports"])
ALL = "/teams/{slug}/mappings"
ONE = "/teams/{slug}/mappings/{int:mapping_id}"


class MappingOut(Schema):
    """A taught layout; a file with the same header is recognised by it."""

    id: int
    name: str
    header: str
    columns: int  # that are read
    has_owners: bool  # a column says whose each row is
    created_by: str
    updated_at: datetime


class NameIn(Schema):
    name: str


@router.get(ALL, response=list[MappingOut], operation_id="list_mappings")
def list_mappings(request: SignedInRequest, slug: str) -> object:
    """What the team taught of tables nobody knows."""
    return [_told(row) for row in taught(access_for(request.auth, slug, Capability.SEE_ALL).team)]


@router.post(ALL, response={201: MappingOut}, operation_id="take_mapping")
def post_mapping(request: SignedInRequest, slug: str, file: File[UploadedFile]) -> object:
    """Take a layout somebody shared; one for the same header is replaced."""
    access = access_for(request.auth, slug, Capability.RECORD)
    saved = take_mapping(access=access, content=file.read(MAX_FILE + 1))
    return Status(201, _one(access.team, saved))


@router.patch(ONE, response=MappingOut, operation_id="rename_mapping")
def patch_mapping(request: SignedInRequest, slug: str, mapping_id: int, wanted: NameIn) -> object:
    """Call a layout something else."""
    access = access_for(request.auth, slug, Capability.RECORD)
    saved = mapping_in(access.team, mapping_id)
    return _one(access.team, rename_mapping(access=access, saved=saved, name=wanted.name))


@router.delete(ONE, response={204: None}, operation_id="forget_mapping")
def delete_mapping(request: SignedInRequest, slug: str, mapping_id: int) -> object:
    """Later files with this header are asked about again; what was brought in stays."""
    access = access_for(request.auth, slug, Capability.RECORD)
    remove_mapping(access=access, saved=mapping_in(access.team, mapping_id))
    return Status(204, None)


@router.get(f"{ONE}/file", response={200: None}, operation_id="get_mapping_file")
def get_file(request: SignedInRequest, slug: str, mapping_id: int) -> HttpResponse:
    """The layout as a file, for another team."""
    access = access_for(request.auth, slug, Capability.RECORD)
    return layout_file(access.team, mapping_in(access.team, mapping_id)).response()


def _one(team: Team, saved: SavedMapping) -> dict[str, object]:
    return _told(next(row for row in taught(team) if row.saved.pk == saved.pk))


def _told(row: SavedRow) -> dict[str, object]:
    saved = row.saved
    return {
        "id": saved.pk,
        "name": str(saved),
        "header": row.header,
        "columns": row.columns,
        "has_owners": row.has_owners,
        "created_by": saved.created_by.name if saved.created_by else "",
        "updated_at": saved.updated_at,
    }
