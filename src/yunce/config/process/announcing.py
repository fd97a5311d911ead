"""How a command finds the running server: `server.json` in the data folder, readable by its owner.

No Django here: `yunce --help` and commands that only talk to the server start without it.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
from dataclasses import dataclass
from typing import Any

from yunce.config.environment import Environment
from yunce.config.failures import EXIT_USAGE, WorkError, WrongUsageError
from yunce.kit.wording import gettext as _

TOKEN_HEADER = "X-Yunce-Token"
PROBE_SECONDS = 5.0  # a busy server may take a moment to say who it is
WORK_SECONDS = 3600.0  # a large import may take long


class RefusedError(Exception):
    """Whoever listens there is not the server that wrote the announcement."""


@dataclass(frozen=True)
class RunningServer:
    """A server that is up, and the secret that lets this user's commands in."""

    pid: int
    host: str  # address to connect to, always loopback or the one it listens on
    port: int
    token: str
    host_name: str  # a name the server answers to

    def perform(self, work: str, params: dict[str, Any]) -> Any:
        """Let the server do the work; its refusal is raised as if it had happened here."""
        try:
            status, body = self._post(work, params, seconds=WORK_SECONDS)
        except (OSError, http.client.HTTPException, RefusedError) as error:
            raise WorkError(
                _("和正在运行的服务失去了联系（%(why)s），请看服务的输出，然后重试。")
                % {"why": error}
            ) from error
        if status == 200:
            return body["result"]
        kind = WrongUsageError if body.get("exit_code") == EXIT_USAGE else WorkError
        raise kind(body.get("error") or _("服务没有说明原因（%(status)s）。") % {"status": status})

    def answers(self) -> bool:
        try:
            return self._post("hello", {}, seconds=PROBE_SECONDS)[0] == 200
        except (OSError, http.client.HTTPException, RefusedError):
            return False

    def _post(self, work: str, params: dict[str, Any], *, seconds: float) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=seconds)
        headers = {
            "Host": self.host_name,
            TOKEN_HEADER: self.token,
            "Content-Type": "application/json",
        }
        try:
            connection.request("POST", f"/local/{work}", json.dumps(params), headers)
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        try:
            return response.status, json.loads(text)
        except ValueError as error:
            raise RefusedError(f"HTTP {response.status}") from error


def announce(environment: Environment, *, host: str, port: int) -> str:
    """Write the announcement and return its token. It appears whole, with its rights set."""
    token = secrets.token_urlsafe(32)
    said = {"pid": os.getpid(), "host": host, "port": port, "token": token}
    unfinished = environment.announcement.with_suffix(f".{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(said, file)
    unfinished.replace(environment.announcement)
    return token


def withdraw(environment: Environment, token: str) -> None:
    """Remove our own announcement, never that of a server started after us."""
    server = _read(environment)
    if server is not None and server.token == token:
        environment.announcement.unlink(missing_ok=True)


def find_server(environment: Environment) -> RunningServer | None:
    """The server that owns this data folder; None when an announcement is stale."""
    server = _read(environment)
    if server is None or not _is_alive(server.pid) or not server.answers():
        return None
    return server


def _read(environment: Environment) -> RunningServer | None:
    try:
        said = json.loads(environment.announcement.read_text())
        return RunningServer(
            pid=int(said["pid"]),
            host=_reachable(str(said["host"])),
            port=int(said["port"]),
            token=str(said["token"]),
            host_name=_host_name(environment),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _reachable(host: str) -> str:
    """A server that listens everywhere is reached by loopback."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104


def _host_name(environment: Environment) -> str:
    first = environment.allowed_hosts[0].strip().lstrip(".")
    return first if first and first != "*" else "localhost"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
