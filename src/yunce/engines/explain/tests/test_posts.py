"""Posts against their own account, at equal age."""

from __future__ import annotations

import numpy as np
import pytest

from yunce.engines.explain import at_equal_age, rank_posts, scores


def test_a_post_is_a_multiple_of_its_accounts_median() -> None:
    # Twenty posts of 100 and one of 400: the median is 100, the last is above all others.
    values = [100.0] * 20 + [400.0]
    best = rank_posts(values, [1] * 21, range(21))[0]
    assert (best.place, best.multiple, best.percentile, best.rank, best.of) == (20, 4, 100, 1, 21)


def test_few_posts_are_only_ranked() -> None:
    found = {post.place: post for post in rank_posts([5.0, 9.0, 7.0], [1, 1, 1], [3, 3, 3])}
    assert [found[place].rank for place in range(3)] == [3, 1, 2]
    assert found[1].multiple is None and found[1].percentile is None


def test_old_posts_and_later_ones_are_not_compared_with() -> None:
    # Day 200 looks back to day 111: one of the first twenty (days 0–19) is none of its peers.
    found = rank_posts([1.0] * 20 + [2.0, 50.0], [1] * 22, [*range(20), 200, 201])
    assert {post.place: post.of for post in found}[20] == 1
    assert {post.place: post.of for post in found}[21] == 2


def test_unknown_values_are_left_out_and_medians_of_nought_give_no_multiple() -> None:
    found = rank_posts([np.nan] + [0.0] * 20, [1] * 21, [0] * 21)
    assert len(found) == 20
    assert {post.multiple for post in found} == {None}
    assert {post.percentile for post in found} == {50.0}


def test_a_score_is_measured_by_earlier_posts_only() -> None:
    values = [10.0] * 6 + [21.0, 1e9]
    before = scores(values[:7], [1] * 7, range(7))[6]
    assert before == pytest.approx(np.log(22 / 11))
    assert scores(values, [1] * 8, range(8))[6] == before


def test_equal_age_takes_a_near_reading_and_no_far_one() -> None:
    assert at_equal_age({7.0: 30.0, 9.0: 90.0}) == 30.0
    assert at_equal_age({6.5: 28.0}) == 28.0
    assert at_equal_age({30.0: 900.0}) is None
    assert at_equal_age({}) is None
