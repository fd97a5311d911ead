"""What an effect says, in sentences that never claim a cause nobody can see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yunce.engines.explain import Effect, Verdict
from yunce.kit.numbers import MINUS
from yunce.kit.wording import gettext as _
from yunce.loop.reviews.queries.deeds import Deed

TIMES = 9.0  # a share from which on it is told as so many times


@dataclass(frozen=True)
class Chip:
    tone: str
    icon: str
    word: str


def share(value: float | None) -> str:
    """+30% · −8%; from nine times on: 12 倍."""
    if value is None:
        return "—"
    percent = round(value * 100)
    if value >= TIMES:
        return _("%d 倍") % round(value + 1)
    return f"+{percent}%" if percent > 0 else f"{MINUS}{-percent}%" if percent < 0 else "0%"


def chip(effect: Effect, beside: Sequence[Deed]) -> Chip:
    """Nobody gets the credit where several things happened at once."""
    if effect.verdict is None:
        return Chip("", "ti-hourglass", _("还不能说"))
    if beside:
        return Chip("", "ti-arrows-join", _("分不开"))
    looks = {
        Verdict.WORKED: ("good", "ti-circle-check"),
        Verdict.UNCLEAR: ("", "ti-equal"),
        Verdict.HARMED: ("bad", "ti-trending-down"),
    }
    tone, icon = looks[effect.verdict]
    return Chip(tone, icon, effect.verdict.label)


def verdict(effect: Effect, metric: str, beside: Sequence[Deed]) -> str:
    """The page's headline."""
    if effect.verdict is None:
        return _("还不能说有没有用")
    words = {"metric": metric, "lift": share(effect.lift), "count": len(beside) + 1}
    words |= {"lo": share(effect.lo), "hi": share(effect.hi)}
    if beside:
        return _("%(count)d 件事同时做，分不开：%(metric)s合起来 %(lift)s") % words
    if effect.verdict is Verdict.WORKED and (effect.lo or 0) >= TIMES:
        return _("有效：%(metric)s至少是没有它时的 %(lo)s") % words
    if effect.verdict is Verdict.WORKED:
        return _("有效：%(metric)s比没有它时至少多 %(least)s") % (words | _least(effect.lo))
    if effect.verdict is Verdict.HARMED:
        return _("反效果：%(metric)s比没有它时至少少 %(least)s") % (words | _least(effect.hi))
    return _("看不出：%(metric)s的变化在 %(lo)s 到 %(hi)s 之间，含 0") % words


def _least(value: float | None) -> dict[str, str]:
    percent = abs(round((value or 0) * 100))
    return {"least": f"{percent}%" if percent else _("一点")}


def smallest(effect: Effect) -> str:
    """The smallest change that would have been seen; never less than a hundredth."""
    return share(None if effect.mde is None else max(effect.mde, 0.01))


def seen_from(effect: Effect) -> str:
    """How large an effect had to be to be seen at all."""
    if effect.mde is None or effect.is_refused:
        return ""
    words = {"least": smallest(effect)}
    if effect.verdict is Verdict.UNCLEAR:
        return _("看不出不等于没有：平常的起伏下，%(least)s 以上才看得出来。") % words
    return _("平常的起伏下，%(least)s 以上才看得出来。") % words


def cautions(
    effect: Effect,
    *,
    beside: Sequence[Deed],
    before: Sequence[Deed],
    marks: Sequence[str],
    window: str,
) -> list[str]:
    """What has to be true for the number to mean what it says, and what speaks against it."""
    told = list(effect.assumptions)
    if beside:
        names = "、".join(dict.fromkeys(f"「{each.title}」" for each in beside))
        told.insert(0, _("同一时间还有 %(names)s，谁起的作用分不开。") % {"names": names})
    if marks:
        words = {"window": window, "names": "、".join(marks)}
        told.append(_("%(window)s赶上 %(names)s，变化里有它们的份。") % words)
    if before:
        days = "、".join(dict.fromkeys(f"{each.start.month}/{each.start.day}" for each in before))
        told.append(
            _("用来比的前四周里 %(days)s 也做过事，平常的水平可能偏高，效果会显得小。")
            % {"days": days}
        )
    return told
