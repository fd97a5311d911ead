"""`yunce effect`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import Result

from tests.daily import days_of, uneven
from yunce.ground.channels.models import Account

Yunce = Callable[..., Result]
ASKED = ("effect", "--metric", "new_followers", "--from", "2025-05-20", "--to", "2025-05-22")


@pytest.fixture
def numbers(account: Account) -> Account:
    """Three days from 5/20 bring three times as much; nothing happens in another account."""
    other = Account.objects.create(team=account.team, platform="douyin", name="运策抖音")
    days_of(other, "new_followers", date(2024, 12, 1), uneven(200, 182, seed=3))
    values = uneven(300, 182, seed=9)
    lifted = [v * 3 if 170 <= n < 173 else v for n, v in enumerate(values)]
    days_of(account, "new_followers", date(2024, 12, 1), lifted)
    return account


def test_an_effect_is_told_in_words(yunce: Yunce, numbers: Account) -> None:
    told: Result = yunce(*ASKED, "--account", "运策小红书")
    assert told.exit_code == 0, told.stderr
    assert "有效：新增粉丝 2025-05-20 – 2025-05-22" in told.output
    assert "对照账号 抖音 · 运策抖音，同期" in told.output


def test_and_in_json(yunce: Yunce, numbers: Account) -> None:
    told = json.loads(yunce(*ASKED, "--account", str(numbers.pk), "--json").output)
    assert told["verdict"] == "worked" and told["low"] < told["lift"] < told["high"]
    assert told["treated"] == [str(numbers)]


def test_a_refusal_is_a_sentence(yunce: Yunce, account: Account) -> None:
    told = yunce(*ASKED)
    assert told.exit_code == 0 and told.output.startswith("还不能说：")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--metric", "new_folowers"), "new_followers"),
        (("--from", "x"), "不是日期"),
        (("--account", "没有的"), "没有账号"),
    ],
)
def test_odd_questions_are_refused(
    yunce: Yunce, account: Account, changed: tuple[str, str], said: str
) -> None:
    told = yunce(*ASKED, *changed)
    assert told.exit_code != 0 and said in told.stderr
