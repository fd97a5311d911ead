"""`yunce backtest`: how true the forecasts would have been on past months. A file needs no data."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from yunce.config.cli._routing import perform
from yunce.config.cli._telling import tell_json, tell_table
from yunce.engines.forecasts import (
    Backtest,
    Kind,
    OriginScore,
    Panel,
    PanelFileError,
    backtest,
    panel_of,
    read_panel,
)
from yunce.kit.wording import gettext as _

FARTHEST = 3 * 366  # days of the team's own facts looked back
KINDS = {"flow": Kind.SUM, "stock": Kind.LAST}


@click.command(
    help=_(
        "在过去的月份上检验月末预测。FILE 是 account,day,value 三列的 CSV 或 .tsf；"
        "不写 FILE 就用团队自己的数据（--metric）。"
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--kind", type=click.Choice(["sum", "last"]), help=_("sum 合计，last 月末值。"))
@click.option("--origins", default="0,10,20", show_default=True, help=_("月初起已知几天。"))
@click.option(
    "--test-months",
    type=click.IntRange(1, 60),
    default=6,
    show_default=True,
    help=_("检验最近几个完整的月。"),
)
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--metric", help=_("用团队自己的数据时：指标代码。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(
    file: Path | None,
    kind: str | None,
    origins: str,
    test_months: int,
    team: str | None,
    metric: str | None,
    *,
    as_json: bool,
) -> int:
    days = _origins(origins)
    panel, usual = _of_file(file) if file else _of_team(team, metric)
    found = backtest(panel, kind=Kind(kind) if kind else usual, origins=days, months=test_months)
    if not found.months:
        raise click.ClickException(_("历史太短：要有至少一个完整的月，之前还要有 28 天。"))
    if as_json:
        tell_json(found.to_json())
    else:
        _tell(found)
    return 0


def _origins(text: str) -> tuple[int, ...]:
    try:
        days = tuple(sorted({int(day) for day in text.split(",")}))
    except ValueError:
        raise click.BadParameter(_("--origins 写成 0,10,20 这样的天数。")) from None
    if not 0 <= days[0] <= days[-1] <= 30:
        raise click.BadParameter(_("--origins 的天数应在 0 到 30 之间。"))
    return days


def _of_file(file: Path) -> tuple[Panel, Kind]:
    try:
        return read_panel(file), Kind.SUM
    except PanelFileError as error:
        raise click.ClickException(str(error)) from error


def _of_team(team: str | None, metric: str | None) -> tuple[Panel, Kind]:
    """The team's accounts as a panel; the metric's kind says how days make a month."""
    if not metric:
        raise click.UsageError(_("请给出文件，或用 --metric 指定团队自己的指标。"))
    today = date.today()  # noqa: DTZ011 - the person's own day bounds the question, nothing else
    asked = {
        "metrics": [metric],
        "team": team,
        "from": (today - timedelta(days=FARTHEST)).isoformat(),
        "to": today.isoformat(),
        "by": ["day", "platform", "account"],
    }
    answered: dict[str, Any] = perform("query", asked)
    rows = [row for row in answered["rows"] if row["value"] is not None]
    if not rows:
        raise click.ClickException(_("团队还没有「{metric}」的数据。").format(metric=metric))
    kind = KINDS.get(_kind_of(metric))
    if kind is None:
        raise click.ClickException(_("只有能累加的量和存量可以这样检验，比率不行。"))
    told = (
        (f"{row['platform']} {row['account']}", date.fromisoformat(row["day"]), float(row["value"]))
        for row in rows
    )
    return panel_of(told), kind


def _kind_of(metric: str) -> str:
    from yunce.engines.metrics import catalogue  # not needed for files, and slow to load

    known = catalogue()
    return known.metric(metric).kind.value if metric in known else "ratio"


def _tell(found: Backtest) -> None:
    click.echo(
        _("{accounts} 个账号，{first} 至 {last}，用时 {seconds:.1f} 秒").format(
            accounts=found.accounts,
            first=found.months[0],
            last=found.months[-1],
            seconds=found.seconds,
        )
    )
    headings = [
        _("已知天数"),
        _("账号月"),
        _("中位误差"),
        _("80% 覆盖"),
        _("95% 覆盖"),
        _("比照惯性"),
        _("必达实现"),
        _("挑战实现"),
        _("红警说对"),
        _("红警误报"),
        _("红警抓到"),
    ]
    tell_table(headings, map(_line, found.origins))


def _line(score: OriginScore) -> list[str]:
    shares = (
        score.mdape,
        score.cov80,
        score.cov95,
        score.crps_vs_runrate,
        score.must_realised,
        score.stretch_realised,
        score.red_precision,
        score.red_false,
        score.red_caught,
    )
    return [str(score.origin), str(score.n), *map(_percent, shares)]


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f}%"
