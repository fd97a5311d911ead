"""What a team teaches of tables nobody knows: made on one file, recognised on the next."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.channels.queries import accounts_of
from yunce.ground.imports.actions._uploads import refuse_settled
from yunce.ground.imports.models import SavedMapping, Upload
from yunce.ground.imports.queries import top_of
from yunce.ground.imports.rules import (
    Choices,
    SheetMapping,
    header_hash,
    header_texts,
    table_named,
)
from yunce.ground.imports.sharing import taken
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.text import tidy

MAX_NAME = 80


@transaction.atomic
def teach(*, access: Access, upload: Upload, mapping: SheetMapping, name: str = "") -> Upload:
    """What the columns are: for this file, and for every later one with the same header."""
    access.require(Capability.RECORD)
    refuse_settled(upload)
    table = table_named(top_of(upload), mapping.sheet)
    header = table.rows[mapping.columns.header_row - 1]
    saved, is_new = SavedMapping.objects.get_or_create(
        team=access.team,
        header_hash=header_hash(header),
        defaults={"mapping": {}, "created_by": access.user},
    )
    saved.mapping = {**mapping.to_json(), "header": header_texts(header)}
    saved.account = upload.account
    if is_new or name:
        saved.name = _free_name(access, saved, name or upload.name.rpartition(".")[0])
    saved.save(update_fields=["mapping", "account", "name", "updated_at"])
    upload.mapping = mapping.to_json()
    upload.choices = {**upload.choices, "sheets": {}}
    upload.save(update_fields=["mapping", "choices"])
    write_journal(
        verb="imports.teach",
        subject=saved,
        actor=access.user,
        team_id=access.team.pk,
        changes={"columns": ("", len(mapping.columns.columns))},
    )
    return upload


@transaction.atomic
def recognise_again(*, access: Access, upload: Upload) -> Upload:
    """Forget what was said of this one file's columns; what the team saved stays."""
    access.require(Capability.RECORD)
    refuse_settled(upload)
    upload.mapping = None
    upload.choices = Choices(day_given=bool(upload.choices.get("day_given"))).to_json()
    upload.save(update_fields=["mapping", "choices"])
    write_journal(
        verb="imports.recognise_again",
        subject=upload,
        actor=access.user,
        team_id=access.team.pk,
    )
    return upload


@transaction.atomic
def rename_mapping(*, access: Access, saved: SavedMapping, name: str) -> SavedMapping:
    access.require(Capability.RECORD)
    name = tidy(name)
    if not name:
        raise ValidationError({"name": _("请写一个名称，比如「每周社群表」。")})
    if len(name) > MAX_NAME:
        raise ValidationError({"name": _("名称最多 80 个字。")})
    others = SavedMapping.objects.filter(team=access.team, name=name).exclude(pk=saved.pk)
    if others.exists():
        raise ValidationError({"name": _("已经有一个叫「%(name)s」的了。") % {"name": name}})
    before, saved.name = saved.name, name
    saved.save(update_fields=["name", "updated_at"])
    write_journal(
        verb="imports.rename_mapping",
        subject=saved,
        actor=access.user,
        team_id=access.team.pk,
        changes={"name": (before, name)},
    )
    return saved


@transaction.atomic
def remove_mapping(*, access: Access, saved: SavedMapping) -> None:
    """Later files with this header are asked about again; what was brought in stays."""
    access.require(Capability.RECORD)
    write_journal(
        verb="imports.remove_mapping", subject=saved, actor=access.user, team_id=access.team.pk
    )
    saved.delete()


@transaction.atomic
def take_mapping(*, access: Access, content: bytes) -> SavedMapping:
    """A layout another team shared. MappingFileError says what is wrong with the file.

    One the team has for the same header already is replaced.
    """
    access.require(Capability.RECORD)
    shared = taken(content, accounts_of(access.team))
    saved, _is_new = SavedMapping.objects.get_or_create(
        team=access.team,
        header_hash=shared.header_hash,
        defaults={"mapping": {}, "created_by": access.user},
    )
    saved.mapping = {**shared.mapping.to_json(), "header": list(shared.header)}
    saved.name = _free_name(access, saved, shared.name)
    saved.save(update_fields=["mapping", "name", "updated_at"])
    write_journal(
        verb="imports.take_mapping", subject=saved, actor=access.user, team_id=access.team.pk
    )
    return saved


def _free_name(access: Access, saved: SavedMapping, wanted: str) -> str:
    """The name itself, or with the first number nobody has."""
    wanted = tidy(wanted)[: MAX_NAME - 4] or _("未命名")
    others = SavedMapping.objects.filter(team=access.team).exclude(pk=saved.pk)
    names, name, number = set(others.values_list("name", flat=True)), wanted, 1
    while name in names:
        number += 1
        name = f"{wanted} {number}"
    return name
