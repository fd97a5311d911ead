"""`yunce check`: the worked examples of the field, exit codes, and no Django on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from yunce.engines.plantables.tests.tables import HEADS, Rows, excel, word

Yunce = Callable[..., Result]
# DOMAIN §4, the demo month as a table of five rows.
MAY = (
    (
        "内容运营",
        "图文 20 篇（原创 60 %）",
        "10 篇产品测评 + 5 篇行业干货 + 5 篇用户案例",
        "文案专员",
        "1–30 日",
        "每篇阅读 ≥ 500；原创度 ≥ 90 %；标题点击率 ≥ 5 %",
        "",
    ),
    (
        "用户增长",
        "新增粉丝 12,000",
        "3 场视频直播（每场 ≥ 3,000）+ 2 场裂变活动（每场 1,500）",
        "运营组长 + 社群专员",
        "直播：5/10、5/20、5/30；裂变：5/15、5/25",
        "每场观看 ≥ 2,000；参与 ≥ 500",
        "提前 3 天预热",
    ),
    (
        "互动提升",
        "互动率 8 %",
        "每篇结尾设一个提问；1 个话题挑战（阅读 ≥ 100,000）",
        "内容设计 + 活动专员",
        "每日 5/1–5/31",
        "评论回复率 ≥ 60 %",
        "",
    ),
    (
        "转化优化",
        "点击率 3 % / 转化率 1.5 %",
        "3 篇限时优惠内容；落地页加购买按钮",
        "推广专员 + UI 设计",
        "5/8、5/18、5/28",
        "点击率 ≥ 3 %，转化率 ≥ 1.5 %",
        "",
    ),
)


def follower_row(metric: str, task: str) -> Rows:
    return [("用户增长", metric, task, "运营组长", "5/1–5/31", "每周核对 1 次", "")]


SURPLUS = follower_row("新增粉丝 10,000", "3 篇爆款文章 × 3,000 + 2 场裂变活动 × 2,000")
GAP = follower_row("新增粉丝 5,000", "4 周 ×（500 扫码 + 500 好友推荐）")


@pytest.fixture
def check(yunce: Yunce, tmp_path: Path) -> Callable[..., tuple[int, Any]]:
    def run(content: bytes, *more: str, name: str = "plan.docx") -> tuple[int, Any]:
        file = tmp_path / name
        file.write_bytes(content)
        result = yunce("check", str(file), "--json", *more)
        return result.exit_code, json.loads(result.stdout or result.stderr)

    return run


Check = Callable[..., tuple[int, Any]]


@pytest.mark.parametrize(("write", "name"), [(word, "plan.docx"), (excel, "plan.xlsx")])
def test_the_demo_month_adds_up(check: Check, write: Any, name: str) -> None:
    code, told = check(write(MAY), "--month", "2025-05", name=name)
    assert (code, told["adds_up"]) == (0, True)
    goals = {goal["metric"]: goal for goal in told["goals"]}
    assert (goals["新增粉丝"]["must"], goals["新增粉丝"]["gap"]) == (12_000, 0)
    assert goals["图文"]["fit"] == "exact"
    assert goals["互动率"]["fit"] == "not_additive"
    assert not any(goal["missing"] for goal in told["goals"])
    assert told["unread"] == []


def test_too_much_is_said_aloud(check: Check) -> None:
    code, told = check(word(SURPLUS))
    (goal,) = told["goals"]
    assert (code, goal["surplus"], goal["gap"], goal["parts_total"]) == (1, 3_000, 0, 13_000)


def test_too_little_is_a_gap(check: Check) -> None:
    code, told = check(word(GAP))
    (goal,) = told["goals"]
    assert (code, goal["gap"], goal["surplus"], goal["parts_total"]) == (1, 1_000, 0, 4_000)


def test_the_missing_factor_is_worked_out(check: Check) -> None:
    # 3,000,000 ÷ 2 ÷ 500 = 3,000
    _code, told = check(word(follower_row("GMV 300 万", "2 场直播 × 每场订单 × 500 元")))
    assert told["goals"][0]["needed"] == [{"part": "每场订单", "value": 3_000}]


def test_what_a_goal_lacks_is_named(check: Check) -> None:
    code, told = check(word([("用户增长", "提升粉丝量", "开直播", "", "", "", "")]))
    assert code == 1
    assert told["goals"][0]["missing"] == ["number", "date", "owner", "standard"]


def test_days_outside_the_month_are_wrong(check: Check) -> None:
    row = ("用户增长", "新增粉丝 9,000", "3 场直播 × 3,000", "王", "5/10、6/2、9/1", "≥ 1", "")
    code, told = check(word([row]), "--month", "2025-05")
    codes = [finding["code"] for finding in told["findings"]]
    assert (code, codes) == (1, ["date_outside_month"])
    assert "6/2、9/1" in told["findings"][0]["sentence"]


def test_vague_words_are_hints(check: Check) -> None:
    row = ("用户增长", "新增粉丝 9,000", "3 场直播 × 3,000", "王", "5/10", "尽量做好", "")
    code, told = check(word([row]))
    assert code == 0
    assert [(f["code"], f["severity"]) for f in told["findings"]] == [("vague", "hint")]


def test_between_must_and_stretch_is_fine(check: Check) -> None:
    _code, told = check(word(follower_row("新增粉丝 8,000（挑战 9,000）", "3 场直播 × 3,000")))
    (goal,) = told["goals"]
    assert (goal["surplus"], goal["against_stretch"]["fit"]) == (1_000, "exact")
    assert told["adds_up"]


def test_a_stretch_below_must_is_wrong(check: Check) -> None:
    code, told = check(word(follower_row("新增粉丝 9,000（挑战 8,000）", "3 场直播 × 3,000")))
    assert code == 1
    assert "stretch_below_must" in [finding["code"] for finding in told["findings"]]


def test_an_unreadable_file_is_exit_code_two(check: Check) -> None:
    code, told = check(b"hello", name="plan.txt")
    assert code == 2
    assert "plan.txt" in told["error"]


def test_a_file_that_is_not_there_is_exit_code_two(yunce: Yunce, tmp_path: Path) -> None:
    result = yunce("check", str(tmp_path / "none.docx"))
    assert result.exit_code == 2
    assert "打不开" in result.stderr


def test_people_read_the_sum_and_what_to_mend(yunce: Yunce, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(word(GAP))
    told = yunce("check", str(file)).stdout
    assert "✗ 新增粉丝 5,000：4 × （扫码 500 + 好友推荐 500） = 4,000，缺口 1,000" in told
    assert told.endswith("有 1 处要改。\n")


def test_no_django_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(word(MAY, heads=HEADS))
    script = (
        "import sys\nfrom yunce.config.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print('django' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "check", str(file)]
    done = subprocess.run(  # noqa: S603
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stderr == "False\n"
