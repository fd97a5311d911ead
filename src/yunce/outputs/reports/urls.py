from __future__ import annotations

from django.urls import path

from yunce.outputs.reports import views

app_name = "reports"
urlpatterns = [
    path(
        "t/<slug:slug>/<month:month>/reports/<slug:kind>.<slug:file_format>",
        views.download,
        name="download",
    ),
]
