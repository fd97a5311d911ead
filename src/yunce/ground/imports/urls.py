from __future__ import annotations

from django.urls import path

from yunce.ground.imports import views

app_name = "imports"
UPLOAD = "t/<slug:slug>/imports/<int:upload>/"
MAPPING = "t/<slug:slug>/imports/mappings/<int:saved>/"
urlpatterns = [
    path("t/<slug:slug>/imports/", views.listing, name="list"),
    path("t/<slug:slug>/imports/drop/", views.drop, name="drop"),
    path("t/<slug:slug>/imports/waiting/", views.waiting, name="waiting"),
    path("t/<slug:slug>/imports/together/", views.together, name="together"),
    path("t/<slug:slug>/imports/results/", views.results, name="results"),
    path("t/<slug:slug>/imports/results/undo/", views.undo_together, name="undo-together"),
    path("t/<slug:slug>/imports/mappings/", views.mappings, name="mappings"),
    path("t/<slug:slug>/imports/mappings/take/", views.take_mapping, name="take-mapping"),
    path(f"{MAPPING}rename/", views.rename_mapping, name="rename-mapping"),
    path(f"{MAPPING}remove/", views.remove_mapping, name="remove-mapping"),
    path(f"{MAPPING}file/", views.share_mapping, name="share-mapping"),
    path(UPLOAD, views.preview, name="preview"),
    path(f"{UPLOAD}stage/", views.stage, name="stage"),
    path(f"{UPLOAD}commit/", views.commit, name="commit"),
    path(f"{UPLOAD}settle/", views.settle, name="settle"),
    path(f"{UPLOAD}forget/", views.forget, name="forget"),
    path(f"{UPLOAD}discard/", views.discard, name="discard"),
    path(f"{UPLOAD}account/", views.add_account, name="add-account"),
    path(f"{UPLOAD}mapping/", views.mapping, name="mapping"),
    path(f"{UPLOAD}problems/", views.problems, name="problems"),
    path(f"{UPLOAD}changes/", views.changes, name="changes"),
    path("t/<slug:slug>/imports/batches/<int:batch>/undo/", views.undo, name="undo"),
    path("t/<slug:slug>/imports/batches/<int:batch>/file/", views.file, name="file"),
    path("t/<slug:slug>/<month:month>/grid/", views.grid, name="grid"),
    path("t/<slug:slug>/grid/posts/", views.post_grid, name="post-grid"),
]
