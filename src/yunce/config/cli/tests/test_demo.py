"""`yunce demo`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from yunce.ground.facts.access import fact_store
from yunce.ground.teams.actions import make_first_owner
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.rules import Role

pytestmark = pytest.mark.django_db


def test_the_demo_month_is_loaded(yunce: Callable[..., Result]) -> None:
    result = yunce("demo", "--json")
    assert json.loads(result.output) == {"team": "demo", "month": "2025-05", "loaded": True}
    assert Team.objects.filter(slug="demo").exists()


def test_the_first_owner_owns_it(yunce: Callable[..., Result]) -> None:
    yunce("demo")
    owner = Member.objects.get(team__slug="demo", role=Role.OWNER)
    assert owner.user == make_first_owner()


def test_loading_it_again_changes_nothing(yunce: Callable[..., Result]) -> None:
    yunce("demo")
    result = yunce("demo", "--json")
    assert json.loads(result.output)["loaded"] is False


def test_removing_it_leaves_nothing(yunce: Callable[..., Result]) -> None:
    yunce("demo")
    assert yunce("demo", "--remove").exit_code == 0
    assert not Team.objects.exists()
    assert fact_store().batches() == set()


def test_there_may_be_nothing_to_remove(yunce: Callable[..., Result]) -> None:
    result = yunce("demo", "--remove")
    assert result.exit_code == 1
    assert "没有演示团队" in result.stderr


def test_a_team_of_ones_own_called_demo_is_not_removed(
    yunce: Callable[..., Result], team: Team
) -> None:
    Team.objects.filter(pk=team.pk).update(slug="demo")
    assert yunce("demo", "--remove").exit_code == 1
    assert Team.objects.filter(slug="demo").exists()
