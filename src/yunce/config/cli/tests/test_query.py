"""`yunce query`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import Result

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.teams.models import Team

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")


@pytest.fixture
def followers(team: Team, account: Account) -> None:
    days = {date(2025, 5, 1): 30.0, date(2025, 5, 2): 12.0}
    rows = [FactRow(team.pk, account.pk, 0, "new_followers", day, "", n) for day, n in days.items()]
    fact_store().write(1, rows)


@pytest.mark.usefixtures("followers")
def test_values_come_with_their_days(yunce: Callable[..., Result]) -> None:
    answered = json.loads(yunce("query", "new_followers", *MAY, "--json").output)
    assert [row["value"] for row in answered["rows"]] == [42.0]
    assert (answered["rows"][0]["covered_days"], answered["days"]) == (2, 31)


@pytest.mark.usefixtures("followers")
def test_values_are_split_as_asked(yunce: Callable[..., Result]) -> None:
    result = yunce("query", "new_followers", *MAY, "--by", "day,platform,account", "--json")
    groups = [
        (row["day"], row["platform"], row["account"], row["value"])
        for row in json.loads(result.output)["rows"]
    ]
    assert groups == [
        ("2025-05-01", "xiaohongshu", "运策小红书", 30.0),
        ("2025-05-02", "xiaohongshu", "运策小红书", 12.0),
    ]


@pytest.mark.usefixtures("followers")
def test_people_get_a_table(yunce: Callable[..., Result]) -> None:
    lines = yunce("query", "new_followers", *MAY).output.splitlines()
    assert lines[0].split() == ["指标", "数值", "有数据的天数", "说明"]
    assert lines[1].split() == ["新增粉丝", "42", "2/31"]


@pytest.mark.usefixtures("team")
def test_an_unknown_metric_is_told_with_the_nearest(yunce: Callable[..., Result]) -> None:
    result = yunce("query", "newfollowers", *MAY)
    assert result.exit_code == 1
    assert "new_followers" in result.stderr


@pytest.mark.usefixtures("team")
def test_a_day_that_is_none_is_wrong_usage(yunce: Callable[..., Result]) -> None:
    result = yunce("query", "new_followers", "--from", "5月1日", "--to", "2025-05-31")
    assert result.exit_code == 2
    assert "「5月1日」不是日期" in result.stderr


def test_of_several_teams_one_must_be_named(
    yunce: Callable[..., Result], team: Team, charlie: object
) -> None:
    result = yunce("query", "new_followers", *MAY)
    assert result.exit_code == 2
    assert "content、other" in result.stderr


@pytest.mark.usefixtures("team")
def test_an_unknown_team_is_told_with_the_nearest(yunce: Callable[..., Result]) -> None:
    result = yunce("query", "new_followers", *MAY, "--team", "contnet")
    assert result.exit_code == 2
    assert "没有团队「contnet」。现有团队：content。" in result.stderr
