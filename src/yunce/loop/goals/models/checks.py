"""How true the forecasts of a metric would have been: worked out by a job, kept for the page."""

from __future__ import annotations

from django.db import models

from yunce.ground.teams.models import Team


class ForecastCheck(models.Model):
    """The back-test of one metric of a team over its past months.

    ``basis`` says on which numbers it rests (last whole month, newest batch): with others it is
    asked for anew, and until then the old one is shown with its date. It can always be made again.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="forecast_checks")
    metric = models.CharField(max_length=60)
    asked_basis = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    basis = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)  # queries.checks reads it; null: see problem
    problem = models.CharField(max_length=300, blank=True)  # zh: why there is none

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "metric"], name="one_forecast_check_a_metric")
        ]

    def __str__(self) -> str:
        return self.metric
