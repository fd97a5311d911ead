"""What the store is told of posts, and what may not be asked by it."""

from __future__ import annotations

import pytest

from yunce.engines.metrics import BadFactError, FactStore, QueryError
from yunce.engines.metrics.tests.stage import TEAM, ask, fact


def test_what_is_told_again_replaces_all_that_was_known(store: FactStore) -> None:
    store.remember_posts(TEAM, {7: {"form": "视频", "series": "探店"}, 8: {"form": "图文"}})
    store.remember_posts(TEAM, {7: {"form": "图文", "series": ""}})
    assert store.remembered_posts(team=TEAM) == {7: {"form": "图文"}, 8: {"form": "图文"}}


def test_posts_known_of_another_team_stay_its_own(store: FactStore) -> None:
    store.remember_posts(2, {7: {"form": "视频"}})
    store.write(1, [fact("post_views", 1, 5, post=7)])
    assert ask(store, "post_views", by=("form",)).value("post_views", "") == 5


def test_a_forgotten_team_has_no_posts(store: FactStore) -> None:
    store.remember_posts(TEAM, {7: {"form": "视频"}})
    store.forget_team(TEAM)
    assert store.remembered_posts(team=TEAM) == {}


def test_nothing_to_tell_changes_nothing(store: FactStore) -> None:
    store.remember_posts(TEAM, {})
    assert store.remembered_posts(team=TEAM) == {}


@pytest.mark.parametrize(
    ("attributes", "why"),
    [({"colour": "red"}, "没有属性「colour」"), ({"published": "yesterday"}, "应写成")],
)
def test_what_no_post_has_is_refused(
    store: FactStore, attributes: dict[str, str], why: str
) -> None:
    with pytest.raises(BadFactError, match=why):
        store.remember_posts(TEAM, {7: attributes})


def test_account_numbers_have_no_form(store: FactStore) -> None:
    with pytest.raises(QueryError, match="只有账号的数据"):
        ask(store, "reads", by=("form",))


def test_an_accounts_own_attribute_of_that_name_comes_first(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10)])
    answer = ask(store, "reads", by=("form",), attributes={"form": {1: "企业号"}})
    assert answer.value("reads", "企业号") == 10


def test_views_at_an_age_are_those_of_that_day(store: FactStore) -> None:
    store.remember_posts(TEAM, {7: {"published": "2025-05-01"}, 8: {"published": "2025-05-03"}})
    views = [(2, 10, 7), (8, 70, 7), (4, 20, 8), (10, 90, 8)]
    store.write(1, [fact("post_views", day, value, post=post) for day, value, post in views])
    answer = ask(store, "post_views", by=("age",))
    assert [(row.group, row.value) for row in answer.rows] == [((1,), 30), ((7,), 160)]


@pytest.mark.parametrize("where", [{"week": ("W20",)}, {"weekday": ("一",)}, {"day": ("5月",)}])
def test_a_filter_that_is_no_day_is_refused(
    store: FactStore, where: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(QueryError, match="不能用来筛选"):
        ask(store, "reads", where=where)


def test_an_attribute_of_accounts_may_not_hide_a_word(store: FactStore) -> None:
    with pytest.raises(QueryError, match="「week」已有别的意思"):
        ask(store, "reads", attributes={"week": {1: "x"}})
