"""What the groupings say, in sentences: the claim at the lower end, 无差别 where it is so."""

from __future__ import annotations

from yunce.engines.explain import LEAST_POSTS as LEAST
from yunce.engines.explain import GroupEffect, GroupEffects, Status
from yunce.ground.facts.queries.contents import LEAST_EACH, Grouping
from yunce.kit.numbers import MINUS
from yunce.kit.wording import gettext as _

YES, NO = "yes", "no"


def grouping_label(name: str) -> str:
    return {
        "form": _("形式"),
        "series": _("系列"),
        "topic": _("话题"),
        "slot": _("发布时段"),
        "length": _("标题长度"),
        "number": _("标题带数字"),
        "question": _("标题是问句"),
        "moving": _("标题有情绪词"),
        "exclamation": _("标题有感叹号"),
        "reader": _("标题对「你」说话"),
        "brackets": _("标题有【】「」"),
    }[name]


def group_label(grouping: str, word: str) -> str:
    """A group as people call it: 周三 18 点 · 11–20 字 · 是."""
    if grouping == "slot":
        weekday, hour = word.split("-")
        day = _("周一 周二 周三 周四 周五 周六 周日").split()[int(weekday) - 1]
        return _("%(day)s %(hour)s 点") % {"day": day, "hour": hour}
    if grouping == "length":
        return _("%(span)s 字") % {"span": word}
    if word in (YES, NO):
        return _("是") if word == YES else _("否")
    return word


def share(value: float) -> str:
    """+23% · −8% · 0%; of what is more than nine times as much: 10 倍."""
    percent = round(value * 100)
    if percent >= 900:
        return _("%d 倍") % round(value + 1)
    return f"+{percent}%" if percent > 0 else f"{MINUS}{-percent}%" if percent else "0%"


def interval(effect: GroupEffect) -> str:
    return f"{share(effect.lo)} – {share(effect.hi)}"


def is_better(effects: GroupEffects) -> bool:
    """Whether a best group may be named: even the low end is above the mean."""
    return effects.claim is not None and round(effects.claim.lo * 100) > 0


def saying(grouping: Grouping) -> str:
    """One sentence of a grouping; the best is claimed by the low end of its interval."""
    effects = grouping.effects
    if not grouping.counts:
        return _("还没有作品说明了这一项。")
    if effects.claim is None and not effects.are_equal:
        large = [many for many in grouping.counts.values() if many >= LEAST_EACH]
        words = {"each": LEAST_EACH, "groups": len(large), "posts": sum(large), "least": LEAST}
        told = _(
            "太少：够 %(each)d 条的只有 %(groups)d 组，共 %(posts)d 条；要 2 组、%(least)d 条才比。"
        )
        return told % words
    if effects.are_equal or effects.claim is None:
        return _("无差别：各组的高低，随机分组也会有这么大。")
    best = effects.claim
    said = {"group": group_label(grouping.name, best.group), "least": share(best.lo)}
    if is_better(effects):
        return _("「%(group)s」最好：比全部作品的平均至少 %(least)s。") % said
    return _("看着有差别，但还说不准：「%(group)s」最高，区间仍含 0。") % said


def headline(named: dict[str, GroupEffects]) -> str:
    """The page's verdict: the surest difference there is, or that there is none."""
    better = {name: effects for name, effects in named.items() if is_better(effects)}
    if better:
        name = max(better, key=lambda each: better[each].claim.lo)  # type: ignore[union-attr]
        claim = better[name].claim
        assert claim is not None  # noqa: S101 - is_better looked
        words = {"label": grouping_label(name), "group": group_label(name, claim.group)}
        words["least"] = share(claim.lo)
        if claim.group == YES:
            return _("%(label)s的作品，比平均至少 %(least)s") % words
        if claim.group == NO:
            return _("不「%(label)s」的作品，比平均至少 %(least)s") % words
        return _("%(label)s「%(group)s」的作品，比平均至少 %(least)s") % words
    if any(effects.status is not Status.INSUFFICIENT for effects in named.values()):
        return _("还没有哪种做法明显更好")
    return _("作品还少，先看排名")
