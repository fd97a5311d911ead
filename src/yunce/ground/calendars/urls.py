from __future__ import annotations

from django.urls import path

from yunce.ground.calendars import views

app_name = "calendars"
_AT = "t/<slug:slug>/<month:month>/calendar/"
urlpatterns = [
    path(_AT, views.calendar, name="month"),
    path(f"{_AT}days/", views.add_day, name="add-day"),
    path(f"{_AT}days/<int:day_id>/remove/", views.remove_day, name="remove-day"),
    path(f"{_AT}leave/", views.add_leave, name="add-leave"),
    path(f"{_AT}leave/<int:leave_id>/remove/", views.remove_leave, name="remove-leave"),
    path(f"{_AT}hours/<int:member_id>/", views.working_time, name="working-time"),
]
