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
from yunce.ground.facts.actions import SeenPost, Source, record
from yunce.ground.facts.models import BatchKind, Post
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


@pytest.mark.usefixtures("followers")
def test_a_question_is_narrowed_and_compared(yunce: Callable[..., Result]) -> None:
    may = ("--from", "2025-05-02", "--to", "2025-05-02")
    narrowed = ("--where", "account=运策小红书", "--where", "weekday=5", "--where", "weekday=6")
    done = yunce("query", "new_followers", *may, *narrowed, "--compare", "previous")
    assert done.exit_code == 0, done.stderr
    lines = done.output.splitlines()
    assert lines[0].split() == [
        *["指标", "数值", "有数据的天数", "2025-05-01", "–", "2025-05-01"],
        *["有数据的天数", "说明"],
    ]
    # The day before is a Thursday, which was not asked for.
    assert lines[1].split() == ["新增粉丝", "12", "1/1", "—", "0/0", "没有「新增粉丝」的数据"]


@pytest.mark.usefixtures("team", "account")
def test_a_condition_that_is_none_is_a_sentence(yunce: Callable[..., Result]) -> None:
    done = yunce("query", "new_followers", *MAY, "--where", "douyin")
    assert done.exit_code == 1
    assert "「douyin」应写成 名称=值" in done.stderr


def test_posts_are_split_by_form_and_told_by_title(
    yunce: Callable[..., Result], team: Team, account: Account
) -> None:
    post = SeenPost(account=account, key="一", title="五月新品", form="视频")
    record(
        team=team,
        by=None,
        source=Source(kind=BatchKind.FILE, account=account),
        posts=[post],
        rows=lambda numbers: [
            FactRow(team.pk, account.pk, n, "post_views", date(2025, 5, 2), "", 7.0)
            for n in numbers.values()
        ],
    )
    done = yunce("query", "post_views", *MAY, "--by", "form,post")
    number = Post.objects.get().pk
    line = done.output.splitlines()[1].split()
    assert line[-5:] == ["视频", str(number), "五月新品", "7", "1/31"]


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
