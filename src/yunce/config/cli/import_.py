"""`yunce import`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
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
TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".zip", ".htm", ".html")


@click.command(
    name="import",
    help=_("导入平台导出的文件、压缩包或整个文件夹；同一个文件再导一次不会改变任何数。"),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--team", help=_("团队的网址标识；只有一个团队时可省略。"))
@click.option("--account", help=_("账号的名称或编号；平台上只有一个账号时可省略。"))
@click.option("--captured-on", metavar="D", help=_("文件导出的日期，默认从文件推断。"))
@click.option("--dry-run", is_flag=True, help=_("只看会怎样，什么都不写。"))
@click.option("--skip-errors", is_flag=True, help=_("跳过读不懂的单元格，其余照样导入。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答，每个文件一项。"))
def command(paths: tuple[str, ...], as_json: bool, **options: Any) -> int:
    performer, files = Performer(), _files(paths)
    told = [
        one
        for path in _with_progress(files)
        for one in _import(performer, path, options, as_json=as_json)
    ]
    if not told:
        tell_error(_("文件夹里没有表格文件。"), as_json=as_json)
        return EXIT_FAILED
    if as_json:
        tell_json([answer for _name, answer in told])
    else:
        for name, answer in told:
            click.echo(_sentence(name, answer, dry_run=options["dry_run"]))
    failed = sum(_has_failed(answer) for _name, answer in told)
    if not failed:
        return 0
    return EXIT_FAILED if failed == len(told) else EXIT_PARTLY


def _files(paths: Iterable[str]) -> list[str]:
    """The files named, and those in the folders named, in the order of their names."""
    found: list[str] = []
    for path in paths:
        if not Path(path).is_dir():
            found.append(path)
            continue
        inside = (file for file in Path(path).rglob("*") if file.is_file())
        found += sorted(str(file) for file in inside if _is_table(file))
    return found


def _is_table(file: Path) -> bool:
    """By its name; what systems and open programs leave behind is none."""
    return file.suffix.casefold() in TABLES and not file.name.startswith((".", "~$"))


def _import(
    performer: Performer, path: str, options: dict[str, Any], *, as_json: bool
) -> list[tuple[str, dict[str, Any]]]:
    """Each file's answer; one that cannot be read does not keep the others out."""
    try:
        result = performer.perform("import_file", {**options, "path": str(Path(path).absolute())})
    except WrongUsageError:
        raise
    except WorkError as error:
        tell_error(f"{path}：{error}", as_json=as_json)
        return [(path, dict(NOTHING))]
    is_archive = len(result["files"]) > 1
    told = []
    for file in result["files"]:
        name = f"{path}/{file['name']}" if is_archive else path
        for problem in file["problems"]:
            tell_error(f"{name}：{problem}", as_json=as_json)
        told.append((name, file["answer"]))
    return told


def _has_failed(answer: dict[str, Any]) -> bool:
    return bool(answer["errors"] or answer["conflicts"]) and answer["batch"] is None


def _with_progress(paths: Sequence[str]) -> Iterator[str]:
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
