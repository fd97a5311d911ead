"""A team's accounts: listed, added, changed, put out of use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from yunce.ground.channels.actions import add_account, change_account, set_active
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access, access_for
from yunce.ground.teams.rules import Capability

SignIn = Callable[..., Client]
NEW = {"platform": "douyin", "name": "运策抖音", "owner": ""}


@pytest.fixture
def access(alice: Member) -> Access:
    return access_for(alice.user, "content", Capability.PLAN)


def test_a_lead_adds_an_account(alice: Member, bob: Member, signed_in: SignIn) -> None:
    response = signed_in(alice).post("/t/content/accounts/", {**NEW, "owner": bob.pk})
    assert response["Location"] == "/t/content/accounts/"
    account = Account.objects.get()
    assert (account.platform, account.name, account.owner) == ("douyin", "运策抖音", bob)
    assert Entry.objects.get().verb == "channels.add_account"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("platform", "myspace", "myspace"),
        ("name", "   ", "必填"),
        ("name", "长" * 61, "60"),
        ("owner", "999999", "负责人必须是本团队的成员"),
    ],
)
def test_bad_input_is_explained(
    alice: Member, signed_in: SignIn, field: str, value: str, sentence: str
) -> None:
    response = signed_in(alice).post("/t/content/accounts/", {**NEW, field: value})
    assert response.status_code == 422
    assert sentence in response.text
    assert not Account.objects.exists()


def test_a_duplicate_is_refused_in_a_sentence(
    alice: Member, account: Account, signed_in: SignIn
) -> None:
    form = {"platform": "xiaohongshu", "name": " 运策小红书 "}
    response = signed_in(alice).post("/t/content/accounts/", form)
    assert response.status_code == 422
    assert "小红书上已经有「运策小红书」了" in response.text


def test_a_duplicate_out_of_use_can_come_back(access: Access, account: Account) -> None:
    set_active(access=access, account=account, is_active=False)
    with pytest.raises(ValidationError, match="可以在列表里恢复"):
        add_account(access=access, platform="xiaohongshu", name="运策小红书")


def test_two_platforms_may_have_the_same_name(access: Access, account: Account) -> None:
    add_account(access=access, platform="douyin", name="运策小红书")
    assert Account.objects.count() == 2


def test_a_member_reads_and_does_not_add(bob: Member, signed_in: SignIn) -> None:
    client = signed_in(bob)
    assert client.get("/t/content/accounts/").status_code == 200
    assert client.post("/t/content/accounts/", NEW).status_code == 403
    with pytest.raises(PermissionDenied):
        add_account(
            access=access_for(bob.user, "content", Capability.SEE_ALL),
            platform="douyin",
            name="运策抖音",
        )


def test_a_stranger_does_not_know_of_it(
    charlie: User, team: Team, account: Account, signed_in: SignIn
) -> None:
    client = signed_in(charlie)
    assert client.post("/t/content/accounts/", NEW).status_code == 404
    assert client.post(f"/t/other/accounts/{account.pk}/", {"name": "我的"}).status_code == 404
    assert client.post(f"/t/other/accounts/{account.pk}/active/").status_code == 404


def test_an_account_gets_another_name_and_owner(
    alice: Member, account: Account, signed_in: SignIn
) -> None:
    form = {"name": "运策笔记", "owner": alice.pk}
    signed_in(alice).post(f"/t/content/accounts/{account.pk}/", form)
    account.refresh_from_db()
    assert (account.name, account.owner) == ("运策笔记", alice)
    assert Entry.objects.get().changes["owner"] == ["文案专员", "运营组长"]


def test_an_account_is_put_in_a_group_that_is_offered_to_others(
    alice: Member, account: Account, signed_in: SignIn
) -> None:
    form = {"name": "运策小红书", "owner": "", "group": " 矩阵号 "}
    signed_in(alice).post(f"/t/content/accounts/{account.pk}/", form)
    account.refresh_from_db()
    assert account.group == "矩阵号"
    page = signed_in(alice).get("/t/content/accounts/").content.decode()
    assert '<option value="矩阵号">' in page


def test_too_long_a_group_is_refused(alice: Member, account: Account, access: Access) -> None:
    with pytest.raises(ValidationError, match="最多 40 个字"):
        change_account(access=access, account=account, name="号", owner=None, group="长" * 41)


def test_a_name_that_is_taken_is_refused(
    alice: Member, access: Access, account: Account, signed_in: SignIn
) -> None:
    other = add_account(access=access, platform="xiaohongshu", name="第二个号")
    response = signed_in(alice).post(
        f"/t/content/accounts/{other.pk}/", {"name": "运策小红书", "owner": ""}
    )
    assert response.status_code == 422
    other.refresh_from_db()
    assert other.name == "第二个号"


def test_somebody_of_another_team_cannot_own_it(
    access: Access, account: Account, charlie: User
) -> None:
    stranger = charlie.memberships.get()
    with pytest.raises(ValidationError):
        change_account(access=access, account=account, name="运策小红书", owner=stranger, group="")


def test_an_account_goes_out_of_use_and_comes_back(
    alice: Member, account: Account, team: Team, signed_in: SignIn
) -> None:
    client = signed_in(alice)
    client.post(f"/t/content/accounts/{account.pk}/active/", {"active": "no"})
    assert not accounts_of(team).exists()
    assert "已停用" in client.get("/t/content/accounts/").text
    client.post(f"/t/content/accounts/{account.pk}/active/", {"active": "yes"})
    assert accounts_of(team).get() == account


def test_an_empty_list_says_what_to_do(alice: Member, vera: Member, signed_in: SignIn) -> None:
    assert "先添加一个账号" in signed_in(alice).get("/t/content/accounts/").text
    assert "请运营组长或管理员先添加" in signed_in(vera).get("/t/content/accounts/").text


def test_an_account_may_need_no_daily_data(
    alice: Member, account: Account, signed_in: SignIn
) -> None:
    values = {"name": account.name, "owner": "", "skips_daily": "on"}
    signed_in(alice).post(f"/t/content/accounts/{account.pk}/", values)
    account.refresh_from_db()
    assert account.skips_daily
    assert Entry.objects.get().changes["skips_daily"] == [False, True]
