"""Reading and working out formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunce.engines.metrics.errors import FormulaError
from yunce.engines.metrics.formula import codes, evaluate, is_linear, parse

VALUES: dict[str, float | None] = {"likes": 6, "shares": 4, "reads": 100, "zero": 0, "gone": None}


def worked_out(text: str) -> float | None:
    return evaluate(parse(text), VALUES.__getitem__)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("likes + shares * 2", 14),  # 6 + 8
        ("(likes + shares) / reads", 0.1),
        ("likes - shares - 1", 1),  # from the left: (6 − 4) − 1
        ("reads / shares / 5", 5),  # (100 ÷ 4) ÷ 5
        ("-likes + 10", 4),
        ("likes × shares ÷ 3", 8),
        ("（likes ＋ shares）÷ reads", 0.1),
        ("likes − 0.5", 5.5),
        ("reads*-1", -100),
        (" 7 ", 7),
        ("square(likes + shares)", 100),
        ("likes + 0.0 * 0.000000000000001", 6),
        ("ln（likes − 5）", 0),
    ],
)
def test_arithmetic_follows_school_rules(text: str, value: float) -> None:
    assert worked_out(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "likes / zero",
        "likes + gone",
        "gone * 0",
        "1 / (likes - 6)",
        "ln(zero)",
        "ln(gone)",
        "square(" * 10 + "reads * 1" + ")" * 10,  # 100 to the power of 1024
        "likes" + "* 1000000000000000" * 22,
        "1 / square(square(square(square(square(1 / 1000000000000000)))))",
    ],
)
def test_a_missing_part_or_zero_divisor_makes_it_unknown(text: str) -> None:
    assert worked_out(text) is None


def test_codes_are_all_names_once() -> None:
    assert codes(parse("(likes + shares) / reads + likes")) == {"likes", "shares", "reads"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("likes +", "公式没有写完：这里应是数字、指标代码或左括号。"),
        ("", "公式没有写完：这里应是数字、指标代码或左括号。"),
        ("(likes + 1", "公式没有写完：这里应是右括号。"),
        ("likes shares", "「shares」不该在这里：这里应是 +、−、×、÷，或公式到此为止。"),
        ("likes + * 2", "公式第 9 个字符「*」不该在这里：这里应是数字、指标代码或左括号。"),
        ("likes + )", "公式第 9 个字符「)」不该在这里：这里应是数字"),
        ("likes ** 2", "公式第 8 个字符「*」不该在这里："),
        ("likes & 2", "公式第 7 个字符「&」看不懂：只能写数字、代码、+−×÷ 和括号。"),
        ("__import__('os')", "公式第 12 个字符「'」看不懂：只能写数字、代码、+−×÷ 和括号。"),
        ("lg(likes)", "公式第 1 个字符「lg」不是函数。有这些函数："),
        ("post_max(likes)", "公式第 1 个字符「post_max」不是函数。是否想写：posts_max？"),
        ("1 + ln()", "公式第 5 个字符「ln」的括号里不对，应像这样写：ln(reads + 1)。"),
        ("at_age(likes, 7)", "应像这样写：at_age(post_views, 7, 1)。"),
        ("at_age(likes, 7, reads)", "应像这样写：at_age(post_views, 7, 1)。"),
        ("ln(likes", "公式没有写完：这里应是右括号。"),
        ("1" * 501, "公式太长：最多 500 个字符，请分成几个指标来写。"),
        ("(" * 200, "公式的括号套得太深：最多 50 层，请去掉几层。"),
        ("likes * " + "9" * 16, "公式第 9 个字符起的数太大：最大可以写 1000000000000000。"),
        ("likes * " + "9" * 400, "公式第 9 个字符起的数太大"),
        ("likes / 0." + "0" * 15 + "1", "公式第 9 个字符起的数太小：最多写 15 位小数。"),
        ("likes / 0." + "0" * 400 + "1", "公式第 9 个字符起的数太小"),
        ("at_age(likes, 3651, 1)", "公式第 1 个字符「at_age」里的天数太多：最多 3650 天。"),
        ("1 + at_age(likes, 7, 999999999999)", "公式第 5 个字符「at_age」里的天数太多"),
        ("a" + "+a" * 41, "公式到第 82 个字符已超过 40 步运算"),
        ("-" * 41 + "1", "公式到第 41 个字符已超过 40 步运算"),
        ("a+posts_sum(a" + "*1" * 16 + ")", "公式第 3 个字符「posts_sum」的括号里超过 15 步"),
    ],
)
def test_a_wrong_formula_says_where(text: str, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert message in str(caught.value)


@given(st.text(alphabet="ab12.+-*/() ×（", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except FormulaError:
        return
    assert all(code.isidentifier() and code in text for code in codes(tree))
    evaluate(tree, lambda code: 1.0)


@pytest.mark.parametrize("text", ["a", "a - b", "2 * a + b / 4", "-a + b", "(a + b) * 3 * 2"])
def test_sums_and_multiples_are_linear(text: str) -> None:
    assert is_linear(parse(text))


@pytest.mark.parametrize(
    "text", ["a * b", "a / b", "2 / a", "a + 1", "7", "a - 1", "a / days()", "days() * a"]
)
def test_what_cannot_be_summed_is_not_linear(text: str) -> None:
    assert not is_linear(parse(text))
