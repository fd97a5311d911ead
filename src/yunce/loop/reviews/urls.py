from __future__ import annotations

from django.urls import path

from yunce.loop.reviews.views import improvements, page, words

app_name = "reviews"
_MONTH = "t/<slug:slug>/<month:month>/review/"
_ONE = f"{_MONTH}improvements/<int:improvement_id>/"

urlpatterns = [
    path(_MONTH, page.review, name="review"),
    path(f"{_MONTH}words/<slug:dimension>/<slug:field>/", words.cell, name="words"),
    path(f"{_MONTH}improvements/new/<slug:dimension>/", improvements.add, name="add"),
    path(f"{_MONTH}improvements/adopt/", improvements.adopt_all, name="adopt-all"),
    path(_ONE, improvements.change, name="change"),
    path(f"{_ONE}remove/", improvements.remove, name="remove"),
    path(f"{_ONE}restore/", improvements.restore, name="restore"),
    path(f"{_ONE}adopt/", improvements.adopt, name="adopt"),
    path(f"{_ONE}withdraw/", improvements.withdraw, name="withdraw"),
]
