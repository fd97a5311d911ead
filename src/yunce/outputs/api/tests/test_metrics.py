"""The catalogue and metric queries over the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from yunce.engines.metrics import COMPARISONS, PLAN, FactRow, catalogue
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind, TeamMetric
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan

Program = Callable[[User | Member], Client]
QUERY = "/api/v1/teams/content/query"
MAY = {"from": "2025-05-01", "to": "2025-05-31"}


def test_every_metric_is_in_the_catalogue(program: Program, alice: Member) -> None:
    listed = program(alice).get("/api/v1/metrics").json()
    assert [metric["code"] for metric in listed] == list(catalogue())


def test_the_catalogue_is_searched_as_the_page_is(program: Program, alice: Member) -> None:
    client = program(alice)
    for address in ("/api/v1/metrics", "/api/v1/teams/content/metrics"):
        found = client.get(address, {"q": "点赞 当天"}).json()
        assert [metric["code"] for metric in found] == ["likes", "post_daily_likes"]
        narrow = client.get(address, {"dimension": "user", "kind": "stock"}).json()
        assert {(metric["dimension"], metric["kind"]) for metric in narrow} == {("user", "stock")}


def test_an_unknown_kind_names_those_there_are(program: Program, alice: Member) -> None:
    response = program(alice).get("/api/v1/metrics", {"kind": "sum"})
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["field"] == "kind"
    assert error["message"].startswith("参数 kind 应是其中之一：flow、stock、")


def test_the_description_names_every_comparison(client: Client, db: None) -> None:
    paths = json.loads(client.get("/api/v1/openapi.json").content)["paths"]
    told = paths["/api/v1/teams/{slug}/query"]["get"]["description"]
    assert all(f"`{word}`" in told for word in (*COMPARISONS, PLAN))


def test_values_are_split_as_asked(program: Program, vera: Member, account: Account) -> None:
    row = FactRow(account.team_id, account.pk, 0, "new_followers", date(2025, 5, 2), "", 25.0)
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=[row])
    asked = {"metric": "new_followers", "by": "day,account", **MAY}
    answered = program(vera).get(QUERY, asked).json()
    assert [(row["day"], row["account"], row["value"]) for row in answered["rows"]] == [
        ("2025-05-02", "运策小红书", 25.0)
    ]


def test_an_unknown_metric_is_a_sentence(program: Program, vera: Member) -> None:
    response = program(vera).get(QUERY, {"metric": "newfollowers", **MAY})
    assert response.status_code == 422
    assert "new_followers" in response.json()["detail"]


def test_a_day_that_is_none_is_a_sentence(program: Program, vera: Member) -> None:
    response = program(vera).get(QUERY, {"metric": "reads", "from": "May", "to": "2025-05-31"})
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "from", "message": "参数 from 应是日期，如 2025-05-01。"}
    ]


def test_days_the_wrong_way_round_are_a_sentence(program: Program, vera: Member) -> None:
    asked = {"metric": "reads", "from": "2025-05-31", "to": "2025-05-01"}
    response = program(vera).get(QUERY, asked)
    assert response.status_code == 422
    assert "晚于" in response.json()["detail"]


def stated(account: Account, day: date, value: float) -> None:
    row = FactRow(account.team_id, account.pk, 0, "new_followers", day, "", value)
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=[row])


def test_weeks_know_how_many_days_they_have(
    program: Program, vera: Member, account: Account
) -> None:
    stated(account, date(2025, 5, 2), 25.0)  # the first week of May begins on a Thursday
    asked = {"metric": "new_followers", "by": "week", **MAY}
    (row,) = program(vera).get(QUERY, asked).json()["rows"]
    assert (row["week"], row["covered_days"], row["days"]) == ("2025-W18", 1, 4)


def test_a_question_is_narrowed_and_compared(
    program: Program, vera: Member, account: Account
) -> None:
    other = Account.objects.create(team=account.team, platform="douyin", name="运策抖音")
    stated(account, date(2025, 4, 30), 20.0)
    stated(account, date(2025, 5, 2), 25.0)
    stated(other, date(2025, 5, 2), 1000.0)
    asked = {"metric": "new_followers", "compare": "previous", **MAY}
    for condition in ("account=运策小红书", f"account={account.pk}", "platform=xiaohongshu"):
        answered = program(vera).get(QUERY, {**asked, "where": condition}).json()
        (row,) = answered["rows"]
        assert (row["value"], row["days"]) == (25.0, 31)
        assert row["before"] == {
            "value": 20.0,
            "covered_days": 1,
            "days": 30,
            "reason": "",
            "accounts": 1,
            "least_days": 1,
            "is_partial": False,
        }
        assert (answered["before"]["from"], answered["before"]["to"]) == (
            "2025-04-01",
            "2025-04-30",
        )


def test_of_one_name_any_value_will_do(program: Program, vera: Member, account: Account) -> None:
    stated(account, date(2025, 5, 2), 25.0)
    where = ["platform=douyin", "platform=xiaohongshu"]
    asked = {"metric": "new_followers", "where": where, **MAY}
    assert program(vera).get(QUERY, asked).json()["rows"][0]["value"] == 25.0


def test_only_the_asked_weekdays_count_as_days(
    program: Program, vera: Member, account: Account
) -> None:
    stated(account, date(2025, 5, 2), 25.0)
    asked = {"metric": "new_followers", "where": "weekday=5", **MAY}
    (row,) = program(vera).get(QUERY, asked).json()["rows"]
    assert (row["value"], row["covered_days"], row["days"]) == (25.0, 1, 5)


def test_numbers_are_split_by_the_groups_of_accounts(
    program: Program, vera: Member, account: Account
) -> None:
    Account.objects.filter(pk=account.pk).update(group="矩阵号")
    other = Account.objects.create(team=account.team, platform="douyin", name="运策抖音")
    stated(account, date(2025, 5, 2), 25.0)
    stated(other, date(2025, 5, 2), 7.0)
    asked = {"metric": "new_followers", **MAY}
    rows = program(vera).get(QUERY, {**asked, "by": "group"}).json()["rows"]
    assert [(row["group"], row["value"]) for row in rows] == [("", 7.0), ("矩阵号", 25.0)]
    (row,) = program(vera).get(QUERY, {**asked, "where": "group=矩阵号"}).json()["rows"]
    assert row["value"] == 25.0


def test_a_month_is_compared_with_its_goals(
    program: Program, vera: Member, account: Account
) -> None:
    plan = MonthPlan.objects.create(team=account.team, month_start=date(2025, 5, 1))
    Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=40)
    stated(account, date(2025, 5, 2), 25.0)
    asked = {"metric": ["new_followers", "reads"], "compare": "plan", **MAY}
    followers, reads = program(vera).get(QUERY, asked).json()["rows"]
    assert (followers["value"], followers["before"]["value"]) == (25.0, 40.0)
    assert reads["before"]["value"] is None
    assert reads["before"]["reason"].startswith("2025-05 没有「")


def test_a_part_of_a_month_has_no_plan(program: Program, vera: Member) -> None:
    asked = {"metric": "reads", "compare": "plan", "from": "2025-05-01", "to": "2025-05-20"}
    response = program(vera).get(QUERY, asked)
    assert response.status_code == 422
    assert "请从 2025-05-01 问到 2025-05-31" in response.json()["detail"]


def test_an_unknown_value_says_why(program: Program, vera: Member) -> None:
    (row,) = program(vera).get(QUERY, {"metric": "new_followers", **MAY}).json()["rows"]
    assert (row["value"], row["reason"]) == (None, "没有「新增粉丝」的数据")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"where": "platform"}, "应写成 名称=值"),
        ({"where": "account=没有的"}, "没有账号「没有的」"),
        ({"where": "colour=red"}, "不能按「colour」筛选"),
        ({"by": "colour"}, "不能按「colour」分组"),
        ({"compare": "yesterday"}, "不能与「yesterday」比较"),
        ({"where": "weekday=Friday"}, "不能用来筛选 weekday"),
        ({"where": "platform=tiktok"}, "没有 platform「tiktok」。可选：baijiahao、bilibili、"),
        ({"where": "group=没有的"}, "没有 group「没有的」。可选：—"),
        ({"where": "post=99999999999999999999999"}, "不能用来筛选 post：应是一个整数"),
        ({"from": "0001-01-01", "to": "0001-01-05", "compare": "previous"}, "日期 0001-01-01 不对"),
        ({"from": "0001-01-01", "to": "0001-01-31", "compare": "last_month"}, "日期 0001-01-01"),
        ({"from": "1990-01-01", "to": "1990-01-31", "compare": "last_month"}, "日期 1989-12-01"),
        ({"from": "2001-01-01", "to": "2199-12-31"}, "太长：一次最多问 50 年"),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_sentence(
    program: Program, vera: Member, wrong: dict[str, str], why: str
) -> None:
    response = program(vera).get(QUERY, {"metric": "new_followers", **MAY, **wrong})
    assert response.status_code == 422
    assert why in response.json()["detail"]


def test_a_metrics_definition_tells_how_it_is_counted(program: Program, alice: Member) -> None:
    told = program(alice).get("/api/v1/metrics/click_rate").json()
    assert (told["kind"], told["unit"]) == ("ratio", "percent")
    assert told["stored"] == sorted(catalogue().base_codes("click_rate"))
    reads = program(alice).get("/api/v1/metrics/post_views").json()
    assert {"platform": "xiaohongshu", "export": "notes", "header": "观看量"} in reads["feeds"]


def test_an_unknown_metrics_definition_is_a_sentence(program: Program, alice: Member) -> None:
    response = program(alice).get("/api/v1/metrics/clickrate")
    assert response.status_code == 422
    assert "click_rate" in response.json()["detail"]


def in_dozens(account: Account, **said: Any) -> None:
    own = {
        "code": "dozen_followers",
        "name": "打粉丝",
        "dimension": "user",
        "unit": "count",
        "direction": "higher",
        "formula": "new_followers / 12",
        "meaning": "新增粉丝除以 12。",
    }
    TeamMetric.objects.create(team=account.team, **own | said)


def test_a_metric_the_team_made_has_versions_and_values(
    program: Program, alice: Member, account: Account
) -> None:
    stated(account, date(2025, 5, 2), 30.0)
    in_dozens(account, effective=date(2025, 5, 1), created_by=alice.user)
    client = program(alice)
    told = client.get("/api/v1/teams/content/metrics/dozen_followers").json()
    assert [(v["version"], v["created_by"]) for v in told["versions"]] == [(1, "李组长")]
    listed = client.get("/api/v1/teams/content/metrics").json()
    assert listed[-1]["code"] == "dozen_followers"
    (row,) = client.get(QUERY, {"metric": "dozen_followers", **MAY}).json()["rows"]
    assert (row["name"], row["value"]) == ("打粉丝", 2.5)


def test_a_built_in_metric_tells_its_versions_too(program: Program, vera: Member) -> None:
    told = program(vera).get("/api/v1/teams/content/metrics/likes").json()
    assert (told["is_own"], told["is_retired"]) == (False, False)
    assert [version["version"] for version in told["versions"]] == [told["version"]]
    assert "interactions" in told["inside"]


def test_a_retired_metric_is_told_as_it_was(
    program: Program, vera: Member, account: Account
) -> None:
    in_dozens(account, effective=date(2025, 5, 1))
    in_dozens(account, effective=date(2025, 5, 2), version=2, formula="")
    client = program(vera)
    told = client.get("/api/v1/teams/content/metrics/dozen_followers").json()
    assert (told["is_retired"], told["formula"]) == (True, "new_followers / 12")
    assert [version["is_retirement"] for version in told["versions"]] == [True, False]
    listed = client.get("/api/v1/teams/content/metrics").json()
    assert "dozen_followers" not in {metric["code"] for metric in listed}


def test_a_guest_sees_no_numbers(program: Program, gus: Member) -> None:
    assert program(gus).get(QUERY, {"metric": "reads", **MAY}).status_code == 403
