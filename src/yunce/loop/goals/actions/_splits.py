"""Changing how a goal is split under a plan that stands: put to the others with a reason.

A wish names an act and its arguments as texts, so that it can wait for approval and be done then
through the same doors as on any other day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions._changes import Wish, propose_change, rehearse, settled
from yunce.loop.goals.actions._curve import set_curve_day, set_curve_week, shape_curve
from yunce.loop.goals.actions._fields import set_baseline, set_importance
from yunce.loop.goals.actions._goals import reorder_goals
from yunce.loop.goals.actions._parts import (
    add_part,
    change_part,
    copy_parts,
    fill_parts,
    remove_part,
    set_part_amount,
)
from yunce.loop.goals.models import ChangeVerb, Goal, Part, PartWords, PlanChange, SubjectKind
from yunce.loop.goals.queries.splits import Difference, difference, picture_of_goal
from yunce.loop.goals.queries.templates import even_weeks, like_last_month, tree_last_month

Args = Mapping[str, str]
OWN = "own"  # of a wish: the keys of the picture that people write


def propose_split(*, access: Access, goal: Goal, act: str, args: Args, reason: str) -> PlanChange:
    """Put a change of a goal's parts, curve or weight to the others; alone it is done at once.

    ``act`` is a key of ACTS; ValidationError when it could not be done or changes nothing.
    """
    label = f"{goal.name} · {_named(goal, act, args)}"
    found = _rehearsed(access, goal, act, args)
    wish = Wish(
        verb=VERBS.get(act, ChangeVerb.EDIT),
        kind=SubjectKind.SPLIT,
        subject=None if act == "add" else goal.pk,
        label=label,
        field=f"part-{args['part']}" if args.get("part") else CURVE.get(act, act),
        was=found.was,
        wanted={**args, "act": act, "goal": str(goal.pk), OWN: " ".join(found.own)},
        was_text=found.was_text,
        wanted_text=found.now_text,
    )
    change = propose_change(access=access, plan=goal.plan, wish=wish, reason=reason)
    return settled(access, change)


def apply_split(access: Access, change: PlanChange) -> None:
    """Do what was agreed, unless what it writes was changed since it was proposed."""
    goal = Goal.objects.filter(plan=change.plan, pk=change.wanted["goal"]).first()
    if goal is None:
        raise ValidationError(_("「%s」已经不在计划里了。请不同意这条变更。") % change.label)
    goal.plan = change.plan
    now = picture_of_goal(goal)
    for key in change.wanted[OWN].split():
        if (now[key].text if key in now else "") != change.was[key]:
            raise ValidationError(
                _("提出之后这里又变了，不能照原样写入。请不同意这条，再按现在的内容提一次。")
            )
    ACTS[change.wanted["act"]](access, goal, change.wanted)


def _rehearsed(access: Access, goal: Goal, act: str, args: Args) -> Difference:
    before, found = picture_of_goal(goal), []

    def apply() -> str:
        ACTS[act](access, goal, args)
        fresh = Goal.objects.get(pk=goal.pk)
        fresh.plan = goal.plan
        found.append(difference(before, picture_of_goal(fresh)))
        return found[0].now_text

    rehearse(plan=goal.plan, apply=apply)
    if not found[0].was:
        raise ValidationError(_("内容没有变，不用提变更。"))
    return found[0]


def _named(goal: Goal, act: str, args: Args) -> str:
    """What the change is about, in a word."""
    words = {
        "add": args.get("name", ""),
        "fill": _("拆解"),
        "baseline": _("基线"),
        "importance": _("重要性"),
        "order": _("优先级"),
    }
    if args.get("part"):
        return str(_part(goal, args))
    return words.get(act, _("计划曲线"))


def _part(goal: Goal, args: Args, name: str = "part") -> Part:
    found = Part.objects.filter(goal=goal, pk=args[name]).select_related("parent").first()
    if found is None:
        raise ValidationError(_("这个部分刚被别人删除了。请刷新页面。"))
    found.goal = goal
    return found


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValidationError(_("「%s」不是一个数。") % text) from error


def _words(access: Access, args: Args) -> PartWords:
    members = Member.objects.filter(team=access.team)
    accounts = Account.objects.filter(team=access.team)
    return PartWords(
        name=args["name"],
        kind=args["kind"],
        amount=_number(args["amount"]),
        weight=_number(args["weight"]),
        unit=args["unit"],
        owner=members.filter(pk=args["owner"] or 0).first(),
        metric=args["metric"],
        account=accounts.filter(pk=args["account"] or 0).first(),
        platform=args["platform"],
        segment=args["segment"],
        week=date.fromisoformat(args["week"]) if args["week"] else None,
    )


def _add(access: Access, goal: Goal, args: Args) -> object:
    parent = _part(goal, args, "parent") if args.get("parent") else None
    return add_part(access=access, goal=goal, words=_words(access, args), parent=parent)


def _change(access: Access, goal: Goal, args: Args) -> object:
    return change_part(access=access, part=_part(goal, args), words=_words(access, args))


def _amount(access: Access, goal: Goal, args: Args) -> object:
    part, amount = _part(goal, args), _number(args["amount"])
    keep = args.get("keep") == "1"
    return set_part_amount(access=access, part=part, amount=amount, seen=part.amount, keep_sum=keep)


def _remove(access: Access, goal: Goal, args: Args) -> object:
    return remove_part(access=access, part=_part(goal, args))


def _fill(access: Access, goal: Goal, args: Args) -> object:
    how = args["how"]
    if how == "copy":
        return copy_parts(access=access, goal=goal, parts=tree_last_month(goal))
    made = even_weeks(goal) if how == "weeks" else like_last_month(goal)
    named = _("按周均分") if how == "weeks" else _("按上月结构")
    return fill_parts(access=access, goal=goal, parts=made, how=named)


def _shape(access: Access, goal: Goal, args: Args) -> object:
    return shape_curve(access=access, goal=goal, shape=args["shape"])


def _day(access: Access, goal: Goal, args: Args) -> object:
    day, amount = date.fromisoformat(args["day"]), _number(args["amount"])
    return set_curve_day(access=access, goal=goal, day=day, amount=amount)


def _week(access: Access, goal: Goal, args: Args) -> object:
    monday, amount = date.fromisoformat(args["week"]), _number(args["amount"]) or Decimal(0)
    return set_curve_week(access=access, goal=goal, monday=monday, amount=amount)


def _baseline(access: Access, goal: Goal, args: Args) -> object:
    wanted = _number(args["baseline"])
    return set_baseline(access=access, goal=goal, baseline=wanted, seen=goal.baseline)


def _importance(access: Access, goal: Goal, args: Args) -> object:
    wanted = int(args["importance"])
    return set_importance(access=access, goal=goal, importance=wanted, seen=goal.importance)


def _order(access: Access, goal: Goal, args: Args) -> object:
    numbers = [int(number) for number in args["order"].split(",")]
    return reorder_goals(access=access, plan=goal.plan, numbers=numbers)


VERBS = {"add": ChangeVerb.ADD, "remove": ChangeVerb.REMOVE}
CURVE = {"shape": "curve", "day": "curve", "week": "curve"}  # one waiting change per curve
ACTS: Mapping[str, Callable[[Access, Goal, Args], object]] = {
    "add": _add,
    "change": _change,
    "amount": _amount,
    "remove": _remove,
    "fill": _fill,
    "shape": _shape,
    "day": _day,
    "week": _week,
    "baseline": _baseline,
    "importance": _importance,
    "order": _order,
}
