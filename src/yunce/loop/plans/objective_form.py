"""The form of an objective."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Team
from yunce.loop.goals.actions import ObjectiveWords
from yunce.loop.goals.models import Horizon, Objective, PeriodKind
from yunce.loop.goals.queries.objectives import objectives_of
from yunce.loop.goals.rules import TargetError, read_target, write_target
from yunce.loop.plans.forms import metric_choices
from yunce.web.forms import PaperForm


class ObjectiveForm(PaperForm):
    """An aim beyond the month, in words or with a number."""

    title = forms.CharField(
        label=gettext_lazy("长期目标"),
        max_length=80,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    horizon = forms.ChoiceField(label=gettext_lazy("远近"), choices=Horizon.choices)
    period = forms.ChoiceField(label=gettext_lazy("时期"), choices=PeriodKind.choices)
    starts_on = forms.DateField(
        label=gettext_lazy("从哪天起"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("季度或年度里的任一天都可以；不限期就空着"),
    )
    metric = forms.ChoiceField(label=gettext_lazy("指标"), required=False)
    target = forms.CharField(
        label=gettext_lazy("目标值"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("可写 12000、1.2万、8%；只写文字目标就空着"),
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("上级目标"),
        queryset=Objective.objects.none(),
        required=False,
        empty_label=gettext_lazy("没有上级"),
    )

    def __init__(self, *args: Any, team: Team, own: Objective | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_held(own) if own else None, **kwargs)
        self._known = catalogue_of(team)
        choices = [("", _("只写文字，没有指标")), *metric_choices(self._known, set())]
        self.fields["metric"].choices = choices  # type: ignore[attr-defined]
        others = objectives_of(team)
        self.fields["parent"].queryset = others.exclude(pk=own.pk) if own else others  # type: ignore[attr-defined]

    def clean_target(self) -> Decimal | None:
        text, metric = self.cleaned_data["target"], self._known.get(self.data.get("metric", ""))
        if not text:
            return None
        if metric is None:
            raise forms.ValidationError(_("写了目标值，要选是哪个指标的。"))
        try:
            return read_target(text, metric.unit)
        except TargetError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def words(self) -> ObjectiveWords:
        return ObjectiveWords(**self.cleaned_data)


def _held(own: Objective) -> dict[str, Any]:
    metric = catalogue_of(own.team).get(own.metric)
    return {
        "title": own.title,
        "horizon": own.horizon,
        "period": own.period,
        "starts_on": own.starts_on,
        "metric": own.metric,
        "target": write_target(own.target, metric.unit) if metric else "",
        "parent": own.parent_id,
    }
