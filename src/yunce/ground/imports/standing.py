"""Where each waiting file stands, in the words of the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yunce.ground.imports.models import Upload, UploadState


@dataclass(frozen=True)
class Standing:
    """One file of the list, and what is to be done with it."""

    upload: Upload
    tone: str  # of the chip
    icon: str
    word: str
    detail: str = ""  # what is missing, in a sentence
    may_go_in: bool = False

    @property
    def glance(self) -> dict[str, Any]:
        glance: dict[str, Any] = self.upload.glance
        return glance


def standings(uploads: Iterable[Upload]) -> list[Standing]:
    return [_standing(upload) for upload in uploads]


def _standing(upload: Upload) -> Standing:
    busy = {
        UploadState.WAITING: _("排队等读"),
        UploadState.READING: _("正在读"),
        UploadState.COMMITTING: _("正在导入"),
    }
    stage = upload.stage
    if upload.is_busy:
        return Standing(upload, "", "ti-loader-2", busy[UploadState(stage)])
    if stage == UploadState.FAILED:
        return Standing(upload, "bad", "ti-file-alert", _("读不出来"), upload.sentence)
    if upload.sentence:
        return Standing(upload, "bad", "ti-alert-circle", _("没有导入"), upload.sentence)
    if upload.may_go_in:
        return Standing(upload, "good", "ti-check", _("可以导入"), may_go_in=True)
    word, detail = _to_do(upload.glance)
    tone = "" if upload.glance.get("is_repeated") else "warn"
    return Standing(upload, tone, "ti-eye", word, detail)


def _to_do(glance: dict[str, Any]) -> tuple[str, str]:
    """What a person still has to decide."""
    if not glance:
        return _("看一下"), ""
    if glance["is_repeated"]:
        return _("已导入过"), _("同一个文件已经导入过，数值没有变化。")
    if glance["needs_mapping"]:
        return _("要指定列"), _("表头和已知的平台导出都对不上。")
    if glance["blocked"]:
        return _("要选账号") if not glance["account"] else _("不能导入"), glance["blocked"]
    counts = {"errors": glance["errors"], "conflicts": glance["conflicts"]}
    if glance["errors"] and glance["conflicts"]:
        return _("要看一下"), _("有 %(errors)d 处错误、%(conflicts)d 处冲突。") % counts
    if glance["errors"]:
        return _("要看一下"), _("有 %(errors)d 处错误，出错的格子不会导入。") % counts
    if glance["conflicts"]:
        return _("要看一下"), _("有 %(conflicts)d 处冲突，要决定算哪个。") % counts
    if glance["closed_values"]:
        return _("要看一下"), _("有 %(closed_values)d 个数落在已关账的月份，会被忽略。") % glance
    if not glance["account_reason"] and not glance["owners"]:
        return _("要选账号"), ""
    return _("请确认"), glance["account_reason"]
