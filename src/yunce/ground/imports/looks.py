"""A preview boiled down to what pages show: small, and kept so that no request reads a file twice.

What was worked out is good for one state of the file's description and of the team's numbers; the
key says which. Anything that moves makes another key.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from yunce.engines.platforms import Problem, Recognition, Table, platforms
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, BatchState, MonthClosing
from yunce.ground.imports import caching
from yunce.ground.imports.disputes import Dispute
from yunce.ground.imports.models import SavedMapping, Upload
from yunce.ground.imports.previewing import Preview
from yunce.ground.imports.reading import Reading, region_key
from yunce.ground.imports.rules import SKIP
from yunce.ground.imports.showing import ChangedCell, Sample
from yunce.kit.months import Month

PAGE = 100  # problems or changed cells on one page


@dataclass(frozen=True)
class SheetLook:
    """One sheet of the file, or one of several tables in it: what it is taken for, and why."""

    sheet: str
    key: str  # what it is called among the choices
    is_part: bool  # one of several tables of its sheet
    rows: int
    choice: str  # empty: automatic; else SKIP or platform:export
    is_taken: bool
    label: str  # zh: platform and export; empty when it is not recognised
    confidence: int  # percent
    reason: str


@dataclass(frozen=True)
class OwnerLook:
    """A name in the account column."""

    name: str
    account: str  # empty: left out


@dataclass(frozen=True)
class Look:
    """What a person sees of a file before anything is written."""

    seen: str  # stands for everything said about the file; a press tells what its eyes saw
    needs_mapping: bool
    is_mapped: bool
    platform_key: str
    platform: str
    export: str
    sheets: tuple[SheetLook, ...]
    account_number: int | None
    account: str
    account_reason: str
    is_sure_account: bool
    account_problem: Problem | None
    owners: tuple[OwnerLook, ...]
    candidates: tuple[int, ...]
    confidence: float
    is_sure: bool
    has_snapshots: bool
    first_day: date | None
    last_day: date | None
    added: int
    updated: int
    unchanged: int
    conflicts: int
    ignored: int
    errors: int
    values: int
    closed: tuple[Month, ...]
    closed_values: int
    repeated: int | None  # the batch this very file made before
    blocked: str
    sample: Sample
    disputes: tuple[Dispute, ...]
    problem_count: int
    warning_count: int
    problems: tuple[Problem, ...]  # the first page of them
    changes: tuple[ChangedCell, ...]  # the first page of them

    @property
    def is_clear(self) -> bool:
        """Nothing is left to decide or to look at."""
        decided = not (self.blocked or self.errors or self.conflicts or self.closed_values)
        return decided and self.is_sure and (self.is_sure_account or bool(self.owners))

    @property
    def missing_pages(self) -> bool:
        return self.problem_count > len(self.problems)


def look_key(upload: Upload, today: date) -> str:
    """Everything a look depends on."""
    return f"{said(upload)}|{today}|{_numbers_stamp(upload.team_id)}"


def said(upload: Upload) -> str:
    """Everything a person said about the file, in short."""
    words = [
        upload.sha256,
        upload.name,
        str(upload.captured_on),
        upload.account_id,
        upload.mapping,
        upload.choices,
    ]
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _numbers_stamp(team: int) -> str:
    """Moves whenever anything moves that a comparison rests on."""
    batches = Batch.objects.filter(team=team).aggregate(
        Max("pk"), undone=Count("pk", filter=Q(state=BatchState.UNDONE))
    )
    closings = MonthClosing.objects.filter(team=team).aggregate(Max("pk"), Count("pk"))
    taught = SavedMapping.objects.filter(team=team).aggregate(Max("updated_at"), Count("pk"))
    accounts = list(Account.objects.filter(team=team).values_list("pk", "name", "is_active"))
    return repr((batches, closings, taught, accounts))


def keep_look(key: str, preview: Preview, upload: Upload) -> Look:
    """Boil a preview down, and keep it with its long lists beside it."""
    look = look_of(preview, upload)
    caching.keep("look", key, look)
    caching.keep("problems", key, preview.reading.problems)
    caching.keep("changes", key, preview.changes)
    return look


def look_of(preview: Preview, upload: Upload) -> Look:
    reading, problems, account = preview.reading, preview.reading.problems, preview.account
    return Look(
        seen=said(upload),
        needs_mapping=preview.needs_mapping,
        is_mapped=reading.mapping is not None,
        platform_key=reading.platform,
        platform=preview.platform,
        export=preview.export,
        sheets=tuple(each for table in reading.tables for each in _sheets(reading, table)),
        account_number=account.pk if account else None,
        account=str(account or ""),
        account_reason=preview.whose.reason,
        is_sure_account=preview.whose.is_sure,
        account_problem=preview.account_problem,
        owners=tuple(OwnerLook(name, str(preview.owners.get(name, ""))) for name in reading.owners),
        candidates=tuple(each.pk for each in preview.accounts),
        confidence=preview.confidence,
        is_sure=preview.is_sure or reading.mapping is not None,
        has_snapshots=reading.has_posts,
        first_day=preview.first_day,
        last_day=preview.last_day,
        added=preview.added,
        updated=preview.updated,
        unchanged=preview.unchanged,
        conflicts=preview.conflicts,
        ignored=preview.ignored,
        errors=reading.errors,
        values=preview.values,
        closed=preview.closed,
        closed_values=preview.closed_values,
        repeated=preview.repeated.pk if preview.repeated else None,
        blocked=preview.blocked,
        sample=preview.sample,
        disputes=reading.disputes[:PAGE],
        problem_count=len(problems),
        warning_count=sum(problem.severity == "warning" for problem in problems),
        problems=problems[:PAGE],
        changes=preview.changes[:PAGE],
    )


def _sheets(reading: Reading, table: Table) -> list[SheetLook]:
    """The sheet, or each table in it where there are several."""
    everything = sorted(
        (m for m in (*reading.recognitions, *reading.skipped) if m.sheet == table.sheet),
        key=lambda match: (match.header_row, match.first_column),
    )
    if len(everything) < 2:
        return [_sheet(reading, table, everything[0] if everything else None)]
    return [_part(reading, table, match) for match in everything]


def _sheet(reading: Reading, table: Table, match: Recognition | None) -> SheetLook:
    is_mapped = reading.mapping is not None and reading.mapping.sheet in (table.sheet, "")
    said_of_it = reading.choices.sheets.get(table.sheet, "")
    return SheetLook(
        sheet=table.sheet,
        key=table.sheet,
        is_part=False,
        rows=len(table.rows),
        choice=said_of_it,
        is_taken=match is not None or is_mapped,
        label=_label(match) if match else _("按团队教过的列读取") if is_mapped else "",
        confidence=round(match.confidence * 100) if match else 0,
        reason=match.reason if match else _("由你选定不导入。") if said_of_it == SKIP else "",
    )


def _part(reading: Reading, table: Table, match: Recognition) -> SheetLook:
    last = match.last_row or len(table.rows)
    return SheetLook(
        sheet=table.sheet,
        key=region_key(match),
        is_part=True,
        rows=last - match.header_row,
        choice=reading.choices.sheets.get(region_key(match), ""),
        is_taken=match in reading.recognitions,
        label=_label(match),
        confidence=round(match.confidence * 100),
        reason=match.reason,
    )


def _label(match: Recognition) -> str:
    platform = platforms()[match.platform]
    label = next(export.label for export in platform.exports if export.key == match.export)
    return _("%(platform)s「%(export)s」") % {"platform": platform.label, "export": label}


def glance_of(look: Look) -> dict[str, Any]:
    """What lists say of a file without opening it."""
    numbers = ("added", "updated", "unchanged", "conflicts", "ignored", "errors", "values")
    return {
        **{name: getattr(look, name) for name in numbers},
        "platform": look.platform,
        "platform_key": look.platform_key,
        "export": look.export,
        "account": look.account,
        "account_reason": look.account_reason,
        "owners": len(look.owners),
        "first_day": look.first_day.isoformat() if look.first_day else "",
        "last_day": look.last_day.isoformat() if look.last_day else "",
        "needs_mapping": look.needs_mapping,
        "is_repeated": look.repeated is not None,
        "blocked": look.blocked,
        "closed_values": look.closed_values,
        "is_clear": look.is_clear,
        "metrics": [metric.code for metric in look.sample.metrics],
    }
