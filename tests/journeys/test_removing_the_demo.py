"""One click takes the demo team away, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yunce.config.demo.loading import load_demo
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal

SignIn = Callable[..., Client]


def test_rows_facts_and_invented_people_go(olga: Member, signed_in: SignIn) -> None:
    demo, _made = load_demo(owner=olga.user)
    assert Goal.objects.exists()
    response = signed_in(olga).post("/t/demo/remove-demo/")
    assert response["Location"] == "/"
    assert not Goal.objects.exists()
    assert not Batch.objects.exists()
    assert fact_store().batches() == set()
    assert [*Team.objects.all()] == [olga.team]
    assert [*User.objects.all()] == [olga.user]
    assert demo.slug == "demo"


def test_it_can_be_loaded_again(olga: Member, signed_in: SignIn) -> None:
    load_demo(owner=olga.user)
    signed_in(olga).post("/t/demo/remove-demo/")
    _demo, made = load_demo(owner=olga.user)
    assert made


def test_a_real_team_is_never_removed_this_way(olga: Member, signed_in: SignIn) -> None:
    assert signed_in(olga).post("/t/content/remove-demo/").status_code == 404
    assert Team.objects.filter(slug="content").exists()


def test_who_does_not_manage_the_demo_cannot(
    olga: Member, bob: Member, charlie: User, signed_in: SignIn
) -> None:
    demo, _made = load_demo(owner=olga.user)
    Member.objects.create(team=demo, user=bob.user, role="lead")
    assert signed_in(bob).post("/t/demo/remove-demo/").status_code == 403
    assert signed_in(charlie).post("/t/demo/remove-demo/").status_code == 404
    assert signed_in(olga).get("/t/demo/remove-demo/").status_code == 405
    assert Team.objects.filter(slug="demo").exists()


def test_an_invented_person_who_joined_elsewhere_stays(olga: Member, signed_in: SignIn) -> None:
    load_demo(owner=olga.user)
    lead = User.objects.get(username="demo-lead")
    Member.objects.create(team=olga.team, user=lead, role="member")
    signed_in(olga).post("/t/demo/remove-demo/")
    assert User.objects.filter(username="demo-lead").exists()
