"""Posts by the hundred thousand: numbered a few at a time, and never held as objects."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yunce.engines.metrics import FactColumns
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import PostNumbers, SeenPost, Source, record
from yunce.ground.facts.models import BatchKind, Post, PostDoubt
from yunce.ground.facts.queries import numbering
from yunce.ground.teams.models import Team

AT = datetime(2025, 5, 2, 18, 30, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2025, 5, 20)


class Told(Collection[SeenPost]):
    """Makes its posts as they are asked for, and counts how many are alive at once."""

    def __init__(self, account: Account, keys: Collection[str]) -> None:
        self._account, self._keys, self.most_alive = account, keys, 0

    def __iter__(self) -> Iterator[SeenPost]:
        for number, key in enumerate(self._keys):
            if number % 50 == 0:
                alive = sum(type(each) in (SeenPost, Post) for each in gc.get_objects())
                self.most_alive = max(self.most_alive, alive)
            yield SeenPost(self._account, key, f"标题{key}", AT + timedelta(minutes=number))

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, post: object) -> bool:
        return post in [*self]


def bring_in(team: Team, account: Account, told: Told) -> list[int]:
    given: list[int] = []

    def rows(numbers: PostNumbers) -> FactColumns:
        given.extend(numbers.in_order.tolist())
        return FactColumns.of(
            team=team.pk,
            account=account.pk,
            post=numbers.in_order,
            metric="post_views",
            day=DAY,
            value=[float(n) for n in range(len(given))],
        )

    source = Source(kind=BatchKind.FILE, account=account)
    assert record(team=team, by=None, source=source, posts=told, rows=rows).batch
    return given


@pytest.fixture(autouse=True)
def _few_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "TOGETHER", 30)
    monkeypatch.setattr(numbering.apart, "__defaults__", (30,))


def test_posts_are_numbered_in_their_order_and_never_all_held(team: Team, account: Account) -> None:
    keys = [f"第{n}条" for n in range(400)]
    told = Told(account, keys)
    given = bring_in(team, account, told)
    assert told.most_alive < 100
    by_key = dict(Post.objects.values_list("key", "pk"))
    assert given == [by_key[key] for key in keys]


def test_known_posts_keep_their_numbers_among_new_ones(team: Team, account: Account) -> None:
    keys = [f"第{n}条" for n in range(100)]
    first = bring_in(team, account, Told(account, keys[::2]))
    second = bring_in(team, account, Told(account, keys))
    # Each was told at another minute then; only those told again under their key are the same.
    assert second[::2] == first
    assert len({*second}) == 100
    assert Post.objects.count() == 100


def test_a_new_post_may_be_a_known_one_whichever_part_it_is_in(
    team: Team, account: Account
) -> None:
    [known] = bring_in(team, account, Told(account, ["x"]))
    Post.objects.update(title="标题第70条", published_at=AT + timedelta(minutes=70, seconds=-5))
    keys = [f"第{n}条" for n in range(100)]
    bring_in(team, account, Told(account, keys))
    assert Post.objects.get(key="第70条").same_as_id == known
    assert Post.objects.filter(same_as=None).count() == 100
    assert not PostDoubt.objects.exists()


def test_doubts_are_kept_under_the_new_posts_number(team: Team, account: Account) -> None:
    [known] = bring_in(team, account, Told(account, ["x"]))
    Post.objects.update(title="标题第70条", published_at=None)
    bring_in(team, account, Told(account, [f"第{n}条" for n in range(100)]))
    [doubt] = PostDoubt.objects.all()
    assert (doubt.post.key, doubt.other_id) == ("第70条", known)
