"""How the forecasts did on public data: what a team without months of its own is shown.

`yunce backtest` on the 1,000 Wikipedia page-view series of the Kaggle set, the last six months
(2026-11); docs/decisions/0012-forecasts.md. Written down, not fitted: a later model's scores
belong here when they are measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from yunce.engines.forecasts.evaluating import OriginScore

PUBLISHED: Mapping[int, OriginScore] = {
    0: OriginScore(
        origin=0,
        n=6000,
        mdape=0.1742,
        cov80=0.8017,
        cov95=0.9592,
        crps=0.1841,
        crps_vs_runrate=-0.1264,
        must_realised=0.6807,
        stretch_realised=0.2448,
        red_precision=None,
        red_false=None,
        red_caught=None,
        brier=0.2174,
        reds=0,
        missed=1916,
    ),
    10: OriginScore(
        origin=10,
        n=6000,
        mdape=0.1144,
        cov80=0.797,
        cov95=0.9558,
        crps=0.129,
        crps_vs_runrate=-0.1186,
        must_realised=0.7157,
        stretch_realised=0.2607,
        red_precision=0.8718,
        red_false=0.0037,
        red_caught=0.0532,
        brier=0.1458,
        reds=117,
        missed=1916,
    ),
    20: OriginScore(
        origin=20,
        n=6000,
        mdape=0.0624,
        cov80=0.7947,
        cov95=0.9512,
        crps=0.072,
        crps_vs_runrate=-0.0923,
        must_realised=0.6598,
        stretch_realised=0.2337,
        red_precision=0.8953,
        red_false=0.0269,
        red_caught=0.4911,
        brier=0.0763,
        reds=1051,
        missed=1916,
    ),
}
