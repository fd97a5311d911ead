"""五、迭代优化: what last month's review decided, what was changed since the plan stood."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.documents import Block, Cell, Column, Note
from yunce.kit.timing import short
from yunce.loop.goals.models import ChangeState, ChangeVerb, PlanChange, PlanState
from yunce.loop.reviews.models import Improvement
from yunce.outputs.reports.catalogue._chapters._material import Material
from yunce.outputs.reports.catalogue._chapters._wording import chapter, prompt, section, table

STANDS = (PlanState.LOCKED, PlanState.CLOSED)


def blocks(material: Material) -> Iterator[Block]:
    yield chapter(5, _("迭代优化"))
    yield section(5, 1, _("上月复盘带来的改进"))
    yield from _carried(material)
    yield section(5, 2, _("定稿后的变更"))
    yield from _changes(material)
    yield section(5, 3, _("按数据调整"))
    yield prompt(
        _("每周哪天看哪些数，偏了多少就动手，谁拍板。"),
        _("运营组长"),
        _("「每周一 10 点看达成率：落后计划 10% 以上，当天开 15 分钟会定调整。」"),
    )
    yield section(5, 4, _("用户反馈与内容创新"))
    yield prompt(
        _("从评论、私信、客服里收什么反馈，本月试哪一两种新内容，怎么算试成了。"),
        _("社群专员、文案专员"),
        _("「试 3 条 15 秒口播：发布 7 天后播放高于账号中位，就留下。」"),
    )
    yield section(5, 5, _("团队学习"))
    yield prompt(
        _("本月谁学什么、讲给谁听、什么时候。"),
        _("运营组长"),
        _("「5/16 推广专员分享信息流投放，全组 1 小时。」"),
    )


def _carried(material: Material) -> Iterator[Block]:
    if not material.carried:
        yield prompt(
            _("上月复盘没有留下改进措施。写下上月的问题和本月怎么改。"),
            _("各维度负责人，在上月的「复盘」页写"),
            _("「落地页 ≤ 2 秒，转化率 +15%，UI 设计，6/15 前。」"),
        )
        return
    columns = (
        Column(_("目标维度"), 14, align="center"),
        Column(_("改进措施"), 38),
        Column(_("预期效果"), 28),
        Column(_("负责人"), 16),
        Column(_("完成日期"), 13, align="center"),
        Column(_("本月的任务"), 28),
    )
    yield table(columns, (_carried_row(each) for each in material.carried))


def _carried_row(improvement: Improvement) -> tuple[Cell | str, ...]:
    task = improvement.task
    taken = task is not None and task.deleted_at is None
    return (
        improvement.get_dimension_display(),
        improvement.measure,
        improvement.expected,
        str(improvement.owner or ""),
        short(improvement.due_on) if improvement.due_on else "",
        str(task) if taken else Cell(_("还没有排进来"), tone="warn"),
    )


def _changes(material: Material) -> Iterator[Block]:
    if material.plan.state not in STANDS:
        yield Note(_("计划还没有定稿，定稿后的每次变更会连同原因列在这里。"))
        return
    told = [change for change in material.changes if change.state == ChangeState.APPLIED]
    if not told:
        yield Note(_("定稿以来没有变更。"))
        return
    columns = (
        Column(_("改了什么"), 26),
        Column(_("原来"), 22),
        Column(_("现在"), 22),
        Column(_("原因"), 34),
        Column(_("提出 / 同意"), 24),
        Column(_("日期"), 12, align="center"),
    )
    yield table(columns, (_change_row(change) for change in told))


def _change_row(change: PlanChange) -> tuple[Cell | str, ...]:
    at = timezone.localtime(change.decided_at) if change.decided_at else None
    now = change.wanted_text if change.verb != ChangeVerb.REMOVE else _("删除")
    people = dict.fromkeys(str(each) for each in (change.proposed_by, change.decided_by) if each)
    return (
        change.label,
        change.was_text,
        now,
        change.reason,
        " / ".join(people),
        short(at.date()) if at else "",
    )
