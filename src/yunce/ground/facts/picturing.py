"""A formula as it is drawn (fractions, sums) and as it is read aloud: names, never codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from yunce.engines.metrics.formula import Call, Code, Node, Number, Operation
from yunce.kit.numbers import format_value

Look = Literal["name", "number", "sign", "row", "fraction", "function", "power"]
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}


@dataclass(frozen=True)
class Piece:
    """A drawn part: a word, or parts beside (row) or above (fraction) each other."""

    look: Look
    text: str = ""
    parts: tuple[Piece, ...] = ()
    in_brackets: bool = False


def drawn(node: Node, names: Mapping[str, str]) -> Piece:
    """The formula's picture; ``names`` gives each code's name."""
    match node:
        case Number(value):
            return Piece("number", format_value(value, digits=6))
        case Code(code):
            return Piece("name", names[code])
        case Operation("/", left, right):
            return Piece("fraction", parts=(drawn(left, names), drawn(right, names)))
        case Operation("-", Number(0.0), right):
            return Piece("row", parts=(_sign("-"), _bracketed(right, names, "-")))
        case Operation(sign, left, right):
            first = _bracketed(left, names, sign, is_first=True)
            return Piece("row", parts=(first, _sign(sign), _bracketed(right, names, sign)))
        case Call("square", (inside,)):
            squared = _in_brackets(drawn(inside, names))
            return Piece("row", parts=(squared, Piece("power", "2")))
        case Call("ln", (inside,)):
            return Piece("row", parts=(_word("ln"), _in_brackets(drawn(inside, names))))
        case Call("days"):
            return _word(_("天数"))
        case Call(name, (given, *numbers)):
            held = _in_brackets(drawn(given, names))
            return Piece("row", parts=(_word(_of_posts(name, numbers)), held))
        case Call():  # pragma: no cover - every function is one of these
            raise AssertionError(node.name)


def _word(text: str) -> Piece:
    return Piece("function", text)


def _in_brackets(piece: Piece) -> Piece:
    """A word alone stands in brackets as a row of one."""
    parts = piece.parts if piece.look == "row" else (piece,)
    return Piece("row", parts=parts, in_brackets=True)


def _of_posts(name: str, numbers: Sequence[Node]) -> str:
    """What a function does over the posts of the period, in words."""
    plain = [format_value(each.value) for each in numbers if isinstance(each, Number)]
    if name == "at_age":
        words = {"days": plain[0], "late": plain[1]}
        if plain[1] == "0":
            return _("发布后第 %(days)s 天") % words
        return _("发布后第 %(days)s 天（最多晚 %(late)s 天）") % words
    return {
        "posts_sum": _("本期作品合计"),
        "posts_max": _("本期作品最高"),
        "posts_count": _("本期作品篇数"),
        "growth": _("增长"),
    }[name]


def _sign(sign: str) -> Piece:
    return Piece("sign", _SIGNS[sign])


def _bracketed(node: Node, names: Mapping[str, str], sign: str, *, is_first: bool = False) -> Piece:
    piece = drawn(node, names)
    if not _needs_brackets(node, sign, is_first=is_first):
        return piece
    return Piece(piece.look, piece.text, piece.parts, in_brackets=True)


def _needs_brackets(node: Node, sign: str, *, is_first: bool) -> bool:
    if not isinstance(node, Operation) or node.sign not in "+-":
        return False
    return sign in "*/" or (sign == "-" and not is_first)


def spoken(node: Node, names: Mapping[str, str]) -> str:
    """The formula in words: （点赞数 加 评论数）除以 累计粉丝."""
    match node:
        case Number(value):
            return format_value(value, digits=6)
        case Code(code):
            return names[code]
        case Operation("-", Number(0.0), right):
            return _("负的 %(of)s") % {"of": _said(right, names, "-")}
        case Operation(sign, left, right):
            said = _said(left, names, sign, is_first=True), _said(right, names, sign)
            words = _spoken_words(sign) % {"left": said[0], "right": said[1]}
            return words.replace("） ", "）").replace(" （", "（")
        case Call("square", (inside,)):
            return _("（%(inside)s）的平方") % {"inside": spoken(inside, names)}
        case Call("ln", (inside,)):
            return _("（%(inside)s）的自然对数") % {"inside": spoken(inside, names)}
        case Call("days"):
            return _("天数")
        case Call(name, (given, *numbers)):
            held = {"function": _of_posts(name, numbers), "inside": spoken(given, names)}
            return _("%(function)s（%(inside)s）") % held
        case Call():  # pragma: no cover - every function is one of these
            raise AssertionError(node.name)


def _said(node: Node, names: Mapping[str, str], sign: str, *, is_first: bool = False) -> str:
    text = spoken(node, names)
    nested = sign == "/" and not is_first and isinstance(node, Operation)
    if nested or _needs_brackets(node, sign, is_first=is_first):
        return _("（%(inside)s）") % {"inside": text}
    return text


def _spoken_words(sign: str) -> str:
    return {
        "+": _("%(left)s 加 %(right)s"),
        "-": _("%(left)s 减 %(right)s"),
        "*": _("%(left)s 乘以 %(right)s"),
        "/": _("%(left)s 除以 %(right)s"),
    }[sign]
