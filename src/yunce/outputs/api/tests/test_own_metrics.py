"""Metrics a team makes, over the API: tried, kept, changed, retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yunce.ground.facts.actions import close_month
from yunce.ground.facts.models import Batch, TeamMetric
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan

Program = Callable[[User | Member], Client]
Tell = Callable[..., Batch]
OWN = "/api/v1/teams/content/own-metrics"
JSON = "application/json"
WANTED: dict[str, Any] = {
    "code": "likes_per_read",
    "name": "每次阅读点赞",
    "formula": "likes / reads",
    "unit": "percent",
    "dimension": "interaction",
    "meaning": "点赞数 ÷ 阅读量，合计相除。",
    "effective": "2025-05-01",
}


@pytest.fixture
def alices(program: Program, alice: Member) -> Client:
    return program(alice)


@pytest.fixture
def kept(alices: Client) -> TeamMetric:
    assert alices.post(OWN, WANTED, JSON).status_code == 201
    return TeamMetric.objects.get()


def test_a_formula_is_tried_on_the_teams_numbers(alices: Client, told: Tell) -> None:
    told("likes", {1: 5, 2: 1})
    told("reads", {1: 100, 2: 50})
    tried = alices.get(f"{OWN}/preview", {"formula": "likes / reads", "unit": "percent"}).json()
    assert tried["kind"] == "ratio"
    assert (tried["recent"]["value"], tried["recent"]["end"]) == (0.04, "2025-05-02")
    assert not TeamMetric.objects.exists()


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("likes / readz", "公式第 9 个字符「readz」不是指标的代码。是否想写：reads"),
        ("likes +", "没有写完"),
        ("", "没有写完"),
        ("likes / 0", "公式里除以了 0：分母「0」总是 0，请换一个分母。"),
    ],
)
def test_a_formula_that_cannot_be_names_its_place(alices: Client, formula: str, said: str) -> None:
    answer = alices.get(f"{OWN}/preview", {"formula": formula})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "formula"
    assert said in error["message"]


def test_a_kept_metric_is_asked_for_like_any_other(
    alices: Client, kept: TeamMetric, told: Tell
) -> None:
    told("likes", {1: 6})
    told("reads", {1: 100})
    asked = {"metric": kept.code, "from": "2025-05-01", "to": "2025-05-31"}
    (row,) = alices.get("/api/v1/teams/content/query", asked).json()["rows"]
    assert (row["name"], row["value"]) == ("每次阅读点赞", 0.06)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"formula": "likes / readz"}, "formula", "第 9 个字符「readz」不是指标的代码"),
        ({"formula": "new_followers + total_followers"}, "formula", "不能相加减"),
        ({"code": "saves"}, "code", "代码「saves」已经是"),
        ({"name": "点赞数"}, "name", "已经有叫「点赞数」的指标"),
        ({"name": "长" * 41}, "name", "40"),
        ({"meaning": ""}, "meaning", "不能为空"),
        ({"unit": "kilo"}, "unit", "应是其中之一：count、percent"),
        ({"unit": "yuan"}, "unit", "单位选了「元」，公式算出来的却是没有单位的比值"),
        ({"effective": "soon"}, "effective", "应是日期"),
    ],
)
def test_what_is_wrong_names_the_field_and_nothing_is_kept(
    alices: Client, changes: dict[str, str], field: str, said: str
) -> None:
    answer = alices.post(OWN, WANTED | changes, JSON)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert said in error["message"]
    assert not TeamMetric.objects.exists()


def test_a_new_version_says_only_what_changes(alices: Client, kept: TeamMetric) -> None:
    change = {"formula": "(likes + saves) / reads", "effective": "2025-06-01"}
    told = alices.post(f"{OWN}/{kept.code}/versions", change, JSON).json()
    assert [(each["version"], each["formula"]) for each in told["versions"]] == [
        (2, "(likes + saves) / reads"),
        (1, "likes / reads"),
    ]
    assert (told["name"], told["unit"]) == ("每次阅读点赞", "percent")
    assert told["versions"][0]["created_by"] == "李组长"


def test_a_version_must_not_reach_a_closed_month(
    alices: Client, kept: TeamMetric, team: Team
) -> None:
    close_month(team=team, month=Month(2025, 5), by=None)
    change = {"formula": "saves / reads", "effective": "2025-05-20"}
    answer = alices.post(f"{OWN}/{kept.code}/versions", change, JSON)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "effective"
    assert "2025-05 已关账" in error["message"]
    assert TeamMetric.objects.count() == 1


def test_a_retired_metric_is_gone_and_still_told(
    alices: Client, kept: TeamMetric, team: Team
) -> None:
    told = alices.post(f"{OWN}/{kept.code}/retire").json()
    assert (told["is_retired"], told["formula"]) == (True, "likes / reads")
    assert kept.code not in catalogue_of(team)
    again = alices.post(f"{OWN}/{kept.code}/retire")
    assert (again.status_code, again.json()["detail"]) == (422, "「每次阅读点赞」已经停用了。")


def test_a_metric_a_goal_needs_is_not_retired(
    alices: Client, kept: TeamMetric, plan: MonthPlan
) -> None:
    Goal.objects.create(plan=plan, dimension="interaction", metric=kept.code, must=0.05)
    answer = alices.post(f"{OWN}/{kept.code}/retire")
    assert answer.status_code == 422
    assert "2025-05 的目标还用着" in answer.json()["detail"]


def test_who_makes_no_plans_makes_no_metrics(
    program: Program, kept: TeamMetric, bob: Member, charlie: User
) -> None:
    for person, status in ((bob, 403), (charlie, 404)):
        client = program(person)
        asked = [
            client.post(OWN, WANTED | {"code": "other", "name": "别的"}, JSON),
            client.get(f"{OWN}/preview", {"formula": "likes / reads"}),
            client.post(f"{OWN}/{kept.code}/versions", {"formula": "saves / reads"}, JSON),
            client.post(f"{OWN}/{kept.code}/retire"),
        ]
        assert [answer.status_code for answer in asked] == [status] * 4
    assert TeamMetric.objects.count() == 1


def test_a_metric_nobody_made_is_not_found(alices: Client, team: Team) -> None:
    assert alices.post(f"{OWN}/reads/retire").status_code == 404
    assert alices.post(f"{OWN}/reads/versions", {"name": "读"}, JSON).status_code == 404


def test_what_an_earlier_program_kept_is_answered_with_what_is_wrong_with_it(
    alices: Client, kept: TeamMetric, told: Tell
) -> None:
    told("gmv", {1: 3000})
    told("reads", {1: 100})
    detail = "/api/v1/teams/content/metrics/likes_per_read"
    assert alices.get(detail).json()["complaint"] == ""
    TeamMetric.objects.filter(pk=kept.pk).update(formula="gmv*1 + reads")
    found = alices.get(detail).json()
    assert found["complaint"].startswith("这个公式现在不能这样新建：「成交额」")
    assert found["recent"]["value"] == 3100
    days = {"metric": "likes_per_read", "from": "2025-05-01", "to": "2025-05-31"}
    rows = alices.get("/api/v1/teams/content/query", days).json()["rows"]
    assert rows[0]["value"] == 3100
