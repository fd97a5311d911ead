"""`yunce effect`."""

from __future__ import annotations

from typing import Any

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json
from yunce.kit.numbers import MINUS
from yunce.kit.wording import gettext as _


@click.command(help=_("一场活动或一条改进有没有用：变化多少，区间多宽，平常会不会也这样。"))
@click.option("--metric", required=True, metavar="METRIC", help=_("指标代码，如 new_followers。"))
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--from", "start", required=True, metavar="D", help=_("开始日期，如 2025-05-01。"))
@click.option("--to", "end", required=True, metavar="D", help=_("结束日期（含）。"))
@click.option(
    "--account",
    "accounts",
    multiple=True,
    help=_("参加的账号，编号或名称，可写多次；其余的作对照。不写就是全部都参加。"),
)
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(start: str, end: str, *, as_json: bool, **options: Any) -> int:
    params = {**options, "accounts": list(options["accounts"]), "from": start, "to": end}
    result = perform("effect", params)
    if as_json:
        tell_json(result)
    else:
        _tell(result)
    return 0


def _tell(result: dict[str, Any]) -> None:
    if result["reason"]:
        click.echo(_("还不能说：%(reason)s") % result)
        return
    shares = ("lift", "low", "high", "smallest_visible")
    words = {**result, **{name: _share(result[name]) for name in shares}}
    click.echo(_("%(verdict_name)s：%(name)s %(from)s – %(to)s") % words)
    click.echo(_("变化 %(lift)s（90%% 区间 %(low)s – %(high)s）。") % words)
    click.echo(_("对照了 %(placebos)d 个平常时段；%(smallest_visible)s 以上才看得出来。") % words)
    if result["others"] is not None:
        others = {"names": "、".join(result["controls"]), "others": _share(result["others"])}
        click.echo(_("对照账号 %(names)s，同期 %(others)s，已经扣掉。") % others)
    for sentence in result["assumptions"]:
        click.echo(f"· {sentence}")
    if result["without_numbers"]:
        names = {"names": "、".join(result["without_numbers"])}
        click.echo(_("%(names)s 那段时间没有这个指标的数，没有算。") % names)


def _share(value: float) -> str:
    percent = f"{abs(value) * 100:,.1f}%"
    return f"{MINUS}{percent}" if value < 0 else f"+{percent}"
