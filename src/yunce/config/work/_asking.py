"""Reading a command's parameters: the team meant, a day, a month."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Any

from yunce.config.failures import WrongUsageError
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _


def team_of(params: dict[str, Any]) -> Team:
    """The team named by its slug; without a name the only one there is."""
    slug = params.get("team")
    slugs = sorted(Team.objects.values_list("slug", flat=True))
    if not slugs:
        raise WrongUsageError(_("还没有团队。请先运行 yunce demo，或登录后新建一个团队。"))
    if not slug and len(slugs) > 1:
        raise WrongUsageError(
            _("有多个团队，请用 --team 指明：%(known)s。") % {"known": "、".join(slugs)}
        )
    team = Team.objects.filter(slug=slug or slugs[0]).first()
    if team is None:
        near = get_close_matches(str(slug), slugs, n=3) or slugs
        values = {"slug": slug, "near": "、".join(near)}
        raise WrongUsageError(_("没有团队「%(slug)s」。现有团队：%(near)s。") % values)
    return team


def day_of(params: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(str(params[name]))
    except ValueError as error:
        values = {"text": params[name]}
        raise WrongUsageError(
            _("「%(text)s」不是日期，请写成 2025-05-01 这样。") % values
        ) from error


def month_of(params: dict[str, Any]) -> Month:
    try:
        return Month.parse(str(params["month"]))
    except ValueError as error:
        values = {"text": params["month"]}
        raise WrongUsageError(_("「%(text)s」不是月份，请写成 2025-05 这样。") % values) from error


def account_of(params: dict[str, Any], team: Team) -> Account | None:
    """The account named by its number or its name (with the platform where names repeat)."""
    wanted = str(params.get("account") or "")
    if not wanted:
        return None
    accounts = list(accounts_of(team))
    found = [
        account
        for account in accounts
        if wanted in (str(account.pk), account.name, f"{account.platform}:{account.name}")
    ]
    if len(found) == 1:
        return found[0]
    listed = "、".join(f"{account.platform}:{account.name}" for account in found or accounts)
    values = {"wanted": wanted, "listed": listed or "—"}
    if found:
        raise WrongUsageError(_("有几个账号都叫「%(wanted)s」，请写成：%(listed)s。") % values)
    raise WrongUsageError(_("没有账号「%(wanted)s」。可选：%(listed)s。") % values)
