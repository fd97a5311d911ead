"""`yunce check`: a plan in Word or Excel, gone through in a second. No server, no account."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from yunce.config.cli._telling import tell_error, tell_json
from yunce.config.failures import EXIT_FAILED, EXIT_USAGE
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")


@click.command(
    help=_(
        "检查一份月度计划表（.docx 或 .xlsx）：任务加起来够不够目标，哪些目标缺数值、时间、负责人或"
        "完成标准。不需要服务和账号。退出码：0 全部对得上，1 有要改的，2 文件读不了。"
    )
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--month", "written", default="", metavar="M", help=_("计划的月份，如 2025-05。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答，键名见 docs/check.md。"))
def command(file: Path, written: str, as_json: bool) -> int:
    # Imported only now, so that `--help` stays quick.
    from yunce.config import plancheck
    from yunce.engines.plantables import PlanFileError, read_plan_file

    month = _month(written)
    today = datetime.now(SHANGHAI).date()
    try:
        plan = read_plan_file(_content(file), file.name, month=month, today=today)
    except PlanFileError as error:
        tell_error(str(error), as_json=as_json)
        return EXIT_USAGE
    checked = plancheck.check_plan(plan)
    if as_json:
        tell_json(plancheck.as_json(checked))
    else:
        click.echo("\n".join(plancheck.as_text(checked)))
    return 0 if checked.adds_up else EXIT_FAILED


def _month(written: str) -> Month | None:
    if not written:
        return None
    try:
        return Month.parse(written)
    except ValueError as error:
        sentence = _("「%s」不是月份，请写成 2025-05 这样") % written
        raise click.BadParameter(sentence, param_hint="--month") from error


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        sentence = _("打不开「%s」。请检查路径和权限。") % file
        raise click.UsageError(sentence) from error
