"""Held-out posts of real accounts: shrunken effects foretell them no worse than the mean does."""

from __future__ import annotations

import csv
import os
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from openpyxl import load_workbook

from yunce.engines.explain import TRAITS, group_effects, scores, title_traits

REPOSITORY = Path(__file__).parents[5]
SHARED = Path(os.environ.get("YUNCE_SHARED", REPOSITORY / ".." / "shared")) / "data"
BILIBILI = SHARED / "bilibili_100gle" / "bilibili.csv"
NOTES = SHARED / "xiaohongshu_wanjeans33" / "笔记列表明细表.xlsx"
SHANGHAI = timedelta(hours=8)
GATE = 1.01
Posts = list[tuple[str, datetime, float]]


def bilibili() -> Posts:
    with BILIBILI.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["play"].isdigit()]
    return [
        (
            row["title"],
            datetime.fromtimestamp(int(row["created"]), UTC) + SHANGHAI,
            int(row["play"]),
        )
        for row in rows
    ]


def notes() -> Posts:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # their writer leaves the default style out
        sheet = load_workbook(NOTES).worksheets[0]
    return [
        (
            str(row[0] or ""),
            datetime.strptime(str(row[1]), "%Y年%m月%d日%H时%M分%S秒"),  # noqa: DTZ007
            float(str(row[4])),
        )
        for row in sheet.iter_rows(min_row=3, values_only=True)
        if row[1] and row[4] is not None
    ]


def _groupings(posts: Posts) -> dict[str, list[str]]:
    traits = [title_traits(title) for title, _when, _value in posts]
    found = {name: [each.get(name, "") for each in traits] for name in TRAITS}
    found["weekday"] = [str(when.isoweekday()) for _title, when, _value in posts]
    found["slot"] = [f"{when.isoweekday()}-{when.hour}" for _title, when, _value in posts]
    return found


def _error_ratio(x: NDArray[np.float64], names: list[str]) -> float:
    """Mean over fifty halvings of squared error ÷ that of the known half's mean."""
    luck, ours, plain = np.random.default_rng(7), 0.0, 0.0
    for _time in range(50):
        order = luck.permutation(len(x))
        known, held = order[: len(x) // 2], order[len(x) // 2 :]
        found = group_effects(x[known], [names[at] for at in known], min_groups=2, least_each=3)
        mean = float(x[known].mean())
        guess = [found.of(names[at]) if found.groups else mean for at in held]
        ours += float(((x[held] - guess) ** 2).sum())
        plain += float(((x[held] - mean) ** 2).sum())
    return ours / plain


@pytest.mark.parametrize("source", ["bilibili", "notes"])
@pytest.mark.parametrize("by", [*TRAITS, "weekday", "slot"])
def test_shrunken_effects_foretell_held_out_posts(source: str, by: str) -> None:
    file, read = {"bilibili": (BILIBILI, bilibili), "notes": (NOTES, notes)}[source]
    if not file.exists():
        pytest.skip(f"{file.name} of the shared data is not here")
    posts = sorted(read(), key=lambda post: post[1])
    days = [when.timestamp() / 86400 for _title, when, _value in posts]
    x = scores([value for _title, _when, value in posts], [1] * len(posts), days)
    assert _error_ratio(x, _groupings(posts)[by]) <= GATE
