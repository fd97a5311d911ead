from __future__ import annotations

from django.urls import path

from yunce.loop.goals.views import metrics

app_name = "goals"
urlpatterns = [
    path("t/<slug:slug>/metrics/<slug:code>/goals/", metrics.on_metric, name="on-metric"),
    path("t/<slug:slug>/metrics/<slug:code>/retire/", metrics.retire_metric, name="retire-metric"),
]
