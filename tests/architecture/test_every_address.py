"""Every address × every role: strangers get 404, nobody does more than their role allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.test import Client
from django.urls import reverse

from tests.architecture.addresses import (
    ADDRESSES,
    PERSONAL,
    PUBLIC,
    Door,
    Route,
    arguments_of,
    routes,
)
from yunce.ground.teams.actions import create_api_token
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.rules import Capability, Role, may

PAGES = [route for route in routes() if not route.is_api]
TEAM_PAGES = [route for route in PAGES if isinstance(ADDRESSES.get(route.name), Door)]
API = [route for route in routes() if route.is_api]
METHODS = ("GET", "POST")
NOT_THIS_METHOD = 405
LISTED = [route for route in PAGES if route.name in ADDRESSES]
named = pytest.mark.parametrize("route", LISTED, ids=lambda r: r.name)
of_a_team = pytest.mark.parametrize("route", TEAM_PAGES, ids=lambda r: r.name)
by = pytest.mark.parametrize("method", METHODS)


@dataclass(frozen=True)
class World:
    """A team with all its people, and something behind every address."""

    people: dict[str, User]
    arguments: dict[str, object]
    sign_in: Callable[[User], Client]

    def ask(self, client: Client, route: Route, method: str) -> HttpResponse:
        """One request whose writes are taken back."""
        with transaction.atomic():
            answer: HttpResponse = client.generic(method, self.address(route))  # type: ignore[assignment]
            transaction.set_rollback(True)
        if isinstance(answer, FileResponse):
            b"".join(answer)  # a file is closed once all of it was sent
        return answer

    def address(self, route: Route) -> str:
        return reverse(route.name, kwargs={n: self.arguments[n] for n in route.arguments})


@pytest.fixture
def world(
    team: Team,
    olga: Member,
    alice: Member,
    bob: Member,
    vera: Member,
    gus: Member,
    charlie: User,
    signed_in: Callable[[User], Client],
) -> World:
    # A demo team also has the addresses that only a demo team has.
    Team.objects.filter(pk=team.pk).update(is_demo=True)
    members = {member.role: member.user for member in (olga, alice, bob, vera, gus)}
    return World({**members, "stranger": charlie}, arguments_of(team), signed_in)


def test_every_address_is_in_the_table() -> None:
    missing = [route.name or route.pattern for route in PAGES if route.name not in ADDRESSES]
    assert not missing, "add a line for it in tests/architecture/addresses.py"


def test_every_address_with_a_team_in_it_has_a_door() -> None:
    with_team = [route.name for route in LISTED if "slug" in route.arguments]
    assert with_team
    assert not [name for name in with_team if not isinstance(ADDRESSES[name], Door)]


@named
@by
def test_who_is_not_signed_in_is_sent_to_sign_in(world: World, route: Route, method: str) -> None:
    answer = world.ask(Client(), route, method)
    away = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
    assert away is (ADDRESSES[route.name] != PUBLIC)
    assert answer.status_code < 500


@of_a_team
@by
def test_a_stranger_learns_nothing(world: World, route: Route, method: str) -> None:
    answer = world.ask(world.sign_in(world.people["stranger"]), route, method)
    door = ADDRESSES[route.name]
    assert isinstance(door, Door)
    assert answer.status_code == (404 if door.needs(method) else NOT_THIS_METHOD)


@of_a_team
@by
def test_a_member_does_what_the_role_allows(world: World, route: Route, method: str) -> None:
    door = ADDRESSES[route.name]
    assert isinstance(door, Door)
    needed = door.needs(method)
    answers = {
        role: world.ask(world.sign_in(world.people[role]), route, method).status_code
        for role in Role  # all in one test: the world is what takes long
    }
    wrong = {role: code for role, code in answers.items() if not is_due(role, needed, code)}
    assert not wrong


def is_due(role: Role, needed: Capability | None, code: int) -> bool:
    """Whether this is the answer to somebody of this role where this capability is needed."""
    if needed is None:
        return code == NOT_THIS_METHOD
    if may(role, needed):
        return code < 500 and code not in (401, 403, 404, NOT_THIS_METHOD)
    return code == 403


@pytest.mark.parametrize(
    "route", [r for r in PAGES if ADDRESSES.get(r.name) == PERSONAL], ids=lambda r: r.name
)
@by
def test_a_personal_page_never_fails(world: World, route: Route, method: str) -> None:
    for person in world.people.values():
        assert world.ask(world.sign_in(person), route, method).status_code < 500


def api_answers(world: World, route: Route, headers: dict[str, str]) -> set[int]:
    where = world.address(route)
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    return {Client().generic(m, where, headers=headers).status_code for m in methods}


API_OPEN = {
    "openapi-json",
    "openapi-view",
    "api-root",
}  # the description itself tells nothing of a team


def test_the_api_asks_for_a_token_everywhere(world: World) -> None:
    closed = [r for r in API if r.name.rpartition(":")[2] not in API_OPEN]
    wrong = {r.pattern: a for r in closed if (a := api_answers(world, r, {})) - {401, 405}}
    assert not wrong


def test_a_strangers_token_learns_nothing(world: World) -> None:
    _token, plain = create_api_token(world.people["stranger"], "陌生人的程序")
    headers = {"Authorization": f"Bearer {plain}"}
    of_teams = [r for r in API if "slug" in r.arguments]
    # 400 and 422: what was sent is refused before the team is looked at.
    wrong = {
        r.pattern: answers
        for r in of_teams
        if (answers := api_answers(world, r, headers)) - {400, 404, 405, 422}
    }
    assert not wrong
