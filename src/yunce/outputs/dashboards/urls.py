from __future__ import annotations

from django.urls import path

from yunce.outputs.dashboards import demo_views, views
from yunce.outputs.dashboards.accuracy.views import forecasts
from yunce.outputs.dashboards.content.views import content
from yunce.outputs.dashboards.effect.views import effects

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("t/<slug:slug>/", views.team_home, name="team"),
    path("t/<slug:slug>/<month:month>/", views.month, name="month"),
    path("t/<slug:slug>/content/", content, name="content"),
    path("t/<slug:slug>/effects/", effects, name="effects"),
    path("t/<slug:slug>/<month:month>/goals/<int:goal_id>/", views.goal, name="goal"),
    path("t/<slug:slug>/forecasts/", forecasts, name="forecasts"),
    path("t/<slug:slug>/remove-demo/", demo_views.remove_demo, name="remove-demo"),
]
