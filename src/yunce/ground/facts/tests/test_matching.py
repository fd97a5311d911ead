"""When two posts of an account are one: each rule, and what keeps it from being sure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from yunce.ground.facts.matching import Identity, Match, matches

SECOND = datetime.fromisoformat("2025-05-01T18:30:05")
MINUTE = datetime.fromisoformat("2025-05-01T18:30")
DAY = datetime.fromisoformat("2025-05-01")
LATER = datetime.fromisoformat("2025-05-01T19:00:07")


def told(number: int, title: str = "", at: datetime | None = None, **more: Any) -> Identity:
    return Identity(number, title, at, **more)


def one(new: Identity, *known: Identity, **more: Any) -> list[tuple[int, bool, str]]:
    return [(m.known, m.is_sure, m.reason) for m in matches([new], known, **more)]


@pytest.mark.parametrize(
    ("new", "known", "reason"),
    [
        (("五月新品开箱（修订）", SECOND), ("五月新品开箱", SECOND), "同一发布时间，标题改了"),
        (("五月新品开箱2", MINUTE), ("五月新品开箱", SECOND), "同一发布时间，标题改了"),
        (("五月新品开箱！真的…", SECOND), ("五月新品开箱！真的不一样", SECOND), "标题改了"),
        (("五月新品开箱", MINUTE), ("五月新品开箱", SECOND), "只精确到分"),
        (("五月新品开箱", DAY), ("五月新品开箱", SECOND), "只精确到天"),
        (("五月新品开箱", SECOND), ("五月新品开箱", DAY), "只精确到天"),
        (("", SECOND), ("五月新品开箱", SECOND), "其中一条没有标题"),
    ],
)
def test_these_are_surely_one(
    new: tuple[str, datetime], known: tuple[str, datetime], reason: str
) -> None:
    ((number, is_sure, said),) = one(told(-1, *new), told(7, *known))
    assert (number, is_sure) == (7, True)
    assert reason in said


@pytest.mark.parametrize(
    ("new", "known", "reason"),
    [
        (("早安", None), ("早安", SECOND), "没有发布时间"),
        (("早安", SECOND), ("早安", None), "没有发布时间"),
        (("全然不同", SECOND), ("五月新品开箱", SECOND), "标题不同"),
        (("", MINUTE), ("五月新品开箱", MINUTE), "没有标题"),
        (("五月新品开箱记", DAY), ("五月新品开箱", SECOND), "同一天发布，标题相近"),
    ],
)
def test_these_a_person_must_look_at(
    new: tuple[str, datetime | None], known: tuple[str, datetime | None], reason: str
) -> None:
    ((number, is_sure, said),) = one(told(-1, *new), told(7, *known))
    assert (number, is_sure) == (7, False)
    assert reason in said


@pytest.mark.parametrize(
    ("new", "known"),
    [
        (("早安", SECOND), ("早安", LATER)),  # published twice
        (("早安", SECOND), ("晚安", LATER)),
        (("早安", None), ("晚安", None)),
        (("", None), ("", None)),
        (("产品测评", DAY), ("行业干货", SECOND)),  # one day has many posts
    ],
)
def test_these_are_two(
    new: tuple[str, datetime | None], known: tuple[str, datetime | None]
) -> None:
    assert one(told(-1, *new), told(7, *known)) == []


def test_a_platforms_number_wins_over_title_and_time() -> None:
    same = told(7, "旧标题", SECOND, platform_id="v1")
    other = told(8, "新标题", LATER, platform_id="v2")
    assert one(told(-1, "新标题", LATER, platform_id="v1"), same, other) == [
        (7, True, "平台编号相同")
    ]


def test_different_numbers_are_two_posts_whatever_they_look_like() -> None:
    known = told(7, "早安", SECOND, platform_id="v1")
    assert one(told(-1, "早安", SECOND, platform_id="v2"), known) == []


def test_a_link_tells_a_post() -> None:
    link = "https://mp.weixin.qq.com/s/abc"
    assert one(told(-1, "甲", SECOND, url=link), told(7, "乙", LATER, url=link))[0][:2] == (7, True)


def test_of_two_that_fit_neither_is_taken() -> None:
    known = (told(7, "早安", SECOND), told(8, "早安", SECOND.replace(second=40)))
    found = one(told(-1, "早安", MINUTE), *known)
    assert [(number, is_sure) for number, is_sure, _said in found] == [(7, False), (8, False)]
    assert "不止一条" in found[0][2]


def test_two_new_ones_that_fit_one_known_are_both_doubtful() -> None:
    new = [told(-1, "早安", SECOND), told(-2, "早安", SECOND.replace(second=40))]
    found = matches(new, [told(7, "早安", MINUTE)])
    assert [(m.new, m.is_sure) for m in found] == [(-1, False), (-2, False)]


def test_what_one_file_lists_side_by_side_are_two() -> None:
    known = told(7, "五月新品开箱", SECOND)
    assert one(told(-1, "五月新品开箱2", SECOND), known, listed={7}) == []


def test_a_title_is_compared_without_width_and_invisible_signs() -> None:
    ((number, is_sure, _said),) = one(
        told(-1, "早安！ＡＢＣ\u200b", MINUTE), told(7, "早安!abc", SECOND)
    )
    assert (number, is_sure) == (7, True)


def test_an_earlier_name_of_a_known_post_is_as_good() -> None:
    known = (told(7, "第一版标题在此", MINUTE), told(7, "全然不同", MINUTE))
    assert [m[:2] for m in one(told(-1, "第一版标题在此2", SECOND), *known)] == [(7, True)]


def test_the_same_title_is_stronger_than_one_alike_at_that_moment() -> None:
    known = (told(7, "标题一二三", SECOND), told(8, "标题一二三四", SECOND))
    assert one(told(-1, "标题一二三", MINUTE), *known)[0][:2] == (7, True)


def test_a_post_another_claims_more_strongly_is_only_asked_about() -> None:
    new = [told(-1, "标题一二三", MINUTE), told(-2, "标题一二三四", MINUTE)]
    found = matches(new, [told(7, "标题一二三", SECOND)])
    assert [(m.new, m.is_sure) for m in found] == [(-1, True), (-2, False)]


def test_many_posts_are_matched_without_comparing_each_with_each() -> None:
    known = [told(n, f"标题 {n}", SECOND + timedelta(hours=7 * n)) for n in range(1, 3000)]
    new = [told(-n, f"标题 {n}", MINUTE + timedelta(hours=7 * n)) for n in range(1, 3000)]
    found: list[Match] = matches(new, known)
    assert [m.known for m in found if m.is_sure] == list(range(1, 3000))
