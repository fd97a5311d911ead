"""What commands print: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import east_asian_width

import click

from yunce.kit.wording import gettext as _


def tell_json(result: Any) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def tell_error(sentence: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"error": sentence}, ensure_ascii=False), err=True)
        return
    click.echo(_("错误：%(sentence)s") % {"sentence": sentence}, err=True)


def tell_note(sentence: str) -> None:
    click.echo(sentence, err=True)


def tell_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns lined up by width on screen: a Chinese character takes two places."""
    lines = [list(headings), *(list(row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def usage_sentence(error: click.UsageError) -> str:
    """click's own complaints, in Chinese, with the way to the help page."""
    path = error.ctx.command_path if error.ctx else "yunce"
    return f"{_complaint(error)}{_('用法见 %(path)s --help。') % {'path': path}}"


def _complaint(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=param) if param is not None:
            return _("缺少参数 %(name)s。") % {"name": _name(param)}
        case click.NoSuchOption(option_name=name):
            return _("没有选项 %(name)s。") % {"name": name}
        case click.BadParameter(param=param) if param is not None:
            values = {"name": _name(param), "message": error.message}
            return _("参数 %(name)s 不对：%(message)s。") % values
        case _:
            return _("命令写得不对：%(message)s。") % {
                "message": error.format_message().rstrip(".")
            }


def _name(param: click.Parameter) -> str:
    return param.opts[-1] if isinstance(param, click.Option) else (param.human_readable_name or "")
