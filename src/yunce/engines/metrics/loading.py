"""Reading definitions from YAML, remembering the file and line of each for messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import yaml

from yunce.engines.metrics.definitions import (
    Dimension,
    Direction,
    Grain,
    Kind,
    Metric,
    Version,
)
from yunce.engines.metrics.errors import DefinitionError, did_you_mean
from yunce.kit.numbers import Unit
from yunce.kit.wording import gettext as _

_CHOICES: Mapping[str, type[StrEnum]] = {
    "dimension": Dimension,
    "kind": Kind,
    "unit": Unit,
    "direction": Direction,
    "grain": Grain,
}
_MARKS = ("per_account", "is_daily", "is_booked")
_OPTIONAL = {"formula": None, "weight": None, "measure_word": "", **dict.fromkeys(_MARKS, False)}
_FIELDS = tuple(field.name for field in fields(Metric) if field.name not in ("code", "history"))
_VERSION = tuple(field.name for field in fields(Version))
_TYPES: Mapping[str, type] = {
    "version": int,
    "effective": date,
    **dict.fromkeys(_MARKS, bool),
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """Where a definition is written."""

    file: str
    line: int  # from 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Entry:
    """A metric and where it is written."""

    metric: Metric
    place: Place
    own_formula: Place | None = None  # where its formula stands, if in a line of its own

    @property
    def formula_place(self) -> Place:
        return self.own_formula or self.place


def load_file(path: Path) -> list[Entry]:
    """Every definition of one file; DefinitionError names file and line."""
    return load_text(path.read_text(encoding="utf-8"), file=path.name)


def load_text(text: str, *, file: str) -> list[Entry]:
    try:
        document = _LOADER(text)
        node = document.get_single_node()
        content = document.construct_document(node) if node else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file, mark.line + 1 if mark else 1)
        raise _wrong(place, _("不是正确的 YAML：%(why)s") % {"why": error}) from error
    if not isinstance(content, dict) or not isinstance(content.get("metrics"), dict):
        raise _wrong(Place(file, 1), _("缺少 metrics 一节"))
    defaults = content.get("defaults") or {}
    written = _section(cast(yaml.MappingNode, node), "metrics")
    return [_entry(key, value, content["metrics"], defaults, file) for key, value in written]


def _section(node: yaml.MappingNode, name: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    section = next(value for key, value in node.value if key.value == name)
    return list(section.value)


def _entry(
    key: yaml.ScalarNode,
    value: yaml.Node,
    metrics: Mapping[str, Any],
    defaults: Mapping[str, Any],
    file: str,
) -> Entry:
    place = Place(file, key.start_mark.line + 1)
    written = metrics.get(key.value)
    if not isinstance(written, dict) or not isinstance(value, yaml.MappingNode):
        raise _wrong(place, _("「%(code)s」应是一组字段") % {"code": key.value})
    lines = _lines(value, file)
    _known_only(written, (*_FIELDS, "history"), lines)
    merged = {**_OPTIONAL, **defaults, **written}
    values = {name: _value(name, merged, lines.get(name, place)) for name in _FIELDS}
    past = _history(value, written.get("history"), values["formula"], file)
    metric = Metric(code=str(key.value), **values, history=past)
    return Entry(metric, place, lines.get("formula"))


def _lines(node: yaml.MappingNode, file: str) -> dict[Any, Place]:
    return {field.value: Place(file, field.start_mark.line + 1) for field, _value in node.value}


def _known_only(
    written: Mapping[Any, Any], names: Sequence[str], lines: Mapping[Any, Place]
) -> None:
    for name in written.keys() - set(names):
        hint = did_you_mean(str(name), names)
        raise _wrong(
            lines[name], _("没有字段「%(name)s」。%(hint)s") % {"name": name, "hint": hint}
        )


def _history(
    node: yaml.MappingNode, written: object, formula: str | None, file: str
) -> tuple[Version, ...]:
    """Earlier versions; one that says no formula was counted by the present one."""
    if written is None:
        return ()
    key, listed = next((k, v) for k, v in node.value if k.value == "history")
    place = Place(file, key.start_mark.line + 1)
    if not isinstance(written, list) or not all(isinstance(each, dict) for each in written):
        raise _wrong(place, _("history 应是一列旧版本，每个写明 %(names)s") % {"names": _NAMES})
    return tuple(
        _version(part, {"formula": formula, **each}, file)
        for part, each in zip(listed.value, written, strict=True)
    )


_NAMES = "、".join(_VERSION)


def _version(node: yaml.MappingNode, written: Mapping[str, Any], file: str) -> Version:
    lines = _lines(node, file)
    place = Place(file, node.start_mark.line + 1)
    _known_only(written, _VERSION, lines)
    return Version(**{name: _value(name, written, lines.get(name, place)) for name in _VERSION})


def _value(name: str, merged: Mapping[str, Any], place: Place) -> Any:
    if name not in merged:
        raise _wrong(place, _("缺少字段「%(name)s」") % {"name": name})
    value = merged[name]
    if name in _CHOICES:
        return _choice(_CHOICES[name], value, place)
    if name in _OPTIONAL and not value:
        return _OPTIONAL[name]
    wanted = _TYPES.get(name, str)
    if not isinstance(value, wanted) or not value:
        raise _wrong(
            place, _("字段「%(name)s」不能是「%(value)s」") % {"name": name, "value": value}
        )
    return " ".join(value.split()) if isinstance(value, str) else value


def _choice(choices: type[StrEnum], value: object, place: Place) -> StrEnum:
    try:
        return choices(str(value))
    except ValueError:
        known = "、".join(choices)
        message = _("「%(value)s」不是可选的值：%(known)s") % {"value": value, "known": known}
        raise _wrong(place, message) from None


def _wrong(place: Place, what: str) -> DefinitionError:
    return DefinitionError(f"{place} {what}")
