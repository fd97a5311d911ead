"""The page 内容对比: best and worst posts, every grouping with its sentence, the hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from yunce.engines.metrics import Metric, catalogue
from yunce.ground.facts.queries.contents import GROUPINGS, SLOT, Compared, Contents, Grouping
from yunce.kit.wording import gettext as _
from yunce.outputs.dashboards.content import wording
from yunce.outputs.dashboards.content.drawing import (
    Cell,
    GroupLine,
    bar,
    heat,
    reach,
    stands_out,
)

SHOWN = 10  # posts at either end
GROUPS = 12  # of one grouping; the rest is summed up in words
OF_TITLES = GROUPINGS[GROUPINGS.index(SLOT) + 1 :]


@dataclass(frozen=True)
class GroupCard:
    """One grouping as it is shown."""

    name: str
    label: str
    saying: str
    is_told: bool  # enough posts to judge
    is_equal: bool
    is_better: bool
    lines: tuple[GroupLine, ...]
    more: int  # groups beyond those shown
    small: int  # groups of too few posts
    unsaid: int


@dataclass(frozen=True)
class ContentPage:
    """Everything the page shows of what was asked."""

    contents: Contents
    metric: Metric
    age_words: str

    @property
    def verdict(self) -> str:
        named = {each.name: each.effects for each in self.contents.groupings}
        return wording.headline(named)

    @property
    def count(self) -> int:
        return len(self.contents.posts)

    @property
    def best(self) -> Sequence[Compared]:
        return self._ordered[:SHOWN]

    @property
    def worst(self) -> Sequence[Compared]:
        """None that is among the best already."""
        return list(reversed(self._ordered[SHOWN:]))[:SHOWN]

    @cached_property
    def _ordered(self) -> Sequence[Compared]:
        """Multiples where there are any; else every account's own order."""
        posts = self.contents.posts
        if self.contents.has_multiples:
            return [each for each in posts if each.ranked.multiple is not None]
        return sorted(posts, key=lambda each: (each.place / each.of, -each.of))

    @property
    def all_posts(self) -> Sequence[Compared]:
        ranks = [each for each in self.contents.posts if each.ranked.multiple is None]
        ranks.sort(key=lambda each: (each.place / each.of, -each.of))
        return [*self._ordered, *ranks] if self.contents.has_multiples else self._ordered

    @cached_property
    def cards(self) -> list[GroupCard]:
        plain = [each for each in self.contents.groupings if each.name not in (SLOT, *OF_TITLES)]
        return [_card(each) for each in plain]

    @cached_property
    def titles(self) -> list[GroupCard]:
        return [_card(each) for each in self.contents.groupings if each.name in OF_TITLES]

    @cached_property
    def slot(self) -> GroupCard:
        return _card(self._slot)

    @property
    def _slot(self) -> Grouping:
        return next(each for each in self.contents.groupings if each.name == SLOT)

    @property
    def heat(self) -> list[tuple[str, list[Cell]]]:
        found = self._slot
        words = {
            "days": _("周一 周二 周三 周四 周五 周六 周日"),
            "few": _("只有 %(count)d 条，太少"),
            "none": _("没有作品"),
            "told": _("%(effect)s（%(interval)s），%(count)d 条"),
        }
        return heat(found.effects.groups, found.counts, words=words) if found.counts else []

    @property
    def ways(self) -> int:
        """How many groupings were judged: the more, the likelier one of them looks different."""
        return sum(bool(each.effects.groups) for each in self.contents.groupings)


def content_page(contents: Contents, *, metric: str, age_words: str) -> ContentPage:
    return ContentPage(contents, catalogue()[metric], age_words)


def _card(grouping: Grouping) -> GroupCard:
    effects = grouping.effects
    width = reach(effects.groups)
    lines = tuple(
        GroupLine(
            label=wording.group_label(grouping.name, each.group),
            count=each.count,
            effect=wording.share(each.effect),
            interval=wording.interval(each),
            bar=bar(each, reach=width),
            stands_out=not effects.are_equal and stands_out(each),
        )
        for each in effects.groups
    )
    return GroupCard(
        name=grouping.name,
        label=wording.grouping_label(grouping.name),
        saying=wording.saying(grouping),
        is_told=bool(effects.groups),
        is_equal=effects.are_equal,
        is_better=wording.is_better(effects),
        lines=lines[:GROUPS],
        more=max(0, len(lines) - GROUPS),
        small=len(grouping.counts) - len(lines) if lines else 0,
        unsaid=grouping.unsaid,
    )
