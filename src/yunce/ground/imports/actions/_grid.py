"""Numbers typed by hand: all the changed cells of a page in one batch, or none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.engines.metrics import FactKey, FactRow, Metric, StoredRow
from yunce.ground.channels.models import Account
from yunce.ground.facts import actions as facts
from yunce.ground.facts.actions import Recorded, Source
from yunce.ground.facts.models import BatchKind
from yunce.ground.facts.queries import account_values
from yunce.ground.imports.actions._uploads import own_account
from yunce.ground.imports.gridding import (
    GridCell,
    Place,
    Statement,
    Typed,
    fact_row,
    grid_metrics,
    is_changed,
    may_be_cleared,
    read_cell,
    seen_mark,
    shown,
    value_beneath,
)
from yunce.ground.imports.telling import statements, who_said
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month


@dataclass(frozen=True)
class GridSaved:
    """What came of a page of typed numbers."""

    recorded: Recorded | None  # None: nothing was written
    wrong: Mapping[Place, GridCell] = field(default_factory=dict)  # cells to look at again


class _Overtaken(Exception):  # noqa: N818 - not an error: two people, one cell
    def __init__(self, wrong: Mapping[Place, GridCell]) -> None:
        self.wrong = wrong


def save_grid(
    *,
    access: Access,
    account: Account,
    month: Month,
    typed: Mapping[Place, Typed],
    today: date,
) -> GridSaved:
    """Write what was changed. One wrong or overtaken cell, and nothing is written.

    MonthClosedError when the month is closed.
    """
    access.require(Capability.RECORD)
    own_account(access, account)
    changed = _changed(typed, month)
    emptied = {place for place, cell in changed.items() if not cell.text.strip()}
    values, wrong = _read({p: cell for p, cell in changed.items() if p not in emptied}, today)
    wanted: dict[Place, float | None] = {**values, **dict.fromkeys(emptied)}
    said = statements(account, emptied, month)

    def beneath() -> dict[Place, float | None]:
        """What stays in each emptied cell; asked for while nobody else can write."""
        now = statements(account, emptied, month)
        return {place: value_beneath(now.get(place, ())) for place in emptied}

    wrong |= {
        place: _not_typed(place, changed[place]) for place in emptied if _is_told(said, place)
    }

    def overtaken() -> dict[Place, GridCell]:
        stored = account_values(
            account, {code for code, _day in wanted}, start=month.first, end=month.last
        )
        return _overtaken(stored, changed, wanted)

    if not changed or wrong:
        return GridSaved(None, {**wrong, **overtaken()})

    def rows(_numbers: object) -> list[FactRow]:
        """Asked for while nobody else can write."""
        if both := overtaken():
            raise _Overtaken(both)
        stated = values | {place: v for place, v in beneath().items() if v is not None}
        metrics = grid_metrics()
        return [fact_row(account, metrics[code], day, v) for (code, day), v in stated.items()]

    def taken() -> list[FactKey]:
        metrics = grid_metrics()
        gone = (place for place, value in beneath().items() if value is None)
        return [fact_row(account, metrics[code], day, 0.0).key for code, day in gone]

    source = Source(kind=BatchKind.GRID, account=account, platform=account.platform)
    try:
        return GridSaved(
            facts.record(team=access.team, by=access.user, source=source, rows=rows, taken=taken)
        )
    except _Overtaken as found:
        return GridSaved(None, found.wrong)


def _changed(typed: Mapping[Place, Typed], month: Month) -> dict[Place, Typed]:
    metrics = grid_metrics()
    for code, day in typed:
        if code not in metrics or day not in month:
            raise ValidationError(_("表格里有不属于这个月的格子，请刷新页面再填。"))
    return {place: cell for place, cell in typed.items() if is_changed(metrics[place[0]], cell)}


def _read(
    changed: Mapping[Place, Typed], today: date
) -> tuple[dict[Place, float], dict[Place, GridCell]]:
    values: dict[Place, float] = {}
    wrong: dict[Place, GridCell] = {}
    for (code, day), cell in changed.items():
        metric = grid_metrics()[code]
        try:
            values[code, day] = read_cell(metric, cell, is_future=day > today)
        except ValueError as error:
            wrong[code, day] = _again(metric, day, cell, error=str(error))
    return values, wrong


def _is_told(said: Mapping[Place, Sequence[Statement]], place: Place) -> bool:
    """A number files told stands there, and typing has nothing to take back."""
    return bool(said.get(place)) and not may_be_cleared(said[place])


def _not_typed(place: Place, cell: Typed) -> GridCell:
    sentence = _("这个数是文件里的，不能在这里清空。要去掉它，请到「数据导入」撤销写入它的那一批。")
    return _again(grid_metrics()[place[0]], place[1], cell, error=sentence)


def _again(metric: Metric, day: date, cell: Typed, *, error: str = "") -> GridCell:
    """The cell as it came; one that was emptied gets its number back."""
    text = cell.text.strip() or shown(metric, float(cell.seen) if cell.seen else None)
    return GridCell(metric, day, text=text, seen=cell.seen, error=error)


def _overtaken(
    stored: Mapping[Place, StoredRow],
    changed: Mapping[Place, Typed],
    values: Mapping[Place, float | None],
) -> dict[Place, GridCell]:
    """Cells somebody else has changed since the page was made; they now carry the new value.

    Saving once more then says «mine».
    """
    found = {}
    for place, value in values.items():
        row, cell = stored.get(place), changed[place]
        now = row.value if row else None
        if seen_mark(now) != cell.seen and now != value:
            found[place] = _both(place, cell, row)
    return found


def _both(place: Place, cell: Typed, row: StoredRow | None) -> GridCell:
    metric = grid_metrics()[place[0]]
    now = row.value if row else None
    return replace(
        _again(metric, place[1], cell),
        text=cell.text.strip(),
        seen=seen_mark(now),
        theirs=shown(metric, now) or _("没有数"),
        who=who_said(row.batch) if row else "",
    )
