from __future__ import annotations

from django.urls import path

from yunce.ground.facts import views

app_name = "facts"
urlpatterns = [
    path("t/<slug:slug>/metrics/", views.metrics, name="metrics"),
    path("t/<slug:slug>/metrics/<slug:code>/", views.metric, name="metric"),
    path("t/<slug:slug>/metrics/<slug:code>/rows/", views.rows, name="rows"),
    path("t/<slug:slug>/<month:month>/coverage/", views.coverage, name="coverage"),
    path("t/<slug:slug>/posts/", views.posts, name="posts"),
    path("t/<slug:slug>/posts/describe/", views.describe_posts, name="describe-posts"),
    path("t/<slug:slug>/posts/<int:post_id>/", views.post, name="post"),
    path("t/<slug:slug>/posts/<int:post_id>/merge/", views.merge_posts, name="merge-posts"),
    path("t/<slug:slug>/posts/<int:post_id>/split/", views.split_post, name="split-post"),
    path("t/<slug:slug>/posts/doubts/<int:doubt_id>/", views.answer_doubt, name="answer-doubt"),
    path("t/<slug:slug>/restatements/", views.restatements, name="restatements"),
    path("t/<slug:slug>/<month:month>/reclose/", views.reclose, name="reclose"),
    path("t/<slug:slug>/own-metrics/new/", views.new_metric, name="new-metric"),
    path("t/<slug:slug>/own-metrics/preview/", views.preview_metric, name="preview-metric"),
    path("t/<slug:slug>/own-metrics/<slug:code>/", views.change_metric, name="change-metric"),
]
