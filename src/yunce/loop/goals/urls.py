from __future__ import annotations

from django.urls import path

from yunce.loop.goals.views import aims, curve, metrics, targets

MONTH = "t/<slug:slug>/<month:month>"
GOAL = f"{MONTH}/targets/<int:goal_id>"
PART = f"{MONTH}/parts/<int:part_id>"

app_name = "goals"
urlpatterns = [
    path("t/<slug:slug>/metrics/<slug:code>/goals/", metrics.on_metric, name="on-metric"),
    path("t/<slug:slug>/metrics/<slug:code>/retire/", metrics.retire_metric, name="retire-metric"),
    path(f"{MONTH}/targets/", targets.targets, name="targets"),
    path(f"{GOAL}/history/", aims.history, name="history"),
    path(f"{GOAL}/curve/shape/", curve.shape, name="curve-shape"),
    path(f"{GOAL}/curve/set/", curve.amount, name="curve-set"),
    path(f"{GOAL}/aim/", aims.aim, name="aim"),
    path(f"{GOAL}/order/", aims.order, name="order"),
    path(f"{GOAL}/parts/new/", targets.new_part, name="new-part"),
    path(f"{GOAL}/weeks/", targets.fill, {"how": "weeks"}, name="fill-weeks"),
    path(f"{GOAL}/like-last/", targets.fill, {"how": "last"}, name="fill-like-last"),
    path(f"{GOAL}/copy-last/", targets.fill, {"how": "copy"}, name="fill-copy"),
    path(f"{PART}/", targets.part, name="part"),
    path(f"{PART}/amount/", targets.part_amount, name="part-amount"),
    path(f"{PART}/remove/", targets.part_step, {"does": "remove"}, name="remove-part"),
    path(f"{PART}/restore/", targets.part_step, {"does": "restore"}, name="restore-part"),
]
