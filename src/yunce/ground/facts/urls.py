from __future__ import annotations

from django.urls import path

from yunce.ground.facts import views

app_name = "facts"
urlpatterns = [
    path("t/<slug:slug>/metrics/", views.metrics, name="metrics"),
    path("t/<slug:slug>/metrics/<slug:code>/", views.metric, name="metric"),
    path("t/<slug:slug>/metrics/<slug:code>/rows/", views.rows, name="rows"),
    path("t/<slug:slug>/<month:month>/coverage/", views.coverage, name="coverage"),
    path("t/<slug:slug>/restatements/", views.restatements, name="restatements"),
    path("t/<slug:slug>/own-metrics/new/", views.new_metric, name="new-metric"),
    path("t/<slug:slug>/own-metrics/preview/", views.preview_metric, name="preview-metric"),
    path("t/<slug:slug>/own-metrics/<slug:code>/", views.change_metric, name="change-metric"),
]
