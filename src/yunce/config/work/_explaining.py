"""The sentence for people behind an error the lower floors raise."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError

from yunce.engines.metrics import MetricsError, StoreBusyError
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.facts.actions import MonthClosedError
from yunce.kit.wording import gettext as _


def explained(error: Exception) -> str | None:
    """None for an error that is the program's own fault and must not be hidden."""
    match error:
        case StoreBusyError():
            return _("另一个程序正在使用数据（另一条 yunce 命令或刚启动的服务）。请等它结束再试。")
        case ValidationError():
            return "".join(error.messages)
        case PermissionDenied():
            return str(error) or _("没有权限做这件事。")
        case OperationalError() if "locked" in str(error):
            return _("数据库正忙，没有保存。请过一会儿再试。")
        case MetricsError() | UnreadableFileError() | MonthClosedError():
            return str(error)
        case FileNotFoundError() | IsADirectoryError() | PermissionError():
            return _("打不开文件 %(path)s：不存在，或没有权限。") % {"path": error.filename}
        case _:
            return None
