"""A goal's form: proposals with chances, what is typed, the months before, and saying so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Member, User
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.proposing import Panel, panel_of

SignIn = Callable[[User | Member], Client]
MAY, JUNE = Month(2025, 5), Month(2025, 6)
TODAY = date(2025, 5, 21)
FORM = "/t/content/2025-05/plan/goals/new/"
PROPOSALS = "/t/content/2025-05/plan/goals/proposals/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


def told(account: Account, metric: str, values: dict[date, float]) -> None:
    rows = [
        FactRow(account.team_id, account.pk, 0, metric, day, "", value)
        for day, value in values.items()
    ]
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)


def days(many: int) -> list[date]:
    return [TODAY - timedelta(days=n + 1) for n in range(many)]


@pytest.fixture
def year(account: Account) -> None:
    """New followers of thirteen months, around a hundred a day."""
    told(account, "new_followers", {day: 60.0 + day.toordinal() * 37 % 80 for day in days(400)})


def panel(
    account: Account, *, month: Month = MAY, metric: str = "new_followers", **typed: str
) -> Panel:
    known = catalogue_of(account.team)
    found = panel_of(account.team, month, metric, known=known, typed=typed, today=TODAY)
    assert found is not None
    return found


def test_both_targets_are_proposed_with_their_chances(account: Account, year: None) -> None:
    found = panel(account)
    assert [each.input for each in found.suggestions] == ["must", "stretch"]
    must, stretch = found.suggestions
    assert must.chance in {f"{n}%" for n in range(64, 77)}
    assert stretch.chance in {f"{n}%" for n in range(19, 32)}
    assert " – " in found.band
    assert found.evidence == "充分"


def test_what_is_typed_gets_its_chance_and_its_months(account: Account, year: None) -> None:
    """A month brings about 99.5 × 30: twelve of twelve reach 1,000, none 9,000."""
    (easy,) = panel(account, must="1000").tried
    assert (easy.chance, easy.word) == (">99%", "把握大")
    assert easy.history == "按这个目标，过去 12 个月有 12 个月能达到。"
    (hard,) = panel(account, must="9000").tried
    assert (hard.chance, hard.tone) == ("<1%", "bad")
    assert hard.history == "按这个目标，过去 12 个月有 0 个月能达到。"


def test_next_months_plan_is_made_while_this_month_runs(account: Account, year: None) -> None:
    found = panel(account, month=JUNE, must="2500")
    assert found.forecast
    assert found.bars[-1].look == "run"  # May is not over and not compared with
    assert "过去 12 个月里有数的 11 个月" in found.tried[0].history


def test_too_little_says_so_and_offers_history(account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(days(9), 100.0))
    found = panel(account, must="3000")
    assert (found.forecast, found.suggestions, found.evidence) == ("", (), "不足")
    assert "不到 14 天的数据，先看往月" in found.unsaid
    assert (found.tried[0].chance, found.tried[0].history) == (
        "",
        "过去 12 个月没有数据，没法和往月比。",
    )


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"must": "很多"}, "看不懂「很多」"),
        ({"must": "-5"}, "不能是负数"),
        ({"must": "3000", "stretch": "2000"}, "挑战目标应不低于必达目标"),
        ({"must": "1e9999"}, "看不懂"),
        ({"must": "inf"}, "看不懂"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    account: Account, year: None, typed: dict[str, str], says: str
) -> None:
    found = panel(account, month=MAY, metric="new_followers", **typed)
    assert says in found.problem
    assert found.tried == ()


def test_a_month_gone_by_is_not_forecast(account: Account, year: None) -> None:
    assert panel(account, month=Month(2025, 3)).unsaid == "这个月已经结束，不再预测。"


def test_nothing_all_year_proposes_nothing(account: Account) -> None:
    told(account, "new_followers", dict.fromkeys(days(200), 0.0))
    found = panel(account, must="0")
    assert found.suggestions == ()
    assert found.tried[0].chance == ""


def test_a_rate_is_proposed_as_a_rate(account: Account) -> None:
    told(account, "clicks", {day: 30.0 + day.toordinal() % 7 for day in days(200)})
    told(account, "exposures", dict.fromkeys(days(200), 1_000.0))
    found = panel(account, metric="click_rate", must="3")
    assert all(each.shown.endswith("%") for each in found.suggestions)
    assert found.tried[0].shown == "3%"


def test_a_metric_nobody_knows_has_no_panel(account: Account) -> None:
    known = catalogue_of(account.team)
    assert panel_of(account.team, MAY, "nonsense", known=known, typed={}, today=TODAY) is None


def test_the_form_shows_it_live_and_adopts(
    signed_in: SignIn, alice: Member, plan: MonthPlan, year: None
) -> None:
    client = signed_in(alice)
    page = client.get(
        PROPOSALS, {"metric": "new_followers", "must": "1000"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "按这个目标，过去 12 个月有 12 个月能达到。" in page
    assert 'data-input="must"' in page
    assert "<html" not in page


def test_without_script_the_buttons_send_the_form(
    signed_in: SignIn, alice: Member, plan: MonthPlan, year: None
) -> None:
    client = signed_in(alice)
    asked = {"metric": "new_followers", "must": "1", "label": "涨粉"}
    looked = client.post(FORM, asked | {"look": "1"})
    assert (looked.status_code, Goal.objects.count()) == (200, 0)
    assert "八成会在" in looked.content.decode()
    adopted = client.post(FORM, asked | {"adopt": "must 2900"}).context["form"]
    assert (adopted["must"].value(), adopted["label"].value()) == ("2900", "涨粉")
    assert not Goal.objects.exists()


def test_a_goals_cell_shows_it_too(
    signed_in: SignIn, alice: Member, plan: MonthPlan, year: None
) -> None:
    goal = Goal.objects.create(
        plan=plan, dimension="user", metric="new_followers", must=Decimal(1_000)
    )
    address = f"/t/content/2025-05/plan/goals/{goal.pk}/cell/targets/"
    client = signed_in(alice)
    assert "把握 &gt;99%" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    cell = client.get(address).context["cell"]
    sent = {**cell.held, **{f"seen_{name}": text for name, text in cell.held.items()}}
    answer = client.post(address, sent | {"adopt": "must 2900"})
    assert answer.context["cell"].typed["must"] == "2900"
    goal.refresh_from_db()
    assert goal.must == 1_000


@pytest.mark.parametrize("query", ["", "?metric=nonsense", "?metric=new_followers&must=x"])
def test_any_question_has_an_answer(
    signed_in: SignIn, alice: Member, plan: MonthPlan, query: str
) -> None:
    assert signed_in(alice).get(PROPOSALS + query).status_code == 200


def test_it_is_for_those_who_plan(
    signed_in: SignIn, bob: Member, charlie: User, plan: MonthPlan
) -> None:
    assert signed_in(bob).get(PROPOSALS).status_code == 403
    assert signed_in(charlie).get(PROPOSALS).status_code == 404


def test_it_asks_little(
    account: Account, year: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        panel(account, must="3000", stretch="4000")
