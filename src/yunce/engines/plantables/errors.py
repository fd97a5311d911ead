"""Why a plan file cannot be read, as a sentence a person can act on."""

from __future__ import annotations

from yunce.kit.wording import gettext as _


class PlanFileError(Exception):
    """No plan can be read; ``str(error)`` says what is wrong with which file and what to do."""


def not_readable(file: str) -> PlanFileError:
    return PlanFileError(
        _("「{file}」已损坏或没有下载完整。请用 Word、WPS 或 Excel 打开后另存一份再试。").format(
            file=file
        )
    )


def wrong_kind(file: str) -> PlanFileError:
    return PlanFileError(
        _("「{file}」不是 Word（.docx）或 Excel（.xlsx）文件。请另存为其中一种再试。").format(
            file=file
        )
    )


def locked(file: str) -> PlanFileError:
    return PlanFileError(
        _("「{file}」设置了打开密码。请取消密码、另存一份再试。").format(file=file)
    )


def too_large(file: str) -> PlanFileError:
    return PlanFileError(
        _("「{file}」太大，不像一份月度计划。请只留计划表再试。").format(file=file)
    )


def no_table(file: str) -> PlanFileError:
    return PlanFileError(
        _(
            "「{file}」里没有找到计划表。表头至少要有“具体指标”和“核心任务”、“负责人”、"
            "“时间节点”中的一列。"
        ).format(file=file)
    )
