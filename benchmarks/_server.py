"""`yunce serve` as a process over a folder of its own, on a free loopback port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
YUNCE = [sys.executable, "-c", "from yunce.config.cli import main; main()", "serve"]
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Server:
    """A running server and how long it took until its first page came."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path
    ready_seconds: float

    @property
    def memory_mb(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1024**2

    @property
    def sign_in_path(self) -> str:
        found = re.search(r"http://[^/]+(/link/\S+)", self.output.read_text())
        assert found, self.output.read_text()
        return found[1]

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Server]:
    """Ready when the sign-in page is served; ended by its own pid."""
    port = _free_port()
    output = folder / "output.txt"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("YUNCE_")},
        "YUNCE_DATA": str(folder / "data"),
        "YUNCE_PORT": str(port),
        "PYTHONPATH": str(REPOSITORY / "src"),
    }
    started = time.perf_counter()
    with output.open("wb") as file:
        process = subprocess.Popen(
            [*YUNCE, *arguments], env=environment, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        _wait_for_page(process, port, output)
        yield Server(process, port, output, time.perf_counter() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait_for_page(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(output.read_text())
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/sign-in/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise RuntimeError("the server did not get ready")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
