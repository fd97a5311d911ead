"""`yunce facts copy`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from yunce.config.cli import facts as command
from yunce.config.cli._routing import Performer
from yunce.config.work import perform
from yunce.engines.metrics import FactRow, open_store
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import close_store, fact_store
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.teams.models import Team

Yunce = Callable[..., Result]


@pytest.fixture
def two_months(team: Team, account: Account) -> None:
    rows = [
        FactRow(team.pk, account.pk, 0, "reads", date(2025, month, 1), "", 10.0 * month)
        for month in (4, 5)
    ]
    record(team=team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)


@pytest.fixture
def target(tmp_path: Path) -> str:
    return f"duckdb://{tmp_path / 'other.duckdb'}"


@pytest.mark.usefixtures("two_months")
def test_every_month_is_copied_once(yunce: Yunce, target: str, team: Team) -> None:
    first = yunce("facts", "copy", "--to", target, "--json")
    assert first.exit_code == 0, first.stderr
    assert json.loads(first.stdout) == {
        "to": target,
        "rows": 2,
        "kept": None,
        "months": [
            {"team": "content", "month": "2025-04", "rows": 1, "was_there": False},
            {"team": "content", "month": "2025-05", "rows": 1, "was_there": False},
        ],
    }
    again = yunce("facts", "copy", "--to", target)
    assert again.stdout == (
        f"已复制到 {target}：2 个月，2 条记录，逐月核对一致；其中 2 个月原来就在。\n"
    )
    with closing(open_store(target)) as copied:
        rows = copied.rows(team=team.pk, start=date(2025, 4, 1), end=date(2025, 5, 31))
    assert [row.value for row in rows] == [40.0, 50.0]


@pytest.mark.usefixtures("two_months")
def test_how_far_it_is_can_be_asked(yunce: Yunce, target: str) -> None:
    yunce("facts", "copy", "--to", target)
    assert perform("copy_progress", {}) == {"months": 2, "done": 2}


@pytest.mark.usefixtures("two_months")
def test_one_team_alone_may_be_copied(yunce: Yunce, target: str, charlie: object) -> None:
    done = yunce("facts", "copy", "--to", target, "--team", "other", "--json")
    assert json.loads(done.stdout)["months"] == []
    assert yunce("facts", "copy", "--to", target, "--team", "nope").exit_code == 2


@pytest.mark.parametrize("written", ["duckdb://{0}", "duckdb://{0}?threads=1"])
@pytest.mark.usefixtures("team")
def test_the_store_itself_is_refused(
    yunce: Yunce, settings: Any, tmp_path: Path, written: str
) -> None:
    close_store()
    settings.YUNCE_FACTS_URL = f"duckdb://{tmp_path / 'facts.duckdb'}"
    done = yunce("facts", "copy", "--to", written.format(tmp_path / "facts.duckdb"))
    assert done.exit_code == 2
    assert "就是现在的事实库" in done.stderr


@pytest.mark.parametrize("url", ["oracle://x/y", "postgresql://db:port/facts", "duckdb:facts"])
@pytest.mark.usefixtures("team")
def test_an_address_that_is_none_is_wrong_usage(yunce: Yunce, url: str) -> None:
    done = yunce("facts", "copy", "--to", url)
    assert done.exit_code == 2
    assert "看不懂" in done.stderr


@pytest.mark.usefixtures("team")
def test_a_missing_library_is_a_sentence(yunce: Yunce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000", None)
    monkeypatch.setitem(sys.modules, "pg8000.native", None)
    done = yunce("facts", "copy", "--to", "postgresql://u:secret@127.0.0.1:1/facts")
    assert done.exit_code == 1
    assert "需要程序库 pg8000，还没有安装" in done.stderr


@pytest.mark.usefixtures("two_months")
def test_an_import_that_is_still_being_written_is_told(
    yunce: Yunce, target: str, team: Team
) -> None:
    Batch.objects.create(team=team, kind=BatchKind.FILE, state=BatchState.WRITING)
    done = yunce("facts", "copy", "--to", target)
    assert done.exit_code == 1
    assert "请再运行一次" in done.stderr


@pytest.mark.usefixtures("two_months")
def test_somebody_watching_sees_a_bar(
    target: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(command, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr("yunce.config.cli._routing.find_server", lambda environment: None)
    monkeypatch.setattr("yunce.config.cli._routing._start_here", lambda *, may_create: None)
    performer = Performer()
    with command._watched(performer):
        performer.perform("copy_facts", {"to": target, "team": None})
    assert "正在复制" in capsys.readouterr().err


def test_the_store_here_stays_as_it_was(yunce: Yunce, target: str, two_months: None) -> None:
    yunce("facts", "copy", "--to", target)
    assert fact_store().is_sound()
    assert len(fact_store().batches()) == 1
