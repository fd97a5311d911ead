"""`yunce` as a process of its own, over a data folder of the test's own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import pytest

from yunce.engines.metrics import StoreError, open_store

SOURCE = Path(__file__).resolve().parents[2] / "src"
YUNCE = [sys.executable, "-c", "from yunce.config.cli import main; main()"]
POSTGRESQL = os.environ.get(
    "YUNCE_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
READY_SECONDS = 60.0  # generous: these tests claim that it starts, benchmarks say how fast


@dataclass(frozen=True)
class Server:
    """A running `yunce serve`."""

    process: subprocess.Popen[str]
    port: int
    output: Path

    def get(self, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def said(self) -> str:
        return self.output.read_text()

    def end(self) -> None:
        self.process.kill()
        self.process.wait(10)


@dataclass(frozen=True)
class Place:
    """A data folder and the environment of the processes that work on it."""

    folder: Path
    environment: dict[str, str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def fill(self, data: Path) -> None:
        """Begin with a copy of another data folder."""
        copytree(data, self.data)

    def yunce(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*YUNCE, *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    def serve(self, *arguments: str) -> Server:
        """A server that is ready; whoever starts it ends it."""
        output = self.folder / "serve.txt"
        with output.open("w") as file:
            process = subprocess.Popen(
                [*YUNCE, "serve", *arguments],
                env=self.environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        server = Server(process, int(self.environment["YUNCE_PORT"]), output)
        wait_until(lambda: "运策已就绪" in server.said() or process.poll() is not None)
        assert process.poll() is None, server.said()
        return server


def make_place(folder: Path) -> Place:
    static = folder / "static"
    static.mkdir()
    (static / "staticfiles.json").write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YUNCE_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return Place(
        folder,
        {
            **kept,
            "YUNCE_DATA": str(folder / "data"),
            "YUNCE_STATIC": str(static),
            "YUNCE_PORT": str(free_port()),
            "PYTHONPATH": str(SOURCE),
        },
    )


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo month, to be copied: making one takes seconds."""
    place = make_place(tmp_path_factory.mktemp("demo"))
    done = place.yunce("demo")
    assert done.returncode == 0, done.stderr
    return place.data


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


@pytest.fixture
def serve(place: Place) -> Iterator[Callable[..., Server]]:
    """`serve("--demo-when-empty")` is a server that is ended with the test."""
    started: list[Server] = []

    def start(*arguments: str) -> Server:
        started.append(place.serve(*arguments))
        return started[-1]

    yield start
    for server in started:
        server.end()


@contextmanager
def own_schema() -> Iterator[str]:
    """The address of an empty fact store in a server that is there."""
    schema = f"yunce_test_{uuid4().hex}"
    url = f"{POSTGRESQL}?schema={schema}"
    try:
        store: Any = open_store(url)
    except StoreError as error:
        why = f"no PostgreSQL at {POSTGRESQL} (YUNCE_TEST_POSTGRESQL): {error}"
        if os.environ.get("CI"):
            pytest.fail(f"{why}; continuous integration must have it")
        pytest.skip(why)
    yield url
    store._fetch(f"DROP SCHEMA {schema} CASCADE")
    store.close()


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of a fact store of the test's own in a server that is there."""
    with own_schema() as url:
        yield url


@dataclass(frozen=True)
class Served:
    """A running server and the place it owns."""

    server: Server
    place: Place


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server with the demo month for all the tests of a file that change nothing."""
    place = make_place(tmp_path_factory.mktemp("served"))
    server = place.serve("--demo-when-empty")
    yield Served(server, place)
    server.end()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + READY_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
