"""A taught layout as a file: what another team needs to read the same kind of table.

Account numbers mean nothing elsewhere, so whose rows are whose travels by platform and name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from django.utils.translation import gettext as _

from yunce.engines.platforms import ColumnMapping, ColumnUse, MappedRole, Scale, platforms
from yunce.ground.channels.models import Account
from yunce.ground.imports.models import SavedMapping
from yunce.ground.imports.rules import SheetMapping, header_hash, stored_metrics
from yunce.kit.text import tidy

FORMAT, VERSION = "yunce-mapping", 1
MAX_FILE = 512 * 1024  # bytes
MAX_COLUMNS = 1000


class MappingFileError(Exception):
    """A shared layout that cannot be used; ``sentences`` says all that is wrong with it."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("".join(self.sentences))


@dataclass(frozen=True)
class SharedMapping:
    """What such a file says."""

    name: str
    header: tuple[str, ...]
    mapping: SheetMapping

    @property
    def header_hash(self) -> str:
        return header_hash(self.header)


def shared(saved: SavedMapping, accounts: Iterable[Account]) -> bytes:
    """The file of a saved layout. MappingFileError when it was saved without its header."""
    header = saved.mapping.get("header")
    if not header:
        raise MappingFileError(
            [_("「%(name)s」保存时还没有记下表头，请用它再存一次后分享。") % {"name": saved}]
        )
    names = {account.pk: account for account in accounts}
    mapping = SheetMapping.from_json(saved.mapping)
    owners = {
        owner: {"platform": names[number].platform, "name": names[number].name}
        for owner, number in mapping.owners.items()
        if number in names
    }
    told = {
        "format": FORMAT,
        "version": VERSION,
        "name": str(saved),
        "header": header,
        "header_row": mapping.columns.header_row,
        "columns": [
            {
                "index": use.index,
                "header": use.header,
                "role": use.role,
                "metric": use.metric,
                "scale": use.scale,
            }
            for use in mapping.columns.columns
            if use.role != "ignore"
        ],
        "owner_column": mapping.owner_column,
        "owners": owners,
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def taken(content: bytes, accounts: Iterable[Account]) -> SharedMapping:
    """A shared file, checked to the last column. MappingFileError names everything wrong."""
    data = _loaded(content)
    wrong = list(_wrong_frame(data))
    header = data.get("header")
    if not wrong:
        wrong += _wrong_columns(data["columns"], len(header or ()))
    if wrong:
        raise MappingFileError(wrong)
    numbers = {(each.platform, each.name): each.pk for each in accounts}
    owners = {
        str(owner): numbers[told["platform"], told["name"]]
        for owner, told in data.get("owners", {}).items()
        if (told["platform"], told["name"]) in numbers
    }
    uses = tuple(ColumnUse(**column) for column in data["columns"])
    return SharedMapping(
        name=tidy(data["name"])[:80],
        header=tuple(header or ()),
        mapping=SheetMapping(
            sheet="",
            columns=ColumnMapping(header_row=data["header_row"], columns=uses),
            owner_column=data.get("owner_column"),
            owners=owners,
        ),
    )


def _loaded(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_FILE:
        raise MappingFileError([_("文件太大，不是运策分享的表格设置。")])
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise MappingFileError(
            [_("读不出来：它不是 JSON 文件。请选运策里「下载设置」得到的文件。")]
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise MappingFileError([_("它不是运策分享的表格设置。请选运策里「下载设置」得到的文件。")])
    if data.get("version") != VERSION:
        raise MappingFileError(
            [_("它是版本 %(v)s 的设置，这里只认版本 1。请升级运策。") % {"v": data.get("version")}]
        )
    return data


def _wrong_frame(data: Mapping[str, Any]) -> Iterator[str]:
    header, row = data.get("header"), data.get("header_row")
    if not isinstance(data.get("name"), str) or not tidy(data["name"]):
        yield _("缺少名称（name）。")
    if not isinstance(header, list) or not all(isinstance(each, str) for each in header):
        yield _("表头（header）应是一列文字。")
    elif not 1 <= len(header) <= MAX_COLUMNS or not any(header):
        yield _("表头（header）是空的，或超过 1000 列。")
    if not isinstance(row, int) or isinstance(row, bool) or not 1 <= row <= MAX_COLUMNS:
        yield _("表头所在行（header_row）应是从 1 起的整数。")
    if not isinstance(data.get("columns"), list) or not data["columns"]:
        yield _("缺少列的含义（columns）。")
    owner = data.get("owner_column")
    if owner is not None and (not isinstance(owner, int) or not 0 <= owner < len(header or ())):
        yield _("账号列（owner_column）不在表头之内。")
    owners = data.get("owners", {})
    if not isinstance(owners, dict) or not all(map(_is_account, owners.values())):
        yield _("账号的名字（owners）应各有平台和账号名。")


def _is_account(told: object) -> bool:
    return (
        isinstance(told, dict)
        and told.get("platform") in platforms()
        and isinstance(told.get("name"), str)
    )


_FIELDS = {"index": int, "header": str, "role": str, "metric": str, "scale": str}


def _wrong_columns(columns: list[Any], width: int) -> Iterator[str]:
    metrics, taken_places = stored_metrics(), set()
    for number, column in enumerate(columns, start=1):
        at = _("第 %(number)d 列：") % {"number": number}
        if not isinstance(column, dict) or set(column) != set(_FIELDS):
            yield at + _("应有且只有 index、header、role、metric、scale。")
            continue
        if any(not isinstance(column[name], kind) for name, kind in _FIELDS.items()):
            yield at + _("有一项不是应有的文字或整数。")
            continue
        if not 0 <= column["index"] < width:
            yield at + _("位置 %(index)d 不在表头之内。") % column
        if column["index"] in taken_places:
            yield at + _("位置 %(index)d 已经用过。") % column
        taken_places.add(column["index"])
        if column["role"] not in get_args(MappedRole):
            yield at + _("没有「%(role)s」这种含义。") % column
        if column["scale"] not in get_args(Scale):
            yield at + _("没有「%(scale)s」这种写法。") % column
        if column["role"] == "metric" and column["metric"] not in metrics:
            yield at + _unknown_metric(column["metric"], metrics)
        if column["role"] != "metric" and column["metric"]:
            yield at + _("不是指标列，却写了指标「%(metric)s」。") % column
    roles = {column.get("role") for column in columns if isinstance(column, dict)}
    if not roles & {"date", "title", "published"}:
        yield _("没有日期列，也没有标题列，这样读不出数。")


def _unknown_metric(code: str, known: Iterable[str]) -> str:
    near = get_close_matches(code, list(known), n=1)
    ending = _("是不是「%(near)s」？") % {"near": near[0]} if near else ""
    return _("没有指标「%(code)s」。") % {"code": code} + ending
