"""`yunce facts copy` to a server, by the running server that holds the file."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

from tests.process.conftest import Served
from yunce.engines.metrics import FactRow, open_store


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


def test_the_running_server_refuses_somebody_elses_store(served: Served, postgresql: str) -> None:
    with closing(open_store(postgresql)) as store:
        store.write(1, [FactRow(4242, 1, 0, "reads", date(2025, 5, 1), "", 1.0)])
    copy = ("facts", "copy", "--to", postgresql, "--json")
    refused = served.place.yunce(*copy)
    assert refused.returncode == 1
    assert "不是从这里复制过去的" in json.loads(refused.stderr.splitlines()[-1])["error"]
    with closing(open_store(postgresql)) as store:
        assert store.teams() == {4242}
    forced = served.place.yunce(*copy, "--force")
    assert forced.returncode == 0, forced.stderr
    kept = json.loads(forced.stdout)["kept"]
    assert Path(kept).parent == served.place.data / "backups"
    with closing(open_store(f"duckdb://{kept}")) as store:
        assert store.teams() == {4242}
