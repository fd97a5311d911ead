"""`yunce serve`: web, jobs and clock in one process over one data folder."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from yunce.config.environment import Environment
from yunce.config.failures import WorkError
from yunce.config.process import local
from yunce.config.process.announcing import announce, find_server, withdraw
from yunce.config.process.clock import ClockThread
from yunce.config.process.jobs import JobThread
from yunce.config.process.starting import (
    base_url,
    first_sign_in_link,
    mend,
    migrate,
    refuse_missing_static_files,
)
from yunce.config.process.web import WebServer, bind
from yunce.config.work import perform
from yunce.config.wsgi import application
from yunce.ground.facts.access import close_store
from yunce.ground.teams.models import Team
from yunce.kit.wording import gettext as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Serving:
    """What `serve` was asked for; Django is set up and the settings are sound."""

    environment: Environment
    demo_when_empty: bool
    tell: Callable[[str], None]  # where lines for the operator go

    @property
    def port(self) -> int:
        return int(self.environment.port)

    def run(self) -> None:
        """Blocks until the process is asked to stop."""
        listener = self._prepare()
        web = WebServer(application, listener, threads=int(self.environment.threads))
        token = announce(self.environment, host=self.environment.host, port=self.port)
        local.admit(token)
        parts = (JobThread(), ClockThread())
        stop_on_signals(web.stop)
        try:
            for part in parts:
                part.start()
            self._welcome()
            web.run()
        finally:
            withdraw(self.environment, token)
            local.shut()
            for part in parts:
                part.stop()
            close_store()
        self.tell(_("运策已停止。"))

    def _prepare(self) -> socket.socket:
        """One server a data folder; then everything that must be true before the first page."""
        other = find_server(self.environment)
        if other is not None:
            values = {"pid": other.pid, "host": other.host, "port": other.port}
            raise WorkError(
                _("这个数据文件夹已有服务在运行：%(host)s:%(port)s（进程 %(pid)s）。") % values
            )
        refuse_missing_static_files()
        listener = bind(self.environment.host, self.port)
        migrate()
        if mended := mend():
            self.tell(_("上次没有正常结束，已清理 %(count)s 个未完成的导入。") % {"count": mended})
        perform("resume_imports", {})
        if self.demo_when_empty and not Team.objects.exists():
            perform("demo", {})
        return listener

    def _welcome(self) -> None:
        if link := first_sign_in_link(self.environment):
            told = _("还没有人能登录。管理员的一次性登录链接（24 小时内有效）：")
            self.tell(f"{told}\n  {link}")
        self.tell(_("运策已就绪：%(url)s") % {"url": base_url(self.environment)})


def stop_on_signals(stop: Callable[[], None]) -> None:
    """SIGTERM and Ctrl+C stop gently; a second one stops at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_DFL)
        stop()

    if threading.current_thread() is threading.main_thread():
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, handle)
