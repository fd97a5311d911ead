"""Writing parts: who may, what is refused, and that a new split keeps the sum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from tests.cast import AccessOf
from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.actions import (
    EditConflictError,
    add_part,
    change_part,
    remove_part,
    restore_part,
    set_part_amount,
)
from yunce.loop.goals.models import Goal, MonthPlan, Part, PartKind, PartWords, PlanState
from yunce.loop.goals.queries.measuring import PartRows, measured
from yunce.loop.goals.queries.parts import words_of
from yunce.loop.goals.queries.templates import even_weeks

SignedIn = Callable[[User | Member], Client]


@pytest.fixture
def three(followers: Goal) -> list[Part]:
    """6,000 + 4,000 + 2,000 = 12,000."""
    return [
        Part.objects.create(goal=followers, name=name, amount=amount, position=at)
        for at, (name, amount) in enumerate([("甲", 6_000), ("乙", 4_000), ("丙", 2_000)])
    ]


def amounts(goal: Goal) -> list[Decimal | None]:
    return [part.amount for part in goal.parts.all()]


def test_lead_adds_a_part_and_the_journal_says_so(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    part = add_part(access=access_of(alice), goal=followers, words=PartWords(name=" 直播 "))
    assert (part.name, part.amount) == ("直播", None)
    assert Entry.objects.filter(verb="goals.add_part").exists()


@pytest.mark.parametrize("typed", ["渠道：扫码", "渠道 = 扫码", "channel=扫码"])
def test_a_segment_is_written_in_words(
    alice: Member, followers: Goal, access_of: AccessOf, typed: str
) -> None:
    words = PartWords(name="扫码拉新", segment=typed)
    part = add_part(access=access_of(alice), goal=followers, words=words)
    assert part.segment == "channel=扫码"
    assert words_of(part) == "扫码拉新（渠道：扫码）"


def test_member_cannot_add_a_part(bob: Member, followers: Goal, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        add_part(access=access_of(bob), goal=followers, words=PartWords(name="直播"))


def test_stranger_finds_no_part(three: list[Part], charlie: User, signed_in: SignedIn) -> None:
    address = f"/t/content/2025-05/parts/{three[0].pk}/amount/"
    assert signed_in(charlie).post(address, {"amount": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (PartWords(name="  "), "请写这一部分叫什么"),
        (PartWords(name="扫码", amount=Decimal(-1)), "不能是负数"),
        (PartWords(name="扫码", segment="扫码"), "种类=值"),
        (PartWords(name="扫码", week=date(2025, 6, 30)), "这一周不在 2025-05 里"),
        (PartWords(name="扫码", metric="nonsense"), "不能用来量"),
        (PartWords(name="扫码", platform="myspace"), "没有「myspace」这个平台"),
    ],
)
def test_wrong_words_are_refused_with_a_sentence(
    alice: Member, followers: Goal, access_of: AccessOf, words: PartWords, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        add_part(access=access_of(alice), goal=followers, words=words)
    assert not followers.parts.exists()


@pytest.mark.parametrize("state", [PlanState.LOCKED, PlanState.CLOSED])
def test_parts_of_a_month_that_stands_stay(
    alice: Member, three: list[Part], access_of: AccessOf, state: PlanState
) -> None:
    MonthPlan.objects.update(state=state)
    with pytest.raises(ValidationError):
        remove_part(access=access_of(alice), part=three[0])
    assert Part.objects.count() == 3


def test_new_split_keeps_the_sum(alice: Member, three: list[Part], access_of: AccessOf) -> None:
    set_part_amount(
        access=access_of(alice),
        part=three[0],
        amount=Decimal(3_000),
        seen=Decimal(6_000),
        keep_sum=True,
    )
    assert amounts(three[0].goal) == [3_000, 6_000, 3_000]  # 9,000 left as 4 : 2


def test_more_than_the_whole_is_refused(
    alice: Member, three: list[Part], access_of: AccessOf
) -> None:
    with pytest.raises(ValidationError, match="0 到合计 12000"):
        set_part_amount(
            access=access_of(alice),
            part=three[0],
            amount=Decimal(13_000),
            seen=Decimal(6_000),
            keep_sum=True,
        )
    assert amounts(three[0].goal) == [6_000, 4_000, 2_000]


def test_amount_somebody_else_changed_is_not_overwritten(
    alice: Member, three: list[Part], access_of: AccessOf
) -> None:
    with pytest.raises(EditConflictError):
        set_part_amount(
            access=access_of(alice),
            part=three[0],
            amount=Decimal(1),
            seen=Decimal(5_000),
            keep_sum=False,
        )


def test_undo_of_a_split_brings_every_amount_back(
    alice: Member, three: list[Part], signed_in: SignedIn
) -> None:
    client: Client = signed_in(alice)
    address = f"/t/content/2025-05/parts/{three[0].pk}/amount/"
    client.post(address, {"amount": "100", "seen": "6000", "keep": "1"})
    client.post(address, {"back": " ".join(f"{p.pk}={p.amount}" for p in three)})
    assert amounts(three[0].goal) == [6_000, 4_000, 2_000]


def test_part_goes_with_what_is_below_and_comes_back(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    live = add_part(
        access=access, goal=followers, words=PartWords(name="直播", kind=PartKind.PRODUCT)
    )
    add_part(access=access, goal=followers, words=PartWords(name="场次"), parent=live)
    remove_part(access=access, part=live)
    assert Part.objects.count() == 0
    restore_part(access=access, part=Part.everything.get(name="直播"))
    assert Part.objects.count() == 2


def test_part_with_parts_cannot_become_a_number(
    alice: Member, followers: Goal, access_of: AccessOf
) -> None:
    access = access_of(alice)
    live = add_part(access=access, goal=followers, words=PartWords(name="直播", kind=PartKind.SUM))
    add_part(access=access, goal=followers, words=PartWords(name="场次"), parent=live)
    with pytest.raises(ValidationError, match="还有下级"):
        change_part(access=access, part=live, words=PartWords(name="直播", amount=Decimal(1)))


def test_even_weeks_of_may_come_to_the_target(followers: Goal) -> None:
    made = even_weeks(followers)
    assert [words.name for words in made][:2] == ["第 1 周（5/1–5/4）", "第 2 周（5/5–5/11）"]
    assert sum(words.amount or 0 for words in made) == 12_000
    # 12,000 ÷ 31 = 387.1: 4 days are about 1,550, the first days carry the 3 that are over
    assert made[0].amount == 4 * 387 + 3


def test_parts_are_measured_by_segment_platform_and_week(followers: Goal, account: Account) -> None:
    told = [("channel=扫码", 5, 300), ("channel=扫码", 12, 200), ("", 5, 400), ("", 12, 250)]
    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.GRID, account=account),
        rows=[
            FactRow(account.team_id, account.pk, 0, "new_followers", date(2025, 5, d), s, value=v)
            for s, d, v in told
        ],
    )
    made = [
        Part.objects.create(goal=followers, name="扫码", segment="channel=扫码"),
        Part.objects.create(goal=followers, name="小红书", platform="xiaohongshu"),
        Part.objects.create(goal=followers, name="第 2 周", week=date(2025, 5, 5)),
        Part.objects.create(goal=followers, name="不知在哪量"),
    ]
    found = measured(made, as_of=date(2025, 5, 31))
    assert [found[part.pk].value if part.pk in found else None for part in made] == [
        500,
        650,
        400,
        None,
    ]


def test_a_parts_number_opens_where_its_rows_can_be_shown_alone(
    followers: Goal, account: Account
) -> None:
    source = Source(kind=BatchKind.GRID, account=account)
    team = account.team
    rows = [FactRow(team.pk, account.pk, 0, "new_followers", date(2025, 5, 2), "", 5)]
    record(team=team, by=None, source=source, rows=rows)
    week = Part.objects.create(goal=followers, name="第 1 周", week=date(2025, 4, 28))
    platform = Part.objects.create(goal=followers, name="小红书", platform="xiaohongshu")
    one = Part.objects.create(goal=followers, name="这个号", account=account)
    found = measured([week, platform, one], as_of=date(2025, 5, 20))
    may_1, may_20 = date(2025, 5, 1), date(2025, 5, 20)
    assert found[week.pk].rows == PartRows("new_followers", may_1, date(2025, 5, 4), None)
    assert found[platform.pk].rows is None
    assert found[one.pk].rows == PartRows("new_followers", may_1, may_20, account.pk)
