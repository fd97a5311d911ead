"""Every address × every role: strangers get 404, nobody does more than their role allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
API = [route for route in routes() if route.is_api]
METHODS = ("GET", "POST")
NOT_THIS_METHOD = 405
FAILED = 500  # and above
LISTED = [route for route in PAGES if route.name in ADDRESSES]
by = pytest.mark.parametrize("method", METHODS)


def of_a_team() -> Iterator[tuple[Route, Door]]:
    for route in LISTED:
        door = ADDRESSES[route.name]
        if isinstance(door, Door):
            yield route, door


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


# One test asks at every address: the world is what takes long.


@by
def test_who_is_not_signed_in_is_sent_to_sign_in(world: World, method: str) -> None:
    wrong = {}
    for route in LISTED:
        answer = world.ask(Client(), route, method)
        away = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
        if away is (ADDRESSES[route.name] == PUBLIC) or answer.status_code >= FAILED:
            wrong[route.name] = answer.status_code
    assert not wrong


@by
def test_a_stranger_learns_nothing(world: World, method: str) -> None:
    client = world.sign_in(world.people["stranger"])
    wrong = {}
    for route, door in of_a_team():
        code = world.ask(client, route, method).status_code
        if code != (404 if door.needs(method) else NOT_THIS_METHOD):
            wrong[route.name] = code
    assert not wrong


@by
@pytest.mark.parametrize("role", Role)
def test_a_member_does_what_the_role_allows(world: World, role: Role, method: str) -> None:
    client = world.sign_in(world.people[role])
    wrong = {}
    for route, door in of_a_team():
        code = world.ask(client, route, method).status_code
        if not is_due(role, door.needs(method), code):
            wrong[route.name] = code
    assert not wrong


def is_due(role: Role, needed: Capability | None, code: int) -> bool:
    """Whether this is the answer to somebody of this role where this capability is needed."""
    if needed is None:
        return code == NOT_THIS_METHOD
    if may(role, needed):
        return code < FAILED and code not in (401, 403, 404, NOT_THIS_METHOD)
    return code == 403


@by
def test_a_personal_page_never_fails(world: World, method: str) -> None:
    wrong = {}
    for name, person in world.people.items():
        client = world.sign_in(person)
        for route in LISTED:
            if ADDRESSES[route.name] == PERSONAL:
                code = world.ask(client, route, method).status_code
                if code >= FAILED:
                    wrong[name, route.name] = code
    assert not wrong


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
