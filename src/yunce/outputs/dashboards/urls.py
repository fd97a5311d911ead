from __future__ import annotations

from django.urls import path

from yunce.outputs.dashboards import demo_views

app_name = "dashboards"
urlpatterns = [
    path("t/<slug:slug>/remove-demo/", demo_views.remove_demo, name="remove-demo"),
]
