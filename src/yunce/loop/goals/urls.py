from __future__ import annotations

from django.urls import path

from yunce.loop.goals import views

app_name = "goals"
urlpatterns = [
    path("t/<slug:slug>/metrics/<slug:code>/goals/", views.on_metric, name="on-metric"),
    path("t/<slug:slug>/metrics/<slug:code>/retire/", views.retire_metric, name="retire-metric"),
]
