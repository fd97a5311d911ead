"""The page 有没有用: one deed judged, and the deeds one may ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import QueryDict

from yunce.engines.calendars import marks_between
from yunce.engines.explain import PRE
from yunce.engines.metrics import Metric
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries import catalogue_of, newest_days
from yunce.ground.facts.queries.effects import Trial, judgeable, trial
from yunce.ground.teams.models import Team
from yunce.loop.reviews.queries.deeds import Deed, before, beside, deed_keyed, deeds_of
from yunce.outputs.dashboards.effect import chart, wording
from yunce.outputs.dashboards.effect.forms import (
    EffectForm,
    completed,
    days_said,
    usual_for_errors,
)

LOOKED_BACK = timedelta(days=400)  # from the newest day with numbers
LISTED = 30


@dataclass(frozen=True)
class EffectPage:
    """Everything the page shows. ``trial`` is None while nothing is asked."""

    deeds: Sequence[Deed]
    deed: Deed | None
    form: EffectForm | None
    trial: Trial | None
    accounts: Sequence[Account]
    is_unknown: bool = False  # the address names a deed there is not

    @property
    def listed(self) -> Sequence[Deed]:
        return self.deeds[:LISTED]

    @cached_property
    def beside(self) -> list[Deed]:
        return beside(self.deed, self.deeds) if self.deed else []

    @property
    def verdict(self) -> str:
        assert self.trial is not None  # noqa: S101 - the template asks
        return wording.verdict(self.trial.effect, self.trial.metric.name, self.beside)

    @property
    def chip(self) -> wording.Chip:
        assert self.trial is not None  # noqa: S101 - the template asks
        return wording.chip(self.trial.effect, self.beside)

    @property
    def lift(self) -> str:
        return wording.share(self.trial.effect.lift) if self.trial else ""

    @property
    def interval(self) -> str:
        effect = self.trial.effect if self.trial else None
        return f"{wording.share(effect.lo)} – {wording.share(effect.hi)}" if effect else ""

    @property
    def least(self) -> str:
        return wording.smallest(self.trial.effect) if self.trial else ""

    @property
    def drift(self) -> str:
        return wording.share(self.trial.effect.drift) if self.trial else ""

    @property
    def seen_from(self) -> str:
        return wording.seen_from(self.trial.effect) if self.trial else ""

    @property
    def cautions(self) -> list[str]:
        if self.trial is None or self.trial.effect.is_refused:
            return []
        earlier = before(self.deed, self.deeds, days=PRE) if self.deed else []
        start, end = self.trial.start, self.trial.end
        return wording.cautions(
            self.trial.effect,
            beside=self.beside,
            before=earlier,
            marks=[mark.name for mark in marks_between(start, end)],
            window=f"{start.month}/{start.day} – {end.month}/{end.day} ",
        )

    @property
    def missing(self) -> list[Account]:
        numbers = self.trial.missing if self.trial else ()
        return [each for each in self.accounts if each.pk in numbers]

    @property
    def chart(self) -> dict[str, Any] | None:
        return chart.option(self.trial) if self.trial and self.trial.days else None

    @property
    def summary(self) -> str:
        return chart.summary(self.trial) if self.trial else ""


def effect_page(team: Team, said: QueryDict, *, today: date) -> EffectPage:
    newest = max(newest_days(team).values(), default=None)
    deeds = deeds_of(team, today=today, since=(newest or today) - LOOKED_BACK)
    accounts = list(all_accounts_of(team))
    key = said.get("what", "")
    deed = deed_keyed(deeds, key)
    if key and deed is None:
        return EffectPage(deeds, None, None, None, accounts, is_unknown=True)
    if deed is None and not (said.get("from") or said.get("to")) and newest:
        deed = next((each for each in deeds if each.end <= newest and each.metric), None)
    days = days_said(said, deed)
    if newest is None:
        return EffectPage(deeds, deed, None, None, accounts)
    start, end = days or (newest - timedelta(days=13), newest)
    known = catalogue_of(team)
    metrics = judgeable(team, known, start=newest - LOOKED_BACK, end=newest)
    took_part = [] if "metric" in said else _named_in(deed, accounts)
    usual = {"start": f"{start}", "end": f"{end}", "metric": _metric(metrics, deed)}
    data = completed(said, **usual, account=[str(each.pk) for each in took_part])
    form = EffectForm(data, metrics=metrics, accounts=accounts)
    usual_for_errors(form, data, usual["metric"])
    return EffectPage(deeds, deed, form, _trial(team, form, usual["metric"], today), accounts)


def _trial(team: Team, form: EffectForm, usual: str, today: date) -> Trial | None:
    form.is_valid()
    found = form.cleaned_data
    metric, start, end = found.get("metric") or usual, found.get("start"), found.get("end")
    if not metric or start is None or end is None:
        return None
    chosen = [int(number) for number in found.get("accounts") or ()]
    return trial(team, metric, start=start, end=end, today=today, accounts=chosen)


def _metric(metrics: Sequence[Metric], deed: Deed | None) -> str:
    """The goal's own, else the first of its dimension, else any."""
    codes = [each.code for each in metrics]
    if deed is None or not codes:
        return codes[0] if codes else ""
    if deed.metric in codes:
        return deed.metric
    same = [each.code for each in metrics if each.dimension.value == deed.dimension]
    return [*same, *codes][0]


def _named_in(deed: Deed | None, accounts: Sequence[Account]) -> list[Account]:
    """Accounts whose platform the deed's words name: 抖音直播."""
    if deed is None:
        return []
    return [each for each in accounts if each.spec.label in deed.title]
