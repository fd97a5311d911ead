"""The built-in catalogue."""

from __future__ import annotations

import pytest

from yunce.engines.metrics import Dimension, Kind, UnknownMetricError, catalogue


def test_every_dimension_has_metrics() -> None:
    assert min(len(catalogue().in_dimension(dimension)) for dimension in Dimension) >= 15


def test_an_unknown_code_suggests_the_nearest() -> None:
    with pytest.raises(UnknownMetricError) as caught:
        catalogue().metric("original_shares")
    assert str(caught.value) == "没有代码为「original_shares」的指标。是否想写：original_share？"


def test_bases_are_the_stored_metrics_behind_a_formula() -> None:
    assert catalogue().base_codes("comment_reply_rate") == {"comments_replied", "comments"}
    assert catalogue().base_codes("likes") == {"likes"}


def test_stored_rates_name_their_weight() -> None:
    stored = [m for m in catalogue().values() if m.kind is Kind.MEAN and m.is_stored]
    assert {m.code for m in stored if m.weight in catalogue()} == {m.code for m in stored}


def test_the_goals_of_the_classic_month_are_all_there() -> None:
    codes = {
        *("pieces", "original_share", "new_followers", "interaction_rate_followers"),
        *("interaction_rate_reads", "click_rate", "conversion_rate", "topic_views"),
        *("landing_seconds", "target_audience_share", "comment_reply_rate"),
    }
    assert codes <= set(catalogue())


def test_whatever_a_team_is_asked_for_has_a_metric() -> None:
    asked = {
        "content": "pieces pieces_article pieces_video pieces_live original_share topic_views",
        "reach": "reads read_rate finish_rate impressions cover_click_rate",
        "interaction": "likes comments shares saves interactions interaction_rate_reads "
        "interaction_rate_followers interaction_rate_impressions interaction_rate_saves "
        "comment_reply_rate reply_seconds",
        "users": "new_followers lost_followers net_followers total_followers follower_growth_rate "
        "unfollow_rate unfollow_rate_opening active_rate active_users monthly_active_users "
        "stickiness target_audience_share audience_share",
        "shop": "exposures clicks click_rate visits buyers orders gmv refunds conversion_rate "
        "price_per_order",
        "money": "cost cost_per_thousand cost_per_click cost_per_conversion cost_per_customer "
        "cost_per_follower roi roi_profit",
        "indices": "wci bvci",
    }
    codes = {code for told in asked.values() for code in told.split()}
    assert codes - set(catalogue()) == set()
    assert all(
        metric.meaning and metric.name_en and metric.source for metric in catalogue().values()
    )


def test_what_rests_on_a_metric_is_told_with_the_shortest_way() -> None:
    ways = catalogue().resting_on("new_followers")
    assert [metric.code for metric in ways["net_followers"]] == ["net_followers"]
    assert "new_followers" not in ways


def test_a_mean_rests_on_its_weight() -> None:
    assert "watch_seconds" in catalogue().resting_on("reads")
