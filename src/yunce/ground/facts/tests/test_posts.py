"""Questions split by what is known of posts; the store's copy follows the rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import SeenPost, _recording, forget_team, record, recover, undo
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import answer
from yunce.ground.facts.tests.rows import a_file, views
from yunce.ground.teams.models import Team

DAY = date(2025, 5, 20)
# 2025-05-18 in Shanghai, still the 17th in London.
EVENING = datetime(2025, 5, 17, 16, 30, tzinfo=UTC)


def seen(account: Account, key: str, form: str) -> SeenPost:
    return SeenPost(account=account, key=key, title=key, form=form, published_at=EVENING)


def bring_in(team: Team, account: Account) -> Batch:
    batch = record(
        team=team,
        by=None,
        source=a_file(account),
        posts=[seen(account, "一", "视频"), seen(account, "二", "图文"), seen(account, "三", "")],
        rows=views(account, {"一": 100, "二": 20, "三": 3}),
    ).batch
    assert batch is not None
    return batch


def by_form(team: Team) -> dict[object, float | None]:
    answered = answer(team, ["post_views"], start=DAY, end=DAY, by=["form"])
    return {row.group[0]: row.value for row in answered.rows}


def test_numbers_are_split_by_form(team: Team, account: Account) -> None:
    bring_in(team, account)
    assert by_form(team) == {"": 3, "图文": 20, "视频": 100}


def test_age_counts_from_the_platforms_day(team: Team, account: Account) -> None:
    bring_in(team, account)
    answered = answer(team, ["post_views"], start=DAY, end=DAY, where={"age": [2]})
    assert answered.value("post_views") == 123


def test_posts_an_undo_takes_away_are_forgotten(team: Team, account: Account) -> None:
    batch = bring_in(team, account)
    assert len(fact_store().remembered_posts(team=team.pk)) == 3
    undo(batch=batch, by=None)
    assert fact_store().remembered_posts(team=team.pk) == {}


def test_posts_of_an_import_that_fails_are_forgotten(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk full"):
        broken.setattr(_recording, "_commit", fail)
        bring_in(team, account)
    assert not Post.objects.exists()
    assert fact_store().remembered_posts(team=team.pk) == {}


def test_a_removed_team_has_no_posts_left(team: Team, account: Account) -> None:
    bring_in(team, account)
    forget_team(team=team)
    assert fact_store().remembered_posts(team=team.pk) == {}


def test_the_next_start_tells_a_store_that_knows_nothing(team: Team, account: Account) -> None:
    bring_in(team, account)
    posts = Post.objects.values_list("pk", flat=True)
    fact_store().remember_posts(team.pk, {number: {} for number in posts})
    assert by_form(team) == {"": 123}
    recover()
    assert by_form(team) == {"": 3, "图文": 20, "视频": 100}


def test_the_next_start_forgets_posts_nobody_has(team: Team, account: Account) -> None:
    bring_in(team, account)
    fact_store().remember_posts(team.pk, {4711: {"form": "直播"}})
    recover()
    assert 4711 not in fact_store().remembered_posts(team=team.pk)
