"""`yunce serve`: one server a folder, commands go through it, it stops gently."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

from tests.process.conftest import Place, Served, Server, free_port

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")
Serve = Callable[..., Server]


def test_an_empty_folder_becomes_a_served_demo(served: Served) -> None:
    assert "一次性登录链接" in served.server.said()
    assert served.server.get("/healthz") == 200
    assert json.loads(served.place.yunce("demo", "--json").stdout)["loaded"] is False


def test_commands_give_their_work_to_the_server(served: Served) -> None:
    done = served.place.yunce("query", "new_followers", *MAY, "--json")
    assert done.stderr == "服务正在运行，由它来执行。\n"
    assert json.loads(done.stdout)["rows"][0]["value"] == 15000


def test_a_refusal_by_the_server_reads_like_one_made_here(served: Served) -> None:
    done = served.place.yunce("query", "new_followers", *MAY, "--team", "nope")
    assert done.returncode == 2
    assert done.stderr.endswith("错误：没有团队「nope」。现有团队：demo。\n")


def test_a_second_server_of_the_folder_is_refused(served: Served) -> None:
    done = served.place.yunce("serve", "--port", free_port())
    assert done.returncode == 1
    assert f"已有服务在运行：127.0.0.1:{served.server.port}" in done.stderr


def test_a_port_in_use_is_a_sentence(served: Served, place: Place) -> None:
    done = place.yunce("serve", "--port", served.server.port)
    assert done.returncode == 1
    assert "端口已被占用" in done.stderr


def test_a_worker_beside_the_server_is_refused(served: Served) -> None:
    done = served.place.yunce("worker")
    assert done.returncode == 1
    assert "不需要 yunce worker" in done.stderr


def test_it_stops_gently_and_leaves_no_announcement(serve: Serve, place: Place) -> None:
    server = serve()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(30) == 0
    assert server.said().endswith("运策已停止。\n")
    assert not (place.data / "server.json").exists()


def test_after_a_kill_the_next_command_works_by_itself(
    serve: Serve, place: Place, demo_data: Path
) -> None:
    place.fill(demo_data)
    server = serve()
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(30)
    done = place.yunce("query", "new_followers", *MAY, "--json")
    assert (place.data / "server.json").exists()
    assert done.stderr == ""
    assert json.loads(done.stdout)["rows"][0]["value"] == 15000


def test_a_busy_store_is_a_sentence(serve: Serve, place: Place) -> None:
    """As if the server were still starting: it holds the facts and has not said so."""
    serve()
    (place.data / "server.json").unlink()
    done = place.yunce("query", "new_followers", *MAY)
    assert done.returncode == 1
    assert done.stderr.startswith("错误：另一个程序正在使用数据")
