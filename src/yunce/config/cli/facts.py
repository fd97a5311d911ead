"""`yunce facts copy`."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from yunce.config.cli._routing import Performer
from yunce.config.cli._telling import tell_json
from yunce.config.failures import WorkError
from yunce.kit.wording import gettext as _

LOOK_SECONDS = 0.3


@click.group(help=_("管理事实库：所有指标的数都存在那里。"))
def command() -> None:
    """A group of its own: more of it may come."""


@command.command(
    name="copy",
    help=_(
        "把全部数据连同历史复制到另一个事实库（YUNCE_FACTS_URL 的写法），逐月核对校验和。"
        "中断了再运行一次，会接着做；目标里有别处的数时不会动它，除非加 --force。"
    ),
)
@click.option("--to", required=True, metavar="URL", help=_("复制到哪里。"))
@click.option("--team", help=_("只复制一个团队（网址标识）。"))
@click.option("--force", is_flag=True, help=_("目标里有别处的数也换掉，原来的留一份。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def copy(to: str, team: str | None, force: bool, as_json: bool) -> int:
    performer = Performer()
    with _watched(performer):
        result = performer.perform("copy_facts", {"to": to, "team": team, "force": force})
    if as_json:
        tell_json(result)
    else:
        click.echo(_sentence(result))
        if result["kept"]:
            click.echo(_("目标里原来的数留在 %(kept)s。") % result)
    return 0


def _sentence(result: dict[str, Any]) -> str:
    there = sum(month["was_there"] for month in result["months"])
    values = {**result, "months": len(result["months"]), "there": there}
    return (
        _("已复制到 %(to)s：%(months)s 个月，%(rows)s 条记录，逐月核对一致；") % values
        + _("其中 %(there)s 个月原来就在。") % values
    )


@contextmanager
def _watched(performer: Performer) -> Iterator[None]:
    """A bar where a person is watching, whoever does the work."""
    if not sys.stderr.isatty():
        yield
        return
    finished = threading.Event()
    watcher = threading.Thread(target=_draw, args=(performer, finished), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        finished.set()
        watcher.join()


def _draw(performer: Performer, finished: threading.Event) -> None:
    """Looks until the work is done; a look that fails is the work's own to tell."""
    with click.progressbar(length=0, label=_("正在复制"), file=sys.stderr) as bar:
        while not finished.wait(LOOK_SECONDS):
            try:
                now = performer.perform("copy_progress", {})
            except WorkError:
                return
            bar.length = now["months"]
            bar.update(now["done"] - bar.pos)
        bar.update(max(0, (bar.length or 0) - bar.pos))
