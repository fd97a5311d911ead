"""The 具体指标 cell: metrics, must and stretch, as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.engines.plantables.targets import read_targets
from yunce.kit.numbers import Unit

ONE = [
    # written, words, must, stretch, unit
    ("新增粉丝 12,000 人（挑战 13,000 人）", "新增粉丝", "12000", "13000", Unit.COUNT),
    ("新增粉丝 12,000 人，挑战 13,000 人", "新增粉丝", "12000", "13000", Unit.COUNT),
    ("新增粉丝：必达12000，挑战1.5万", "新增粉丝", "12000", "15000", Unit.COUNT),
    ("新增粉丝：必达 1.2万 / 挑战 1.3万", "新增粉丝", "12000", "13000", Unit.COUNT),
    ("新增粉丝\n必达：12000\n挑战：13000", "新增粉丝", "12000", "13000", Unit.COUNT),
    ("新增粉丝≥12,000", "新增粉丝", "12000", None, Unit.COUNT),
    ("新增粉丝数达到1.2万", "新增粉丝数", "12000", None, Unit.COUNT),
    ("新增12000粉丝", "新增粉丝", "12000", None, Unit.COUNT),
    ("涨粉1.2w", "涨粉", "12000", None, Unit.COUNT),
    ("新增粉丝１２０００", "新增粉丝", "12000", None, Unit.COUNT),
    ("新增粉丝12000-15000人", "新增粉丝", "12000", "15000", Unit.COUNT),
    ("发布 20 篇图文", "图文", "20", None, Unit.COUNT),
    ("图文 20 篇/月", "图文", "20", None, Unit.COUNT),
    ("互动率 ≥ 8%", "互动率", "0.08", None, Unit.PERCENT),
    ("互动率８％", "互动率", "0.08", None, Unit.PERCENT),
    ("平均互动率 8", "平均互动率", "0.08", None, Unit.PERCENT),
    ("落地页加载 ≤ 2 秒", "落地页加载", "2", None, Unit.SECOND),
    ("GMV 300 万元", "GMV", "3000000", None, Unit.YUAN),
    ("话题阅读量10万+", "话题阅读量", "100000", None, Unit.COUNT),
    ("18-25岁用户占比 55%", "18-25岁用户占比", "0.55", None, Unit.PERCENT),
    ("618大促GMV 50万", "618大促GMV", "500000", None, Unit.YUAN),
]


@pytest.mark.parametrize(("text", "words", "must", "stretch", "unit"), ONE)
def test_one_metric(text: str, words: str, must: str, stretch: str | None, unit: Unit) -> None:
    (target,) = read_targets(text).targets
    assert (target.words, target.must, target.stretch, target.unit) == (
        words,
        Decimal(must),
        None if stretch is None else Decimal(stretch),
        unit,
    )


SEVERAL = [
    ("图文 20 篇（原创 60 %）", [("图文", "20"), ("原创", "0.6")]),
    ("点击率 3 % / 转化率 1.5 %", [("点击率", "0.03"), ("转化率", "0.015")]),
    ("点击率3%、转化率1.5%", [("点击率", "0.03"), ("转化率", "0.015")]),
    ("1. 图文20篇；2. 视频10条", [("图文", "20"), ("视频", "10")]),
    ("图文：20篇\n原创占比：60%", [("图文", "20"), ("原创占比", "0.6")]),
    ("发布20篇图文，原创占比≥60%", [("图文", "20"), ("原创占比", "0.6")]),
    ("①新增粉丝 12,000②活跃率 30%", [("新增粉丝", "12000"), ("活跃率", "0.3")]),
]


@pytest.mark.parametrize(("text", "meant"), SEVERAL)
def test_several_metrics_in_one_cell(text: str, meant: list[tuple[str, str]]) -> None:
    found = [(target.words, target.must) for target in read_targets(text).targets]
    assert found == [(words, Decimal(must)) for words, must in meant]


def test_from_five_to_eight_per_cent_is_a_baseline_and_a_target() -> None:
    (target,) = read_targets("互动率从 5% 提升至 8%").targets
    assert (target.baseline, target.must) == (Decimal("0.05"), Decimal("0.08"))


def test_a_rise_by_ten_per_cent_is_no_level() -> None:
    (target,) = read_targets("互动率提升 10%").targets
    assert target.is_change


def test_a_wish_without_a_number_has_none() -> None:
    (target,) = read_targets("提升品牌声量").targets
    assert (target.words, target.must) == ("提升品牌声量", None)
