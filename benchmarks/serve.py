"""The served program: how soon, how large, and how quick the month page is for twenty readers."""

from __future__ import annotations

import re
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks._server import Server, serving

READERS = 20
PAGES_EACH = 10
MONTH_PAGE = "/t/demo/2025-05/"
SETTLE_SECONDS = 3.0
STARTS = 3


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        folder = Path(name)
        with serving(folder, "--demo-when-empty") as first:
            first_run = first.ready_seconds
        ready = sorted(_start_again(folder) for _ in range(STARTS))[STARTS // 2]
        with serving(folder) as server:
            time.sleep(SETTLE_SECONDS)
            idle = server.memory_mb
            cookie = sign_in(server)
            alone = sorted(_read(server, cookie, PAGES_EACH))[PAGES_EACH // 2]
            times = _read_by_many(server, cookie)
            loaded = server.memory_mb
    return {
        "first_run_s": first_run,
        "ready_s": ready,
        "idle_rss_mb": idle,
        "loaded_rss_mb": loaded,
        "month_page_p50_ms": times[len(times) // 2],
        "month_page_p95_ms": times[int(len(times) * 0.95)],
        "month_page_alone_ms": alone,
    }


def _start_again(folder: Path) -> float:
    with serving(folder) as server:
        return server.ready_seconds


def _read_by_many(server: Server, cookie: str) -> list[float]:
    """Every reading time in ms, shortest first; each reader keeps one connection."""
    times: list[float] = []
    gathering = threading.Lock()

    def read() -> None:
        mine = _read(server, cookie, PAGES_EACH)
        with gathering:
            times.extend(mine)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(times) == READERS * PAGES_EACH
    return sorted(times)


def _read(server: Server, cookie: str, pages: int) -> list[float]:
    connection = server.connect()
    times = []
    for _page in range(pages):
        started = time.perf_counter()
        connection.request("GET", MONTH_PAGE, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        assert response.status == 200, response.status
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    return times


def sign_in(server: Server) -> str:
    """The session cookie of the person the printed link belongs to."""
    connection = server.connect()
    connection.request("GET", server.sign_in_path)
    response = connection.getresponse()
    page = response.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, page
    body = urlencode({"csrfmiddlewaretoken": token[1]})
    headers = {
        "Cookie": _cookies(response.headers.get_all("Set-Cookie")),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", server.sign_in_path, body, headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return _cookies(response.headers.get_all("Set-Cookie"))


def _cookies(headers: list[str] | None) -> str:
    return "; ".join(header.partition(";")[0] for header in headers or [])
