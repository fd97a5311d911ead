"""The plan table over HTTP: reading 300 tasks, and 200 × 7 cells pasted and taken back.

``plan_page_ms``      the slower of a draft and of a plan that stands, median of readings
``grid_paste_s``      a block of 200 whole lines of seven columns, through the paste form
``grid_overwrite_s``  200 × 5 cells over tasks that are there
``grid_undo_s``       taking that back with the toast's form

Every paste is answered with the whole table again; that is in the time. A server and a data folder
of its own, one reader, signed in.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from benchmarks._server import REPOSITORY, serving
from benchmarks.serve import sign_in

DRAFT, STANDING = "/t/demo/2025-06/plan/", "/t/demo/2025-07/plan/"
GOALS_ONLY = "/t/demo/2025-08/plan/"
READINGS, PASTES, ROWS = 15, 5, 200
NEW = (
    "用户增长\t新增粉丝\t第 {n} 场直播\t文案专员、社群专员\t8/{day}、8/{later}\t观看 ≥ 2,000\t预热"
)
OVER = "改过 {n}\t文案专员\t6/{day}\t阅读 ≥ 800\t备注 {n}"


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        folder = Path(name)
        with serving(folder, "--demo-when-empty") as server:
            cookie = sign_in(server)
        fill(folder / "data")
        with serving(folder) as server:
            reader = Reader(server.connect(), cookie)
            pages = [median(reader.ms(page) for _ in range(READINGS)) for page in (DRAFT, STANDING)]
            return {"plan_page_ms": max(pages), **_pastes(reader)}


def fill(data: Path) -> None:
    """Writes the months of 300 tasks into a data folder no server holds."""
    environment = {**os.environ, "YUNCE_DATA": str(data), "PYTHONPATH": str(REPOSITORY / "src")}
    command = [sys.executable, "-m", "benchmarks._plan_data"]
    subprocess.run(command, env=environment, cwd=REPOSITORY, check=True)


def _pastes(reader: Reader) -> dict[str, float]:
    """Each is taken back before the next."""
    new, over, undo = [], [], []
    first = re.search(r'id="(task-\d+-title)"', reader.get(DRAFT))
    assert first
    for _time in range(PASTES):
        seconds, answer = reader.post(f"{GOALS_ONLY}paste/", {"text": _block(NEW)})
        assert f"已粘贴 {ROWS} 行" in answer, answer
        new.append(seconds)
        reader.post(f"{GOALS_ONLY}put-back/", _undo(answer))
        seconds, answer = reader.post(f"{DRAFT}paste/", {"at": first[1], "text": _block(OVER)})
        over.append(seconds)
        seconds, answer = reader.post(f"{DRAFT}put-back/", _undo(answer))
        assert "已撤销" in answer, answer
        undo.append(seconds)
    return {
        "grid_paste_s": median(new),
        "grid_overwrite_s": median(over),
        "grid_undo_s": median(undo),
    }


def _block(line: str) -> str:
    days = [(1 + n % 14, 15 + n % 14) for n in range(ROWS)]
    return "\n".join(line.format(n=n, day=d, later=e) for n, (d, e) in enumerate(days, start=1))


def _undo(answer: str) -> dict[str, str]:
    found = re.search(r'name="done" value="([^"]*)"', answer)
    assert found, answer
    return {"done": html.unescape(found[1])}


class Reader:
    """One person's browser, as far as the server sees it."""

    def __init__(self, connection: HTTPConnection, cookie: str) -> None:
        self._connection = connection
        self._cookie = cookie
        self._token = ""
        page = self.get(DRAFT)
        found = re.search(r'X-CSRFToken": "([^"]+)"', page)
        assert found, page
        self._token = found[1]

    def get(self, address: str) -> str:
        return self._ask("GET", address, None)[1]

    def ms(self, address: str) -> float:
        return self._ask("GET", address, None)[0] * 1000

    def post(self, address: str, values: dict[str, str]) -> tuple[float, str]:
        return self._ask("POST", address, urlencode(values))

    def _ask(self, method: str, address: str, body: str | None) -> tuple[float, str]:
        headers = {"Cookie": self._cookie}
        if body is not None:
            headers |= {"HX-Request": "true", "X-CSRFToken": self._token}
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        started = time.perf_counter()
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        assert response.status == 200, (response.status, text)
        return time.perf_counter() - started, text
