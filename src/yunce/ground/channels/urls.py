from __future__ import annotations

from django.urls import path

from yunce.ground.channels import views

app_name = "channels"
urlpatterns = [
    path("t/<slug:slug>/accounts/", views.accounts, name="accounts"),
    path("t/<slug:slug>/accounts/<int:account_id>/", views.account, name="account"),
    path("t/<slug:slug>/accounts/<int:account_id>/active/", views.set_active, name="set-active"),
]
