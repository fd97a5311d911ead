"""`yunce link`."""

from __future__ import annotations

from importlib import import_module

import click

from yunce.config.cli._telling import tell_json
from yunce.config.environment import read_environment
from yunce.config.failures import WrongUsageError
from yunce.kit.wording import gettext as _


@click.command(help=_("给一个人新的一次性登录链接（24 小时内有效），例如忘了密码时。"))
@click.argument("username", default="")
@click.option("--json", "as_json", is_flag=True, help=_("用 JSON 回答。"))
def command(username: str, as_json: bool) -> int:
    """Touches the database only, which takes a second writer: no need to ask the server."""
    starting = import_module("yunce.config.process.starting")
    starting.start_for_command(may_create=False, facts=False)
    people = import_module("yunce.ground.teams.models").User.objects.filter(is_active=True)
    user = people.filter(username=username).first()
    if username and user is None:
        names = "、".join(people.order_by("username").values_list("username", flat=True)[:20])
        values = {"name": username, "names": names}
        raise WrongUsageError(_("没有用户「%(name)s」。现有：%(names)s。") % values)
    owner = user or import_module("yunce.ground.teams.actions").make_first_owner()
    link = starting.sign_in_url(read_environment(), owner)
    if as_json:
        tell_json({"user": owner.username, "link": link})
    else:
        click.echo(link)
    return 0
