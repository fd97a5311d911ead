"""`yunce import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from yunce.config.cli._routing import Performer
from yunce.config.cli._telling import tell_error, tell_json
from yunce.config.failures import EXIT_FAILED, EXIT_PARTLY, WorkError, WrongUsageError
from yunce.kit.wording import gettext as _

NOTHING = {
    "batch": None,
    "platform": "",
    "account": "",
    "added": 0,
    "updated": 0,
    "unchanged": 0,
    "conflicts": 0,
    "ignored": 0,
    "errors": 1,
}


@click.command(name="import", help=_("导入平台导出的文件；同一个文件再导一次不会改变任何数。"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--account", help=_("账号的名称或编号；平台上只有一个账号时可省略。"))
@click.option("--captured-on", metavar="D", help=_("文件导出的日期，默认从文件推断。"))
@click.option("--dry-run", is_flag=True, help=_("只看会怎样，什么都不写。"))
@click.option("--skip-errors", is_flag=True, help=_("跳过读不懂的单元格，其余照样导入。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答，每个文件一项。"))
def command(paths: tuple[str, ...], as_json: bool, **options: Any) -> int:
    performer = Performer()
    answers = [_import(performer, path, options, as_json=as_json) for path in _with_progress(paths)]
    if as_json:
        tell_json(answers)
    else:
        for path, answer in zip(paths, answers, strict=True):
            click.echo(_sentence(path, answer, dry_run=options["dry_run"]))
    failed = sum(_has_failed(answer) for answer in answers)
    if not failed:
        return 0
    return EXIT_FAILED if failed == len(answers) else EXIT_PARTLY


def _import(
    performer: Performer, path: str, options: dict[str, Any], *, as_json: bool
) -> dict[str, Any]:
    """One file's answer; a file that cannot be read does not keep the others out."""
    try:
        result = performer.perform("import_file", {**options, "path": str(Path(path).absolute())})
    except WrongUsageError:
        raise
    except WorkError as error:
        tell_error(f"{path}：{error}", as_json=as_json)
        return dict(NOTHING)
    for problem in result["problems"]:
        tell_error(f"{path}：{problem}", as_json=as_json)
    answer: dict[str, Any] = result["answer"]
    return answer


def _has_failed(answer: dict[str, Any]) -> bool:
    return bool(answer["errors"] or answer["conflicts"]) and answer["batch"] is None


def _with_progress(paths: tuple[str, ...]) -> Iterator[str]:
    """A bar where a person is watching."""
    if len(paths) == 1 or not sys.stderr.isatty():
        yield from paths
        return
    with click.progressbar(paths, label=_("正在导入"), file=sys.stderr) as bar:
        yield from bar


def _sentence(path: str, answer: dict[str, Any], *, dry_run: bool) -> str:
    values = {"path": path, **answer}
    counts = _("新增 %(added)s，更新 %(updated)s，不变 %(unchanged)s，忽略 %(ignored)s") % values
    if _has_failed(answer):
        return _("%(path)s：没有导入。") % values
    if dry_run:
        return _("%(path)s：试算：%(counts)s。") % {**values, "counts": counts}
    if answer["batch"] is None:
        return _("%(path)s：没有变化（%(counts)s）。") % {**values, "counts": counts}
    return _("%(path)s：已导入，第 %(batch)s 号（%(counts)s）。") % {**values, "counts": counts}
