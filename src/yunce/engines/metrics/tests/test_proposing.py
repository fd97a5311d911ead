"""A team's own metric: its kind follows from the formula; what is wrong names field and column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from yunce.engines.metrics import (
    Catalogue,
    DefinitionError,
    Dimension,
    Direction,
    Grain,
    Kind,
    Proposal,
    catalogue,
    objections,
    problems_of,
    proposed,
)
from yunce.engines.metrics.loading import Entry, Place
from yunce.engines.metrics.objecting import unit_objection
from yunce.kit.numbers import Unit

PER_READ = Proposal(
    code="likes_per_read",
    name="每次阅读点赞",
    dimension=Dimension.INTERACTION,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER,
    formula="likes / reads",
    meaning="点赞数 ÷ 阅读量",
    version=1,
    effective=date(2025, 5, 1),
)


def problems(**changes: Any) -> dict[str, list[str]]:
    return problems_of(replace(PER_READ, **changes), catalogue())


@pytest.mark.parametrize(
    ("formula", "kind", "grain"),
    [
        ("likes / reads", Kind.RATIO, Grain.ACCOUNT),
        ("likes + 2 * comments", Kind.FLOW, Grain.ACCOUNT),
        ("total_followers * 2", Kind.STOCK, Grain.ACCOUNT),
        ("post_likes + post_shares", Kind.SNAPSHOT, Grain.POST),
        ("1 - click_rate", Kind.RATIO, Grain.ACCOUNT),
        ("post_likes / reads", Kind.RATIO, Grain.ANY),
        ("likes / days()", Kind.RATIO, Grain.ACCOUNT),
    ],
)
def test_the_kind_follows_from_the_formula(formula: str, kind: Kind, grain: Grain) -> None:
    metric = proposed(replace(PER_READ, formula=formula), catalogue())
    assert (metric.kind, metric.grain) == (kind, grain)


def test_a_sound_proposal_has_no_problem() -> None:
    assert problems() == {}


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("likes / readz", "第 9 个字符「readz」不是指标的代码。是否想写：reads"),
        ("点赞数 / reads", "第 1 个字符「点赞数」请写成它的代码 likes"),
        ("likes / (reads", "公式没有写完"),
        ("likes / likes_per_read", "绕了一圈"),
        ("3 + 4", "至少要有一个指标"),
        ("likes / 0", "除以了 0"),
        ("likes / (1 - 1)", "除以了 0：分母「(1 - 1)」总是 0"),
        ("likes / -0", "除以了 0"),
        ("ln(likes / (reads - reads))", "除以了 0"),
        ("likes / (reads * 0)", "分母「(阅读（播放）量 * 0)」总是 0，请换一个"),
        ("new_followers * 1 + total_followers", "「新增粉丝」和「累计粉丝」随时间的算法不同"),
        ("new_followers - total_followers", "前者逐天相加，后者取最后一次的数"),
        ("new_followers + 1 + total_followers", "随时间的算法不同"),
        ("posts_sum(post_likes) + likes", "随时间的算法不同"),
        ("gmv * 1 + reads", "「成交额」和「阅读（播放）量」单位不同"),
        ("(gmv + reads) / 2", "单位不同"),
        ("gmv / orders + reads", "单位不同"),
        ("gmv / cost + gmv", "前者是没有单位的比值，后者是元"),
        ("square(new_followers + total_followers)", "随时间的算法不同"),
        ("ln(gmv + reads)", "单位不同"),
        ("likes / (gmv + reads)", "单位不同"),
        ("new_followers + total_followers", "随时间的算法不同"),
        ("likes + gmv", "单位不同"),
        ("readers + visitors", "同一个人算多次"),
        ("gmv / buyers", "「购买人数」按人去重，不能合计成一个月的数"),
        ("likes; drop", "看不懂"),
        ("ln(likes + 1)", "单位请选「指数」"),
        ("posts_max(likes)", "只能用平台直接给的单篇累计数，「点赞数」不是"),
        ("growth(post_likes + post_shares)", "里应是一个指标的代码"),
        ("posts_sum(ln(post_likes))", "里不能再写函数"),
        ("growth(post_likes)", "单位请选「个数」：growth(…) 的结果"),
    ],
)
def test_a_wrong_formula_says_what_and_where(formula: str, said: str) -> None:
    assert said in problems(formula=formula)["formula"][0]


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("gmv / new_followers", Unit.YUAN),
        ("gmv / reads * 1000 + cost / orders", Unit.YUAN),
        ("likes / reads + comments / reads", Unit.PERCENT),
        ("1 - click_rate", Unit.PERCENT),
        ("click_rate + likes / reads", Unit.PERCENT),
        ("(gmv - cost) / (orders + 1)", Unit.YUAN),
        ("lost_followers / (total_followers - net_followers)", Unit.PERCENT),
        ("orders * price_per_order - cost", Unit.YUAN),
        ("gmv / cost + roi", Unit.SCORE),
        ("reads / days() + likes / days()", Unit.COUNT),
        ("watch_time / reads + finish_rate * watch_seconds", Unit.SECOND),
        ("cost / (gmv / orders)", Unit.COUNT),
        ("orders * 20", Unit.YUAN),  # twenty yuan each
        ("watch_time / 60", Unit.COUNT),  # minutes
        ("likes + comments", Unit.SCORE),
        ("gmv / watch_time", Unit.COUNT),  # yuan a second
    ],
)
def test_what_can_be_added_stays_possible(formula: str, unit: Unit) -> None:
    assert problems(formula=formula, unit=unit) == {}


@pytest.mark.parametrize(
    ("formula", "unit", "said"),
    [
        (
            "new_followers + likes",
            Unit.YUAN,
            "选了「元」，公式算出来的却是「个数」（和「新增粉丝」",
        ),
        ("likes + comments", Unit.PERCENT, "请把单位改成「个数」"),
        ("gmv / reads", Unit.COUNT, "请把单位改成「元」"),
        ("gmv - cost", Unit.SECOND, "请把单位改成「元」"),
        ("1 - click_rate", Unit.COUNT, "请把单位改成「百分比」"),
        ("gmv / cost", Unit.YUAN, "没有单位的比值：请把单位改成百分比、个数或指数"),
    ],
)
def test_a_unit_the_formula_cannot_have_is_refused(formula: str, unit: Unit, said: str) -> None:
    found = problems(formula=formula, unit=unit)
    assert list(found) == ["unit"]
    assert said in found["unit"][0]


def test_the_built_in_metrics_have_the_units_of_their_formulas() -> None:
    known = catalogue()
    trees = {code: tree for code in known if (tree := known.tree(code))}
    found = {code: unit_objection(tree, known[code].unit, known) for code, tree in trees.items()}
    assert {code: what for code, what in found.items() if what} == {}


def test_code_and_name_must_be_free_and_well_formed() -> None:
    assert "已经是「阅读（播放）量」" in problems(code="reads")["code"][0]
    assert "小写字母" in problems(code="Likes!")["code"][0]
    assert "已经有叫「点赞数」的指标" in problems(name="点赞数")["name"][0]


def test_a_circle_through_another_team_metric_is_found() -> None:
    known = catalogue().extended([proposed(PER_READ, catalogue())])
    twice = replace(PER_READ, code="twice", name="两倍", formula="likes_per_read * 2")
    known = known.extended([proposed(twice, known)])
    around = replace(PER_READ, formula="twice / 2")
    said = problems_of(around, known, replaces=True)["formula"]
    assert "公式绕了一圈：likes_per_read → twice → likes_per_read，请去掉其中一步。" in said


def test_a_new_version_may_keep_its_code_and_name() -> None:
    known = catalogue().extended([proposed(PER_READ, catalogue())])
    changed = replace(PER_READ, formula="likes / impressions", version=2)
    assert problems_of(changed, known, replaces=True) == {}
    assert problems_of(changed, known)["code"] != []


def chain(*formulas: str) -> tuple[Catalogue, Proposal]:
    """Metrics m0, m1 … each of which may name the one before as ``prev``; the last still waits."""
    known, proposal = catalogue(), PER_READ
    for n, text in enumerate(formulas):
        if n:
            known = known.extended([proposed(proposal, known)])
        text = text.replace("prev", f"m{n - 1}")
        proposal = replace(PER_READ, code=f"m{n}", name=f"第{n}个", formula=text)
    return known, proposal


@pytest.mark.parametrize(
    "formulas",
    [
        ["likes / reads", *["prev * 1"] * 10],  # eleven formulas one inside the other
        ["likes / reads", *["1 / (prev" + " * 1" * 38 + ")"] * 3],  # more than 100 deep
        ["likes / reads", *["prev * prev"] * 9],  # 2¹⁰ − 1 steps
    ],
)
def test_a_chain_of_metrics_has_an_end(formulas: list[str]) -> None:
    known, proposal = chain(*formulas)
    said = problems_of(proposal, known)["formula"]
    assert "本身已是一长串公式，合起来太长" in said[0]
    before, almost = chain(*formulas[:-1])
    assert problems_of(almost, before) == {}


def test_what_would_break_another_metric_is_refused() -> None:
    known, last = chain("likes / reads", *["prev * 1"] * 9)
    known = known.extended([proposed(last, known)])
    deeper = replace(PER_READ, code="m0", name="第0个", formula="click_rate * 1")
    said = problems_of(deeper, known, replaces=True)["formula"]
    assert said[0].startswith("这样一来指标「m9」就不成立了：公式第 1 个字符「m8」")


def test_what_was_kept_before_stays_and_may_be_named() -> None:
    """The rules of today are asked of what is made today alone."""
    kept = replace(PER_READ, formula="gmv * 1 + reads")
    known = catalogue().extended([proposed(kept, catalogue())])
    assert "单位不同" in objections("likes_per_read", known)[0]
    assert "单位不同" in problems_of(kept, known, replaces=True)["formula"][0]
    twice = replace(PER_READ, code="twice", name="两倍", formula="likes_per_read * 2 / likes")
    assert problems_of(twice, known) == {}


def test_a_change_that_makes_others_senseless_is_refused() -> None:
    first = proposed(replace(PER_READ, formula="likes + comments", unit=Unit.COUNT), catalogue())
    known = catalogue().extended([first])
    other = replace(PER_READ, code="with_shares", name="加转发", formula="likes_per_read + shares")
    known = known.extended([proposed(other, known)])
    now_yuan = replace(PER_READ, formula="gmv + cost", unit=Unit.YUAN)
    said = problems_of(now_yuan, known, replaces=True)["formula"]
    assert said[0].startswith("这样一来指标「with_shares」就不成立了：")
    assert "单位不同" in said[0]


def test_files_of_definitions_are_still_held_to_every_rule() -> None:
    mixed = proposed(replace(PER_READ, formula="gmv * 1 + reads"), catalogue())
    metrics = [*catalogue().values(), mixed]
    with pytest.raises(DefinitionError, match="单位不同"):
        Catalogue(Entry(metric, Place(metric.code, 1)) for metric in metrics)
