"""The web part: waitress, with a stop that lets running requests finish.

waitress itself stops by dropping what its loop has not sent yet; so the loop is turned here.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from yunce.config.failures import WorkError
from yunce.kit.wording import gettext as _

TURN_SECONDS = 1.0  # a stop wakes the loop at once; this only bounds a missed wake-up
FINISH_SECONDS = 10.0  # what running requests get to finish when the program stops
LARGEST_BODY = 272 * 1024 * 1024  # bytes: the largest import file and what a form adds to it


class _Refusal(ErrorTask):  # type: ignore[misc] # waitress has no types
    """A request refused before any page sees it, such as one that is too large."""

    def execute(self) -> None:
        if self.request.error.code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            super().execute()
            return
        limit = LARGEST_BODY // (1024 * 1024)
        sentence = _("上传的内容超过 %(limit)s MB，没有收下。请缩短时间范围、分几次导出后再上传。")
        body = (sentence % {"limit": limit}).encode()
        self.status = "413 Request Entity Too Large"
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.content_length = len(body)
        self.set_close_on_finish()
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    error_task_class = _Refusal


class WebServer:
    """Answers requests on a socket somebody else has bound."""

    def __init__(
        self, application: Callable[..., Any], listener: socket.socket, *, threads: int
    ) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._sockets: dict[int, Any] = {}
        self._stopping = threading.Event()
        TcpWSGIServer.channel_class = _Channel
        self._server = create_server(
            application,
            map=self._sockets,
            sockets=[listener],
            threads=threads,
            ident=None,
            max_request_body_size=LARGEST_BODY,
            asyncore_use_poll=True,
        )

    def run(self) -> None:
        """Serve until `stop`, then finish what is being answered."""
        while not self._stopping.is_set():
            wasyncore.loop(timeout=TURN_SECONDS, use_poll=True, map=self._sockets, count=1)
        self._finish()

    def stop(self) -> None:
        """From any thread or signal handler."""
        self._stopping.set()
        self._server.pull_trigger()

    def _finish(self) -> None:
        wasyncore.dispatcher.close(self._server)  # nobody new; the loop itself goes on
        end = time.monotonic() + FINISH_SECONDS
        while self._is_answering() and time.monotonic() < end:
            wasyncore.loop(timeout=0.05, use_poll=True, map=self._sockets, count=1)
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._sockets, ignore_all=True)

    def _is_answering(self) -> bool:
        channels = list(self._server.active_channels.values())
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def bind(host: str, port: int) -> socket.socket:
    """Take the port before anything else happens, so that a port in use is told at once."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise WorkError(_unbound(host, port, error)) from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise WorkError(_unbound(host, port, error)) from error
    return listener


def _unbound(host: str, port: int, error: OSError) -> str:
    values = {"host": host, "port": port, "why": error.strerror or error}
    if isinstance(error, socket.gaierror):
        return _("地址 %(host)s 找不到。请检查 --host 或 YUNCE_HOST。") % values
    if isinstance(error, PermissionError):
        return _("没有权限使用端口 %(port)s。请换一个大于 1023 的端口（--port）。") % values
    return _("不能在 %(host)s:%(port)s 上启动：端口已被占用或地址不可用（%(why)s）。") % values + _(
        "请停掉占用它的程序，或用 --port 换一个端口。"
    )
