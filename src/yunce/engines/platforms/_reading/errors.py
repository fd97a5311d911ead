"""Why a file cannot be read: one class for each reason, each a sentence a person can act on."""

from __future__ import annotations

from yunce.kit.wording import gettext as _


class UnreadableFileError(Exception):
    """The file yields no table; ``str(error)`` says what is wrong, where, and what to do."""

    def __init__(self, file: str, *, detail: str = "") -> None:
        self.file = file
        self.detail = detail  # zh: what exactly and where, when more is known
        super().__init__(
            self.sentence().format(file=file, detail=f"（{detail}）" if detail else "")
        )

    def sentence(self) -> str:
        return _("「{file}」无法读取{detail}。请重新导出后再上传。")


class EmptyFileError(UnreadableFileError):
    def sentence(self) -> str:
        return _("「{file}」是空文件{detail}。请回到平台后台重新导出后再上传。")


class NotATableError(UnreadableFileError):
    def sentence(self) -> str:
        return _(
            "「{file}」不是可以读取的表格{detail}。"
            "请上传平台导出的 Excel（.xlsx、.xls）或 CSV 文件。"
        )


class LockedWorkbookError(UnreadableFileError):
    def sentence(self) -> str:
        return _(
            "「{file}」设置了打开密码，无法读取{detail}。"
            "请在 Excel 或 WPS 中取消密码、另存后再上传。"
        )


class LockedArchiveError(UnreadableFileError):
    def sentence(self) -> str:
        return _("「{file}」设置了解压密码，无法打开{detail}。请先解压，再上传里面的表格。")


class CorruptFileError(UnreadableFileError):
    def sentence(self) -> str:
        return _(
            "「{file}」已损坏或没有下载完整{detail}。"
            "请重新导出；如果 Excel 能打开它，请另存为 .xlsx 后再上传。"
        )


class TooLargeFileError(UnreadableFileError):
    def sentence(self) -> str:
        return _(
            "「{file}」太大{detail}。请在平台后台缩短时间范围、分几次导出，或拆成几个文件后再上传。"
        )
