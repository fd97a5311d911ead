"""What people do with a goal's parts: add, change, split anew, take out, bring back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.platforms import platforms
from yunce.engines.targets import NodeKind, TargetTreeError, resplit
from yunce.ground.journal.actions import Changes
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.kit.segments import read_segment
from yunce.kit.text import tidy
from yunce.loop.goals.actions._checked import lock_goal, refuse_outsider, refuse_unseen
from yunce.loop.goals.actions._part_words import part_texts, words_held
from yunce.loop.goals.models import Goal, Part, PartKind, PartWords
from yunce.loop.goals.queries.parts import weeks_of
from yunce.loop.goals.rules import may_be_goal
from yunce.loop.goals.rules.parts import (
    LEVELS,
    MOST_PARTS,
    NAME_LENGTH,
    SEGMENT_LENGTH,
    UNIT_LENGTH,
    amount_problem,
    root_kind,
    segment_problem,
    step_of,
)

FIELDS = tuple(PartWords.__dataclass_fields__)


@transaction.atomic
def add_part(*, access: Access, goal: Goal, words: PartWords, parent: Part | None = None) -> Part:
    """Add a part under the goal or under another part; ValidationError says what is wrong."""
    goal = lock_goal(access, goal)
    _refuse_full(goal, 1)
    if parent is not None:
        parent = _held(goal, parent)
        _refuse_depth(parent)
    fields = _checked(access, goal, words)
    if parent is not None and parent.kind == PartKind.LEAF:
        raise ValidationError(
            _("「%s」是直接写数的部分，不能再有下级。请先把它改成「下级相加」或「下级相乘」。")
            % parent.name
        )
    part = Part.objects.create(
        goal=goal, parent=parent, position=_next_position(goal, parent), **fields
    )
    _note(access, "goals.add_part", part)
    return part


@transaction.atomic
def change_part(
    *, access: Access, part: Part, words: PartWords, seen: Mapping[str, str] | None = None
) -> Part:
    """Change what is said of a part; ``seen`` is what it said before (None: not asked)."""
    goal = lock_goal(access, part.goal)
    current = _held(goal, part)
    if seen is not None:
        now = part_texts(words_held(current))
        refuse_unseen("part", current=now, seen=dict(seen), wanted=part_texts(words))
    fields = _checked(access, goal, words)
    has_parts = Part.objects.filter(parent=current).exists()
    if words.kind == PartKind.LEAF and has_parts:
        raise ValidationError(
            {"kind": _("「%s」还有下级，不能直接写数。请先删掉下级。") % current.name}
        )
    changes = {name: (getattr(current, name), fields[name]) for name in FIELDS}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return current
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=list(fields))
    _note(access, "goals.change_part", current, changes)
    return current


@transaction.atomic
def set_part_amount(
    *, access: Access, part: Part, amount: Decimal | None, seen: Decimal | None, keep_sum: bool
) -> Part:
    """Set a leaf's amount; with ``keep_sum`` its neighbours take or give the difference."""
    goal = lock_goal(access, part.goal)
    current = _held(goal, part)
    if current.kind != PartKind.LEAF:
        raise ValidationError(_("「%s」由下级算出，请改它的下级。") % current.name)
    if problem := amount_problem(amount):
        raise ValidationError({"amount": problem})
    refuse_unseen("amount", current=current.amount, seen=seen, wanted=amount)
    if current.amount == amount:
        return current
    wanted = {current.pk: amount}
    if keep_sum:
        wanted = dict(_split_anew(goal, current, amount))
    _write_amounts(access, current, wanted)
    current.refresh_from_db(fields=["amount"])
    return current


def _split_anew(goal: Goal, part: Part, amount: Decimal | None) -> Mapping[int, Decimal]:
    """The neighbours' amounts once this part has its new one."""
    above = part.parent.kind if part.parent else root_kind(goal.spec.kind).value
    if above != NodeKind.SUM:
        raise ValidationError(_("只有相加的部分才能重新分配；相乘或加权的请逐个改。"))
    beside = list(Part.objects.filter(goal=goal, parent=part.parent))
    if amount is None or any(one.amount is None for one in beside):
        raise ValidationError(_("还有部分没有填数或由下级算出，不能自动重新分配。请逐个改。"))
    amounts = {str(one.pk): one.amount for one in beside if one.amount is not None}
    try:
        split = resplit(amounts, str(part.pk), amount, step=step_of(goal.spec.unit))
    except TargetTreeError as error:
        raise ValidationError({"amount": str(error)}) from error
    return {int(key): value for key, value in split.items()}


def _write_amounts(access: Access, part: Part, wanted: Mapping[int, Decimal | None]) -> None:
    parts = Part.objects.in_bulk(list(wanted))
    changed = [one for one in parts.values() if one.amount != wanted[one.pk]]
    changes = {one.name: (one.amount, wanted[one.pk]) for one in changed}
    for one in changed:
        one.amount = wanted[one.pk]
    Part.objects.bulk_update(changed, ["amount"])
    _note(access, "goals.set_part_amount", part, changes)


@transaction.atomic
def put_back_amounts(*, access: Access, part: Part, amounts: Mapping[int, Decimal | None]) -> None:
    """Undo a new split: the amounts the part and its neighbours had."""
    goal = lock_goal(access, part.goal)
    current = _held(goal, part)
    beside = set(
        Part.objects.filter(goal=goal, parent=current.parent, kind=PartKind.LEAF).values_list(
            "pk", flat=True
        )
    )
    if not amounts or not set(amounts) <= beside:
        raise ValidationError(_("这几个部分刚被改过，没有撤销。请刷新页面再看。"))
    for amount in amounts.values():
        if problem := amount_problem(amount):
            raise ValidationError(problem)
    _write_amounts(access, current, amounts)


@transaction.atomic
def remove_part(*, access: Access, part: Part) -> Part:
    """Take a part out with all that is below it; `restore_part` brings them back."""
    goal = lock_goal(access, part.goal)
    current = _held(goal, part)
    Part.objects.filter(pk__in=_family(goal, current)).update(deleted_at=timezone.now())
    _note(access, "goals.remove_part", current)
    return current


@transaction.atomic
def restore_part(*, access: Access, part: Part) -> Part:
    """Bring a part back with what went with it; one that is there stays as it is."""
    goal = lock_goal(access, part.goal)
    current = Part.everything.select_for_update().get(pk=part.pk)
    if current.deleted_at is None:
        return current
    if current.parent_id and not Part.objects.filter(pk=current.parent_id).exists():
        raise ValidationError(_("它的上级已被删除，请先恢复上级。"))
    together = Part.everything.filter(goal=goal, deleted_at=current.deleted_at)
    _refuse_full(goal, together.count())
    together.update(deleted_at=None)
    _note(access, "goals.restore_part", current)
    return current


@transaction.atomic
def fill_parts(*, access: Access, goal: Goal, parts: Sequence[PartWords], how: str) -> list[Part]:
    """Put several parts under a goal that has none: a template's."""
    goal = lock_goal(access, goal)
    if Part.objects.filter(goal=goal).exists():
        raise ValidationError(_("这个目标已有拆解。请先删掉，或在现有的上面改。"))
    _refuse_full(goal, len(parts))
    made = Part.objects.bulk_create(
        Part(goal=goal, position=at, **_checked(access, goal, words))
        for at, words in enumerate(parts)
    )
    _note(access, "goals.fill_parts", goal, {"parts": ("", how)})
    return made


@transaction.atomic
def copy_parts(*, access: Access, goal: Goal, parts: Sequence[Part]) -> None:
    """Put another month's tree under a goal that has none; weeks belong to that month."""
    goal = lock_goal(access, goal)
    if Part.objects.filter(goal=goal).exists():
        raise ValidationError(_("这个目标已有拆解。请先删掉，或在现有的上面改。"))
    made: dict[int | None, Part | None] = {None: None}
    waiting = [part for part in parts if not part.week]
    while ready := [part for part in waiting if part.parent_id in made]:
        for part in ready:
            kept = {name: getattr(part, name) for name in FIELDS}
            made[part.pk] = Part.objects.create(
                goal=goal, parent=made[part.parent_id], position=part.position, **kept
            )
        waiting = [part for part in waiting if part not in ready]
    if len(made) == 1:
        raise ValidationError(_("上月的拆解只有按周的部分，不能照搬。请用「按周均分」。"))
    _note(access, "goals.fill_parts", goal, {"parts": ("", _("照搬上月的拆解"))})


def _held(goal: Goal, part: Part) -> Part:
    found = Part.objects.select_related("parent").filter(pk=part.pk, goal=goal).first()
    if found is None:
        raise ValidationError(_("这个部分刚被别人删除了。请刷新页面。"))
    found.goal = goal
    return found


def _family(goal: Goal, part: Part) -> set[int]:
    """The part and everything below it."""
    pairs = list(Part.objects.filter(goal=goal).values_list("pk", "parent"))
    found = {part.pk}
    while more := {pk for pk, parent in pairs if parent in found} - found:
        found |= more
    return found


def _checked(access: Access, goal: Goal, words: PartWords) -> dict[str, object]:
    """The fields to save, or every sentence about what is wrong."""
    problems = _problems(goal, words)
    if words.account is not None and words.account.team_id != access.team.pk:
        problems["account"] = _("账号要从本团队的账号里选。")
    if problems:
        raise ValidationError(problems)
    refuse_outsider(access, words.owner)
    fields = {name: getattr(words, name) for name in FIELDS}
    is_leaf = words.kind == PartKind.LEAF
    return fields | {
        "name": tidy(words.name),
        "unit": tidy(words.unit),
        "segment": read_segment(words.segment),
        "amount": words.amount if is_leaf else None,
        "platform": "" if words.account else words.platform,
    }


def _problems(goal: Goal, words: PartWords) -> dict[str, str]:
    known = goal.plan.catalogue
    found = {
        "name": _name_problem(tidy(words.name)),
        "kind": "" if words.kind in PartKind.values else _("请选这一部分怎么算。"),
        "amount": amount_problem(words.amount),
        "weight": amount_problem(words.weight),
        "unit": "" if len(words.unit) <= UNIT_LENGTH else _("量词写一两个字，例如「场」。"),
        "segment": segment_problem(read_segment(words.segment))
        if len(words.segment) <= SEGMENT_LENGTH
        else _("细分最多 %d 个字。") % SEGMENT_LENGTH,
        "platform": ""
        if not words.platform or words.platform in platforms()
        else _("没有「%s」这个平台。请从列表里选。") % words.platform,
        "week": ""
        if words.week is None or words.week in weeks_of(goal.plan.month)
        else _("这一周不在 %s 里。请选本月的一周。") % goal.plan.month,
        "metric": ""
        if not words.metric
        or (words.metric in known and may_be_goal(known.metric(words.metric), known))
        else _("「%s」不能用来量这一部分。请从指标里选。") % words.metric,
    }
    return {name: problem for name, problem in found.items() if problem}


def _name_problem(name: str) -> str:
    if not name:
        return _("请写这一部分叫什么，例如「直播拉新」。")
    if len(name) > NAME_LENGTH:
        return _("名称最多 %d 个字。请写短一些。") % NAME_LENGTH
    return ""


def _refuse_full(goal: Goal, more: int) -> None:
    if Part.objects.filter(goal=goal).count() + more > MOST_PARTS:
        raise ValidationError(_("一个目标最多拆成 %d 个部分。") % MOST_PARTS)


def _refuse_depth(parent: Part) -> None:
    depth, above = 1, parent
    while above.parent is not None:
        depth, above = depth + 1, above.parent
    if depth >= LEVELS:
        raise ValidationError(_("拆解最多 %d 层。请在上面几层里加。") % LEVELS)


def _next_position(goal: Goal, parent: Part | None) -> int:
    last = Part.objects.filter(goal=goal, parent=parent).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _note(access: Access, verb: str, subject: Part | Goal, changes: Changes | None = None) -> None:
    write_journal(
        verb=verb, subject=subject, actor=access.user, team_id=access.team.pk, changes=changes
    )
