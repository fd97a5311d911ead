"""`yunce backtest`: on a file, on the team's own facts, and refused in sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.teams.models import Team

Run = Callable[..., Result]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(200)]
    lines = [f"号{n},{day},{100 + n * 10 + day.weekday()}" for n in range(5) for day in days]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(["account,day,value", *lines]), encoding="utf-8")
    return path


def test_a_file_is_judged_by_origin(yunce: Run, table: Path) -> None:
    done = yunce("backtest", str(table), "--origins", "0,20", "--test-months", "2", "--json")
    told = json.loads(done.stdout)
    assert (told["months"], told["accounts"]) == (["2025-05", "2025-06"], 5)
    assert told["origins"]["20"]["n"] == 10
    assert told["origins"]["20"]["mdape"] < 0.05


def test_people_get_a_table(yunce: Run, table: Path) -> None:
    lines = yunce("backtest", str(table)).stdout.splitlines()
    assert lines[0].startswith("5 个账号，2025-02 至 2025-06")
    assert lines[1].split()[:3] == ["已知天数", "账号月", "中位误差"]


def test_the_teams_own_facts_are_judged(yunce: Run, team: Team, account: Account) -> None:
    last = date.today()  # noqa: DTZ011 - as the command asks
    rows = [
        FactRow(team.pk, account.pk, 0, "reads", last - timedelta(days=n), "", 100.0 + n % 7)
        for n in range(200)
    ]
    fact_store().write(1, rows)
    done = yunce(
        "backtest", "--team", "content", "--metric", "reads", "--test-months", "1", "--json"
    )
    told = json.loads(done.stdout)
    assert told["accounts"] == 1
    assert told["origins"]["0"]["n"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "请给出文件"),
        (("nowhere.csv",), "打不开"),
        (("--metric", "reads", "--team", "content"), "还没有「reads」的数据"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    yunce: Run, team: Team, arguments: tuple[str, ...], words: str
) -> None:
    done = yunce("backtest", *arguments)
    assert done.exit_code != 0
    assert words in done.output


@pytest.mark.parametrize("origins", ["a", "40", "-1", ""])
def test_origins_are_days_of_a_month(yunce: Run, table: Path, origins: str) -> None:
    done = yunce("backtest", str(table), "--origins", origins)
    assert done.exit_code != 0
    assert "--origins" in done.output


def test_a_short_history_says_so(yunce: Run, tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("account,day,value\n号,2025-05-01,5\n", encoding="utf-8")
    assert "历史太短" in yunce("backtest", str(path)).output
