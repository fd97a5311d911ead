"""A metric's earlier versions: which counts when, and what a definition file may say of them."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.engines.metrics import Catalogue, DefinitionError, UnknownVersionError, catalogue
from yunce.engines.metrics.loading import load_text

HEAD = """\
defaults: {dimension: user, kind: ratio, unit: percent, direction: higher, grain: account,
  version: 1, effective: 2025-01-01, source: 平台}
metrics:
  joins: {name: 进, name_en: Joins, meaning: 进来的人数, kind: flow, unit: count}
  seen: {name: 看, name_en: Seen, meaning: 看见的次数, kind: flow, unit: count}
"""  # the next line is line 6
RATE = """\
  rate:
    name: 率
    name_en: Rate
    meaning: 进 ÷ 看
    formula: joins / seen
    version: 3
    effective: 2025-09-01
    history:
      - {version: 1, effective: 2025-01-01, meaning: 看 ÷ 进, formula: seen / joins, why: 写反了}
      - {version: 2, effective: 2025-06-01, meaning: 进除以看, why: 说得更明白}
"""


def known() -> Catalogue:
    return Catalogue(load_text(HEAD + RATE, file="team.yaml"))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2024, 12, 31), 1),  # before the first version: the first
        (date(2025, 5, 31), 1),
        (date(2025, 6, 1), 2),
        (date(2025, 8, 31), 2),
        (date(2025, 9, 1), 3),
    ],
)
def test_the_version_in_effect_on_the_day_counts(day: date, version: int) -> None:
    assert known().on(day)["rate"].version == version


def test_a_version_has_its_own_formula_and_meaning() -> None:
    first = known().on(date(2025, 5, 31))["rate"]
    assert (first.formula, first.meaning) == ("seen / joins", "看 ÷ 进")
    assert [past.version for past in first.history] == []


def test_a_version_without_a_formula_was_counted_by_the_present_one() -> None:
    assert known().on(date(2025, 6, 1))["rate"].formula == "joins / seen"


def test_what_a_month_wrote_down_when_it_was_closed_is_found_again() -> None:
    may = known().on(date(2025, 5, 31)).versions
    assert may == {"joins": 1, "seen": 1, "rate": 1}
    assert known().at(may)["rate"].formula == "seen / joins"


def test_a_code_that_is_gone_and_one_that_is_new_do_no_harm() -> None:
    then = known().at({"rate": 2, "gone": 4})
    assert (then["rate"].version, then["joins"].version, "gone" in then) == (2, 1, False)


def test_a_version_of_a_newer_program_is_refused_not_replaced() -> None:
    with pytest.raises(UnknownVersionError, match="「rate」没有第 4 版"):
        known().at({"rate": 4})


def test_where_nothing_differs_the_catalogue_is_the_same_one() -> None:
    every = known()
    assert every.on(date(2026, 1, 1)) is every
    assert every.at(every.versions) is every
    assert every.on(date(2025, 5, 1)) is every.on(date(2025, 5, 2))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version: 1, effective: 2025-01", "version: 0, effective: 2025-01", "不能是「0」"),
        ("version: 1, effective: 2025-01", "version: 2, effective: 2025-01", "从第 1 版起逐版写全"),
        ("effective: 2025-06-01", "effective: 2025-01-01", "每一版都要比上一版晚起用"),
        ("effective: 2025-06-01", "effective: soon", "team.yaml:15 字段「effective」"),
        ("meaning: 进除以看, why", "meening: 进除以看, why", "team.yaml:15 没有字段「meening」"),
        (", why: 写反了", "", "team.yaml:14 缺少字段「why」"),
        ("formula: joins / seen", "kind: flow", "不能从直接记录改成公式"),
        ("formula: seen / joins", "formula: seen / join", "第 1 版公式第 8 个字符「join」不是指标"),
        ("formula: seen / joins", "formula: seen /", "第 1 版公式没有写完"),
    ],
)
def test_a_wrong_history_is_refused_with_its_place(old: str, new: str, message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        Catalogue(load_text(HEAD + RATE.replace(old, new), file="team.yaml"))
    assert message in str(caught.value)


def test_history_is_a_list() -> None:
    with pytest.raises(DefinitionError, match="history 应是一列旧版本"):
        load_text(HEAD + RATE.split("    history")[0] + "    history: 3\n", file="team.yaml")


def test_every_built_in_version_can_still_be_counted() -> None:
    for metric in catalogue().values():
        for past in metric.history:
            assert catalogue().on(past.effective)[metric.code].version == past.version
