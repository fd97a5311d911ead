"""`yunce facts copy` to a server, by the running server that holds the file."""

from __future__ import annotations

import json

from tests.process.conftest import Served


def test_the_running_server_copies_to_postgresql(served: Served, postgresql: str) -> None:
    done = served.place.yunce("facts", "copy", "--to", postgresql, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "服务正在运行，由它来执行。\n"
    first = json.loads(done.stdout)
    assert first["rows"] > 1000
    assert not any(month["was_there"] for month in first["months"])
    again = json.loads(served.place.yunce("facts", "copy", "--to", postgresql, "--json").stdout)
    assert again["rows"] == first["rows"]
    assert all(month["was_there"] for month in again["months"])
