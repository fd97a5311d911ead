"""Two versions of a plan side by side: what was added, removed, changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from yunce.kit.wording import gettext as _

SCHEMA = 2  # of a version's content; 1 had no parts and curves
Content = Mapping[str, Any]
What = Literal["added", "removed", "changed", "same"]


@dataclass(frozen=True)
class FieldPair:
    """One field in both versions."""

    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Pair:
    """A goal or a task in both versions; fields are empty where it is missing."""

    what: What
    title: str
    fields: tuple[FieldPair, ...]

    @property
    def changed(self) -> tuple[FieldPair, ...]:
        return tuple(field for field in self.fields if field.is_changed)

    @property
    def shown(self) -> tuple[FieldPair, ...]:
        """A changed line shows what changed, an added or removed one all it has."""
        return tuple(field for field in self.fields if field.is_changed)


@dataclass(frozen=True)
class Comparison:
    """What two versions say."""

    direction: FieldPair
    goals: tuple[Pair, ...]
    tasks: tuple[Pair, ...]
    parts: tuple[Pair, ...] = ()
    curves: tuple[Pair, ...] = ()

    @property
    def changed(self) -> int:
        pairs = (*self.goals, *self.tasks, *self.parts, *self.curves)
        return sum(pair.what != "same" for pair in pairs) + self.direction.is_changed


def goal_fields() -> dict[str, str]:
    return {
        "name": _("指标"),
        "must": _("必达"),
        "stretch": _("挑战"),
        "owner": _("负责人"),
    }


def task_fields() -> dict[str, str]:
    return {
        "title": _("核心任务"),
        "goal": _("所属目标"),
        "owners": _("负责人"),
        "nodes": _("时间节点"),
        "standard": _("完成标准"),
        "note": _("备注"),
    }


def part_fields() -> dict[str, str]:
    return {"goal": _("所属目标"), "says": _("说明"), "value": _("计划值")}


def curve_fields() -> dict[str, str]:
    return {"shape": _("计划曲线"), "weeks": _("每周应到"), "days": _("写定的天")}


def compare(old: Content, new: Content) -> Comparison:
    """What changed; parts and curves only where both versions kept them."""
    both = all("parts" in content for content in (old, new))
    return Comparison(
        direction=FieldPair(_("核心方向"), old.get("direction", ""), new.get("direction", "")),
        goals=_pairs(old.get("goals", ()), new.get("goals", ()), goal_fields(), title="name"),
        tasks=_pairs(old.get("tasks", ()), new.get("tasks", ()), task_fields(), title="title"),
        parts=_pairs(old["parts"], new["parts"], part_fields(), title="name") if both else (),
        curves=_pairs(old["curves"], new["curves"], curve_fields(), title="name") if both else (),
    )


def _pairs(
    old: Sequence[Content], new: Sequence[Content], labels: Mapping[str, str], *, title: str
) -> tuple[Pair, ...]:
    """In the newer version's order, what it no longer has at the end."""
    before = {each["id"]: each for each in old}
    after = {each["id"]: each for each in new}
    order = [*after, *(number for number in before if number not in after)]
    return tuple(_pair(before.get(at), after.get(at), labels, title) for at in order)


def _pair(old: Content | None, new: Content | None, labels: Mapping[str, str], title: str) -> Pair:
    fields = tuple(
        FieldPair(label, str((old or {}).get(name, "")), str((new or {}).get(name, "")))
        for name, label in labels.items()
    )
    name = str((new or old or {}).get(title, ""))
    if old is None or new is None:
        return Pair("added" if old is None else "removed", name, fields)
    is_changed = any(field.is_changed for field in fields)
    return Pair("changed" if is_changed else "same", name, fields)
