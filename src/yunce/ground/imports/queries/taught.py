"""Layouts the team taught, as lists show them and as others take them."""

from __future__ import annotations

from yunce.ground.channels.queries import accounts_of
from yunce.ground.imports.mapper import SavedRow, saved_rows
from yunce.ground.imports.models import SavedMapping
from yunce.ground.imports.queries import mappings_of
from yunce.ground.imports.sharing import MAX_FILE, shared
from yunce.ground.teams.models import Team
from yunce.web.attachments import Attachment

__all__ = ["MAX_FILE", "SavedRow", "layout_file", "taught"]


def taught(team: Team) -> list[SavedRow]:
    return saved_rows(mappings_of(team))


def layout_file(team: Team, saved: SavedMapping) -> Attachment:
    """MappingFileError when it cannot be told without the team's own account numbers."""
    content = shared(saved, accounts_of(team))
    return Attachment(f"{saved}.json".replace("/", " "), content, "application/json")
