"""Definition files: what is refused, and that every message names file and line."""

from __future__ import annotations

import pytest

from yunce.engines.metrics import Catalogue, DefinitionError, Kind
from yunce.engines.metrics.loading import load_text

SOUND = """\
defaults: {dimension: user, kind: flow, unit: count, direction: higher, grain: account,
  version: 1, effective: 2025-01-01, source: 平台}
metrics:
  joins: {name: 进, name_en: Joins, meaning: 进来的人数}
  leaves: {name: 出, name_en: Leaves, meaning: 离开的人数}
  fans: {name: 粉, name_en: Fans, meaning: 现有的人数, kind: stock}
  money: {name: 钱, name_en: Money, meaning: 收的钱, unit: yuan}
  people: {name: 人, name_en: People, meaning: 来过的人, kind: distinct}
"""  # the next line is line 9


def refused(line: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        Catalogue(load_text(SOUND + line, file="team.yaml"))
    return str(caught.value)


def test_sound_definitions_are_read() -> None:
    entry = "  net: {name: 净, name_en: Net, meaning: 进减出, formula: joins - leaves}"
    metrics = Catalogue(load_text(SOUND + entry, file="team.yaml"))
    assert metrics.metric("net").kind is Kind.FLOW
    assert metrics.base_codes("net") == {"joins", "leaves"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("meaning: m", "team.yaml:9 缺少字段「name_en」"),
        ("name_en: E, meaning: m, kind: flux", "team.yaml:9 「flux」不是可选的值"),
        ("name_en: E, meaning: m, formla: joins", "没有字段「formla」。是否想写：formula？"),
        ("name_en: E, meaning: m, version: one", "team.yaml:9 字段「version」不能是「one」"),
        ("name_en: E, meaning: m, formula: join - leaves", "「join」不是指标。是否想写：joins？"),
        (
            "name_en: E, meaning: m, kind: ratio, formula: (joins + fans) / joins",
            "随时间的算法不同",
        ),
        ("name_en: E, meaning: m, formula: joins + money", "「进」和「钱」单位不同，不能相加减"),
        ("name_en: E, meaning: m, kind: ratio, formula: joins / 0", "team.yaml:9 公式里除以了 0"),
        ("name_en: E, meaning: m, kind: distinct, formula: people + people", "不能由公式得出"),
        ("name_en: E, meaning: m, kind: ratio, formula: (people + people) / joins", "同一个人"),
        ("name_en: E, meaning: m, formula: joins -", "team.yaml:9 公式没有写完"),
        ("name_en: Joins, meaning: m", "team.yaml:9 「Joins」已在 team.yaml:4 用过"),
        ("name_en: E, meaning: m, formula: x", "team.yaml:9 公式绕了一圈：x → x"),
        ("name_en: E, meaning: m, formula: joins * leaves", "team.yaml:9 「x」要能相加"),
        ("name_en: E, meaning: m, kind: ratio", "team.yaml:9 比率「x」必须有公式"),
        ("name_en: E, meaning: m, kind: mean", "平均值「x」必须用 weight 写明按什么加权"),
        (
            "name_en: E, meaning: m, kind: mean, weight: join",
            "weight「join」不是指标。是否想写：joins？",
        ),
        ("name_en: E, meaning: m, weight: joins", "「x」不能有 weight"),
        ("name_en: E, meaning: m, kind: snapshot", "「x」的类型 snapshot 不能按 account 统计"),
    ],
)
def test_a_wrong_definition_is_refused(fields: str, message: str) -> None:
    assert message in refused(f"  x: {{name: 名, {fields}}}")


def test_the_line_is_the_fields_own() -> None:
    text = "  x:\n    name: 名\n    name_en: E\n    meaning: m\n    unit: euro\n"
    assert refused(text).startswith("team.yaml:13 「euro」")


def test_a_formulas_line_is_its_own_and_the_character_is_named() -> None:
    text = "  x:\n    name: 名\n    name_en: E\n    meaning: m\n    formula: joins - leavs\n"
    said = refused(text)
    assert said == "team.yaml:13 公式第 9 个字符「leavs」不是指标。是否想写：leaves？"


def test_a_longer_circle_is_found() -> None:
    entries = (
        "  a: {name: 甲, name_en: A, meaning: m, formula: joins + b}\n"
        "  b: {name: 乙, name_en: B, meaning: m, formula: joins + a}\n"
    )
    assert "team.yaml:9 公式绕了一圈：a → b → a" in refused(entries)


def test_all_issues_come_at_once() -> None:
    entries = (
        "  x: {name: 名, name_en: E, meaning: m, formula: joins *}\n"
        "  y: {name: 号, name_en: F, meaning: m, kind: ratio}\n"
    )
    assert len(refused(entries).splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\nmetrics: ]", "team.yaml:3 不是正确的 YAML"),
        ("", "team.yaml:1 缺少 metrics 一节"),
        ("- 1", "team.yaml:1 缺少 metrics 一节"),
        ("a: b", "team.yaml:1 缺少 metrics 一节"),
        ("a: b\nmetrics: {x: 1}", "team.yaml:2 「x」应是一组字段"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_text(text, file="team.yaml")
    assert str(caught.value).startswith(message)


def test_a_code_written_twice_is_refused() -> None:
    again = "  joins: {name: 又, name_en: Again, meaning: m}"
    assert "team.yaml:9 「joins」已在 team.yaml:4 用过" in refused(again)
