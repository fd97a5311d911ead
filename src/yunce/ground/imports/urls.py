from __future__ import annotations

from django.urls import path

from yunce.ground.imports import views

app_name = "imports"
urlpatterns = [
    path("t/<slug:slug>/imports/", views.listing, name="list"),
    path("t/<slug:slug>/imports/drop/", views.drop, name="drop"),
    path("t/<slug:slug>/imports/<int:upload>/", views.preview, name="preview"),
    path("t/<slug:slug>/imports/<int:upload>/commit/", views.commit, name="commit"),
    path("t/<slug:slug>/imports/<int:upload>/discard/", views.discard, name="discard"),
    path("t/<slug:slug>/imports/<int:upload>/account/", views.add_account, name="add-account"),
    path("t/<slug:slug>/imports/<int:upload>/mapping/", views.mapping, name="mapping"),
    path("t/<slug:slug>/imports/batches/<int:batch>/undo/", views.undo, name="undo"),
    path("t/<slug:slug>/imports/batches/<int:batch>/file/", views.file, name="file"),
    path("t/<slug:slug>/<month:month>/grid/", views.grid, name="grid"),
]
