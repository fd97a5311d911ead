"""The restated values as a workbook, to be kept or worked through with whoever changed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import isnan

from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.documents import Cell, Column, Note, Outline, Table
from yunce.engines.metrics import Metric
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.facts.queries.defining import Span
from yunce.ground.facts.queries.restating import RestatedLine
from yunce.kit.numbers import MISSING
from yunce.kit.segments import segment_words

MOST = 20_000  # rows of one workbook
_FORMATS = {"percent": "0.00%", "yuan": "#,##0.00"}


def restated_outline(
    lines: Sequence[RestatedLine], span: Span, *, is_since: bool, made: datetime
) -> Outline:
    """A line a value: of what, before and now, and both files it came from."""
    columns = (
        Column(_("日期"), 12, number_format="yyyy-mm-dd"),
        Column(_("平台"), 12),
        Column(_("账号"), 18),
        Column(_("作品"), 32),
        Column(_("细分"), 14),
        Column(_("指标"), 16),
        Column(_("指标代码"), 18),
        Column(_("原来"), 14, align="right"),
        Column(_("其间"), 14, align="right"),
        Column(_("现在"), 14, align="right"),
        Column(_("相差"), 14, align="right"),
        Column(_("哪一批改的"), 28),
        Column(_("谁改的"), 12),
        Column(_("什么时候改的"), 18),
        Column(_("原来来自"), 28),
        Column(_("备注"), 16),
    )
    words = {"count": MOST}
    cut = Note(_("改过的数很多，这里是最近改的 %(count)d 个。请把日期改短一些。") % words)
    table = Table(columns, tuple(_row(line) for line in lines[:MOST]))
    return Outline(
        title=_("关账后修订") if is_since else _("修订记录"),
        subtitle=f"{span.start:%Y-%m-%d} – {span.end:%Y-%m-%d}",
        author=_("运策"),
        created=made,
        blocks=(table, cut) if len(lines) >= MOST else (table,),
    )


def _row(line: RestatedLine) -> tuple[Cell, ...]:
    key, metric = line.key, line.metric
    changed = line.changed_by
    at = timezone.localtime(changed.created_at) if changed else None
    return (
        Cell(key.day),
        Cell(line.account.spec.label if line.account else MISSING),
        Cell(line.account.name if line.account else MISSING),
        Cell(str(line.post) if line.post else _("整个账号")),
        Cell(segment_words(key.segment) if key.segment else ""),
        Cell(metric.name if metric else key.metric),
        Cell(key.metric),
        _number(line.old[0], metric) if line.old else Cell(_("没有数")),
        Cell(" → ".join(_written(value) for value in line.old[1:])),
        _number(line.new, metric),
        _difference(line),
        Cell(_batch(changed)),
        Cell(changed.importer if changed else MISSING),
        Cell(f"{at:%Y-%m-%d %H:%M}" if at else MISSING),
        Cell(_batch(line.told_by)),
        Cell("、".join(_remarks(line))),
    )


def _number(value: float, metric: Metric | None) -> Cell:
    """A number to count with; what was taken back is no number any more."""
    if isnan(value):
        return Cell(_("已清空"))
    return Cell(value, number_format=_FORMATS.get(metric.unit, "") if metric else "")


def _difference(line: RestatedLine) -> Cell:
    if not line.old or isnan(line.old[0]) or isnan(line.new):
        return Cell(MISSING)
    return _number(line.new - line.old[0], line.metric)


def _written(value: float) -> str:
    return _("已清空") if isnan(value) else f"{value:.15g}"


def _batch(batch: Batch | None) -> str:
    if batch is None:
        return MISSING
    kinds = {BatchKind.GRID: _("手工填数"), BatchKind.DEMO: _("演示数据")}
    other = _("第 %(number)d 批") % {"number": batch.pk}
    return batch.file_name or kinds.get(BatchKind(batch.kind), other)


def _remarks(line: RestatedLine) -> list[str]:
    return [
        *([_("关账后")] if line.is_since_closing else []),
        *([_("手工改的")] if line.is_by_hand else []),
    ]
