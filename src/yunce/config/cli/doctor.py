"""`yunce doctor`."""

from __future__ import annotations

from importlib import import_module

import click

from yunce.config.cli._telling import tell_json
from yunce.config.failures import EXIT_FAILED
from yunce.kit.wording import gettext as _

MARKS = {"ok": "✓", "hint": "·", "failed": "✗"}


@click.command(help=_("检查这台机器和数据是否一切正常；有问题时退出码为 1。"))
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(as_json: bool) -> int:
    findings = import_module("yunce.config.process.doctor").examine()
    if as_json:
        tell_json([finding.as_json() for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]} {finding.name}：{finding.told}")
    return EXIT_FAILED if any(finding.state == "failed" for finding in findings) else 0
