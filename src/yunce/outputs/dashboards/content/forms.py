"""What is compared: everything lives in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yunce.engines.metrics import catalogue
from yunce.engines.platforms import platforms
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries.contents import PERIODS
from yunce.ground.facts.queries.equal_age import METRICS
from yunce.ground.teams.models import Team
from yunce.web.forms import PaperForm

AGE_WORDS = {1: _("24 小时"), 7: _("7 天"), 30: _("30 天")}
USUAL = {"metric": METRICS[0], "age": 7, "days": 90}


class ContentForm(PaperForm):
    """GET fields; an empty one means the usual."""

    platform = forms.ChoiceField(label=_("平台"), required=False)
    account = forms.ModelChoiceField(
        label=_("账号"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("全部账号"),
        error_messages={"invalid_choice": _("没有这个账号。下面是全部账号的作品。")},
    )
    metric = forms.ChoiceField(label=_("指标"), required=False)
    age = forms.TypedChoiceField(
        label=_("发布后"), required=False, coerce=int, choices=list(AGE_WORDS.items())
    )
    days = forms.TypedChoiceField(
        label=_("发布于"),
        required=False,
        coerce=int,
        choices=[(days, _("最近 %d 天") % days) for days in PERIODS],
    )

    def __init__(self, said: Mapping[str, Any], *, team: Team) -> None:
        shown = {**USUAL, **{name: word for name, word in said.items() if word}}
        super().__init__(shown)
        accounts = all_accounts_of(team)
        self._accounts = list(accounts)
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]
        used = sorted({account.platform for account in self._accounts})
        labels = [(key, platforms()[key].label) for key in used]
        self.fields["platform"].choices = [("", _("全部平台")), *labels]  # type: ignore[attr-defined]
        self.fields["metric"].choices = [  # type: ignore[attr-defined]
            (code, catalogue()[code].name.removeprefix(str(_("单篇")))) for code in METRICS
        ]
        for name in ("platform", "metric", "age", "days"):
            words = {"invalid_choice": _("没有这个选择，下面按平常的来。")}
            self.fields[name].error_messages |= words
        for name in self.errors:  # what is shown is what was done
            shown[name] = USUAL.get(name, "")

    @property
    def asked(self) -> dict[str, Any]:
        """metric, age and days to be compared; the usual for what is not said or not understood."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or usual for name, usual in USUAL.items()}

    @property
    def accounts(self) -> list[int] | None:
        """Numbers of the accounts meant; empty: all of them; None: none fits both filters."""
        self.is_valid()
        account, platform = self.cleaned_data.get("account"), self.cleaned_data.get("platform")
        if not account and not platform:
            return []
        found = [
            each.pk
            for each in self._accounts
            if platform in ("", None, each.platform) and account in (None, each)
        ]
        return found or None
