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
