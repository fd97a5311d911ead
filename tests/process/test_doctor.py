"""`yunce doctor` and `yunce link`."""

from __future__ import annotations

import json

from tests.process.conftest import Place, Served


def states(stdout: str) -> dict[str, str]:
    return {finding["name"]: finding["state"] for finding in json.loads(stdout)}


def test_an_empty_machine_is_healthy_and_stays_empty(place: Place) -> None:
    done = place.yunce("doctor", "--json")
    assert done.returncode == 0, done.stdout
    assert states(done.stdout)["database"] == "hint"
    assert not place.data.exists()


def test_a_broken_database_is_found(place: Place) -> None:
    place.data.mkdir()
    (place.data / "yunce.sqlite3").write_text("no database " * 1000)
    done = place.yunce("doctor", "--json")
    assert done.returncode == 1
    assert states(done.stdout)["database"] == "failed"


def test_a_running_server_is_healthy(served: Served) -> None:
    done = served.place.yunce("doctor", "--json")
    assert done.returncode == 0, done.stdout
    assert states(done.stdout)["facts"] == "ok"


def test_a_fresh_link_is_made_beside_the_server(served: Served) -> None:
    done = served.place.yunce("link", "owner", "--json")
    link = json.loads(done.stdout)["link"]
    assert link.startswith(f"http://127.0.0.1:{served.server.port}/link/")


def test_a_link_for_nobody_is_a_sentence(served: Served) -> None:
    done = served.place.yunce("link", "nobody")
    assert done.returncode == 2
    assert "没有用户「nobody」" in done.stderr
