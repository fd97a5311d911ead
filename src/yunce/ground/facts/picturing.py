"""A formula as it is drawn (fractions, sums) and as it is read aloud: names, never codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from yunce.engines.metrics.formula import Code, Node, Number, Operation
from yunce.kit.numbers import format_value

Look = Literal["name", "number", "sign", "row", "fraction"]
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
