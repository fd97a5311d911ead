"""The demo month adds up exactly to the results of DOMAIN §4."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.config.demo import DEMO_MONTH, load_demo
from yunce.engines.metrics import Answer
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import answer, restatements
from yunce.ground.teams.models import Team, User
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import progress_of
from yunce.loop.goals.rules import Standing

pytestmark = pytest.mark.django_db


def numbers(team: Team, *metrics: str, by: tuple[str, ...] = ()) -> Answer:
    return answer(team, metrics, start=DEMO_MONTH.first, end=DEMO_MONTH.last, by=by)


def test_the_six_achievements_are_those_of_the_domain() -> None:
    team, _made = load_demo()
    plan = MonthPlan.objects.get(team=team)
    shown = [progress.achievement.shown for progress in progress_of(plan, as_of=DEMO_MONTH.last)]
    assert shown == ["110%", "108%", "125%", "115%", "117%", "120%"]


def test_actuals_are_exact() -> None:
    team, _made = load_demo()
    plan = MonthPlan.objects.get(team=team)
    actuals = [progress.actual for progress in progress_of(plan, as_of=DEMO_MONTH.last)]
    assert actuals == [
        Decimal(22),
        Decimal("0.65"),
        Decimal(15000),
        Decimal("0.092"),
        Decimal("0.035"),
        Decimal("0.018"),
    ]


def test_three_goals_are_beyond_their_stretch_target() -> None:
    team, _made = load_demo()
    plan = MonthPlan.objects.get(team=team)
    standings = [progress.standing for progress in progress_of(plan, as_of=DEMO_MONTH.last)]
    assert standings == [
        Standing.MET,
        Standing.MET,
        Standing.BEYOND,
        Standing.BEYOND,
        Standing.BEYOND,
        Standing.BEYOND,
    ]


def test_followers_come_from_livestreams_events_and_by_themselves() -> None:
    team, _made = load_demo()
    by_channel = numbers(team, "new_followers", by=("segment",))
    assert by_channel.value("new_followers", "channel=直播") == 10_500
    assert by_channel.value("new_followers", "channel=裂变") == 3_000
    assert by_channel.value("new_followers", "channel=自然") == 1_500


def test_other_results_are_there_too() -> None:
    team, _made = load_demo()
    found = numbers(team, "topic_views", "comment_reply_rate", "pieces", "live_viewers")
    assert found.value("topic_views") == 150_000
    assert found.value("comment_reply_rate") == pytest.approx(0.68)
    assert found.value("pieces") == 40
    assert found.value("live_viewers") == 2_300 + 2_450 + 2_600


def test_loading_twice_makes_one_team() -> None:
    first, made = load_demo()
    again, made_again = load_demo()
    assert (first.pk, made, made_again) == (again.pk, True, False)
    assert Batch.objects.count() == 3


def test_who_owns_yunce_owns_the_demo_team() -> None:
    owner = User.objects.create_user(username="owner", name="管理员", is_superuser=True)
    team, _made = load_demo()
    assert team.members.get(user=owner).role == "owner"


def test_some_numbers_were_counted_to_the_end_later() -> None:
    team, _made = load_demo()
    found = restatements(team, DEMO_MONTH.first, DEMO_MONTH.last, limit=10)
    grown = sorted(each.current.value - each.stated[0].value for each in found)
    assert grown == [6, 24, 41, 95, 186, 312]
    assert numbers(team, "reads").value("reads") == 500_000
