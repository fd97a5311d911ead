"""Why a number moved, whether a campaign worked, which posts do better: with honest intervals."""

from __future__ import annotations

from yunce.engines.explain.effects import Effect, Verdict, campaign_effect
from yunce.engines.explain.groups import GroupEffect, GroupEffects, group_effects
from yunce.engines.explain.posts import LEAST_POSTS, RankedPost, at_equal_age, rank_posts, scores
from yunce.engines.explain.products import explain_product
from yunce.engines.explain.ratios import Ratio, explain_ratio, ratio_plan
from yunce.engines.explain.rows import Explanation, Kind, Row, Segment, Status
from yunce.engines.explain.sums import (
    PLAN_NOTE,
    explain_against_plan,
    explain_sum,
    plan_by_shares,
)
from yunce.engines.explain.titles import TRAITS, title_traits
from yunce.engines.explain.windows import PRE, expected_days

__all__ = [
    "LEAST_POSTS",
    "PLAN_NOTE",
    "PRE",
    "TRAITS",
    "Effect",
    "Explanation",
    "GroupEffect",
    "GroupEffects",
    "Kind",
    "RankedPost",
    "Ratio",
    "Row",
    "Segment",
    "Status",
    "Verdict",
    "at_equal_age",
    "campaign_effect",
    "expected_days",
    "explain_against_plan",
    "explain_product",
    "explain_ratio",
    "explain_sum",
    "group_effects",
    "plan_by_shares",
    "rank_posts",
    "ratio_plan",
    "scores",
    "title_traits",
]
