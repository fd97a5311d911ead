"""A month of 300 tasks as Word files, over HTTP.

``plan_table_docx_s``  the seven columns, of the plan that stands (changes beside what was locked)
``proposal_docx_s``    the ten chapters of that month, with their charts
``plan_docx_s``        the slower of the two

The median of readings; the first one, which imports the libraries, does not count.
"""

from __future__ import annotations

import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks._plan_page import fill
from benchmarks._server import serving
from benchmarks.serve import sign_in

REPORTS = "/t/demo/2025-07/reports"
READINGS = 7


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        folder = Path(name)
        with serving(folder, "--demo-when-empty") as server:
            cookie = sign_in(server)
        fill(folder / "data")
        with serving(folder) as server:
            connection = server.connect()
            table, proposal = (
                _seconds(connection, cookie, f"{REPORTS}/{kind}.docx")
                for kind in ("plan", "proposal")
            )
    return {
        "plan_table_docx_s": table,
        "proposal_docx_s": proposal,
        "plan_docx_s": max(table, proposal),
    }


def _seconds(connection: HTTPConnection, cookie: str, address: str) -> float:
    _read(connection, cookie, address)
    return median(_read(connection, cookie, address) for _time in range(READINGS))


def _read(connection: HTTPConnection, cookie: str, address: str) -> float:
    started = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie})
    response = connection.getresponse()
    content = response.read()
    assert response.status == 200, (response.status, content[:500])
    assert content.startswith(b"PK")
    return time.perf_counter() - started
