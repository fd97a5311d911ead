"""A process with everything imported, from which each command is forked.

Starting `yunce` takes a second and a half, nearly all of it imports; a hundred kills need four
hundred commands. A child does what the command does, in a process of its own that a SIGKILL ends.

Run as a script this is that process: a line of JSON on its standard input asks for one thing,
a line on its standard output answers.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from tests.process.conftest import Place, make_place

PACKAGES = ("yunce.config.cli", "yunce.config.work", "yunce.config.keeping")
MODULES = (
    "yunce.config.urls",  # the checks at a start import every page
    "yunce.engines.metrics.dialects.duckdb",
    "yunce.engines.metrics.dialects.postgresql",
)


class Nursery:
    """The process as the tests see it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=Path(__file__).resolve().parents[2],
            env={**environment, "OPENBLAS_NUM_THREADS": "1"},  # a fork takes no threads along
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, **given: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"what": what, **given}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the nursery has ended"
        return json.loads(answer)

    def close(self) -> None:
        self._process.communicate()


@dataclass(frozen=True)
class Child:
    """A running command."""

    nursery: Nursery
    number: int

    def code(self) -> int | None:
        """How it ended, or None: it has not yet."""
        code: int | None = self.nursery.ask("code", child=self.number)
        return code

    def wait(self) -> int:
        code: int = self.nursery.ask("wait", child=self.number)
        return code

    def kill(self) -> None:
        self.nursery.ask("kill", child=self.number)


@dataclass(frozen=True)
class WarmPlace(Place):
    """A place whose commands start at once."""

    nursery: Nursery

    def start(self, *arguments: object, output: str = os.devnull) -> Child:
        given = {"arguments": [*map(str, arguments)], "output": output}
        return Child(self.nursery, self.nursery.ask("start", **given))

    def yunce(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        output = self.folder / "output"
        code = self.start(*arguments, output=str(output)).wait()
        said = [output.with_suffix(end).read_text() for end in (".out", ".err")]
        return subprocess.CompletedProcess([*map(str, arguments)], code, *said)


@contextmanager
def warm_place(folder: Path, **environment: str) -> Iterator[WarmPlace]:
    place = make_place(folder)
    given = {**place.environment, **environment}
    nursery = Nursery(given)
    try:
        yield WarmPlace(place.folder, given, nursery)
    finally:
        nursery.close()


class Matron:
    """What the nursery is asked for; each method is one thing."""

    def __init__(self) -> None:
        self._ended: dict[int, int] = {}

    def start(self, arguments: list[str], output: str) -> int:
        child = os.fork()
        if child == 0:
            _be_a_command(arguments, output)
        return child

    def code(self, child: int) -> int | None:
        return self._reap(child, os.WNOHANG)

    def wait(self, child: int) -> int | None:
        return self._reap(child, 0)

    def kill(self, child: int) -> None:
        if child not in self._ended:
            os.kill(child, signal.SIGKILL)

    def _reap(self, child: int, options: int) -> int | None:
        if child not in self._ended:
            found, status = os.waitpid(child, options)
            if found == child:
                self._ended[child] = os.waitstatus_to_exitcode(status)
        return self._ended.get(child)


def _be_a_command(arguments: list[str], output: str) -> None:
    from yunce.config.cli import main

    ends = (".out", ".err") if output != os.devnull else ("", "")
    names = [os.devnull, *(output + end for end in ends)]
    for number, name in enumerate(names):
        mode = os.O_RDWR | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(name, mode, 0o600), number)
    code = 1
    try:
        main(arguments)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    except BaseException:  # told as Python tells it, and never back into the nursery's own loop
        sys.excepthook(*sys.exc_info())
    # What a process does at its end, but for clearing away a memory that goes with it.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _import_everything() -> None:
    import_module("yunce.config.process.starting").set_up_django()
    for name in [*MODULES, *_modules(PACKAGES)]:
        import_module(name)
    import_module("django.core.checks").run_checks()
    import_module("yunce.engines.metrics").catalogue()
    import_module("yunce.engines.platforms").platforms()
    gc.freeze()


def _modules(packages: Iterable[str]) -> Iterator[str]:
    for package in packages:
        for module in iter_modules(import_module(package).__path__):
            if module.name != "tests":
                yield f"{package}.{module.name}"


def main() -> None:
    _import_everything()
    matron = Matron()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = getattr(matron, asked.pop("what"))(**asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    os._exit(0)  # after gc.freeze DuckDB's binding would complain of what it finds at the end


if __name__ == "__main__":
    main()
