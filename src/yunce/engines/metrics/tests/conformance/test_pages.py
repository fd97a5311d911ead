"""Pages of the rows behind a number: the newest first, each with why it does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

from yunce.engines.metrics import Apart, Closed, FactStore, RowsPage, RowsQuery, catalogue
from yunce.engines.metrics.query import SAME_AS
from yunce.engines.metrics.tests.stage import MAY, TEAM, ask, fact


def page(store: FactStore, metric: str, **parts: Any) -> RowsPage:
    return store.page(RowsQuery(metric=catalogue()[metric], **MAY, **parts))


def told(found: RowsPage) -> list[tuple[int, int, float, Apart | None]]:
    return [(row.day.day, row.post, row.value, apart) for row, apart in found.rows]


def test_a_page_is_cut_in_the_store(store: FactStore) -> None:
    store.write(1, [fact("new_followers", day, day) for day in range(1, 8)])
    found = page(store, "new_followers", limit=3, offset=3)
    assert [row.day.day for row, _apart in found.rows] == [4, 3, 2]
    assert (found.counted, found.apart) == (7, 0)


def test_an_accounts_own_number_puts_its_posts_apart(store: FactStore) -> None:
    rows = [
        fact("pieces_article", 1, 10),
        fact("pieces_article", 1, 4, post=7),
        fact("pieces_article", 2, 5, post=7),
    ]
    store.write(1, [*rows, fact("pieces_article", 1, 3, segment="channel=搜一搜")])
    assert told(page(store, "pieces_article")) == [(2, 7, 5, None), (1, 0, 10, None)]
    everything = page(store, "pieces_article", shows_all=True)
    assert told(everything) == [
        (2, 7, 5, None),
        (1, 0, 10, None),
        (1, 0, 3, Apart.SEGMENT),
        (1, 7, 4, Apart.ACCOUNT_SAYS),
    ]
    assert (everything.counted, everything.apart) == (2, 2)


def test_of_a_level_the_last_day_counts(store: FactStore) -> None:
    store.write(1, [fact("total_followers", day, 500 + day) for day in (1, 2)])
    found = page(store, "total_followers", shows_all=True)
    assert told(found) == [(2, 0, 502, None), (1, 0, 501, Apart.EARLIER)]


def test_a_posts_row_of_an_account_metric_stands_apart(store: FactStore) -> None:
    store.write(1, [fact("new_followers", 1, 1), fact("new_followers", 1, 2, post=7)])
    assert page(store, "new_followers").apart == 1


def test_closed_days_show_the_rows_of_then(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10)])
    store.write(2, [fact("reads", 1, 12), fact("reads", 2, 5)])
    closed = (Closed(date(2025, 5, 1), date(2025, 5, 31), 1),)
    assert told(page(store, "reads", closed=closed)) == [(1, 0, 10, None)]


def test_one_accounts_rows_alone(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("reads", 1, 4, account=2)])
    assert told(page(store, "reads", account=2)) == [(1, 0, 4, None)]


def test_one_posts_rows_alone_count_without_the_accounts_own(store: FactStore) -> None:
    rows = [fact("pieces_article", 1, 10), fact("pieces_article", 1, 4, post=7)]
    store.write(1, [*rows, fact("pieces_article", 1, 5, post=8)])
    found = page(store, "pieces_article", post=7, shows_all=True)
    assert told(found) == [(1, 7, 4, None)]
    assert (found.counted, found.apart) == (1, 0)


def test_a_post_brings_the_rows_of_its_other_names(store: FactStore) -> None:
    store.remember_posts(TEAM, {8: {SAME_AS: "7"}})
    store.write(1, [fact("post_views", 1, 4, post=7), fact("post_views", 2, 6, post=8)])
    store.write(2, [fact("post_views", 2, 9, post=9)])
    found = page(store, "post_views", post=7, merges=True, shows_all=True)
    assert told(found) == [(2, 8, 6, None), (1, 7, 4, Apart.EARLIER)]


def test_the_rows_of_some_posts_of_every_metric(store: FactStore) -> None:
    rows = [fact("post_views", 1, 4, post=7), fact("post_likes", 1, 2, post=7)]
    store.write(3, [*rows, fact("post_views", 1, 9, post=8), fact("post_views", 1, 5, post=9)])
    found = [(row.post, row.metric) for row in store.rows(posts=[7, 9], **MAY)]
    assert found == [(7, "post_likes"), (7, "post_views"), (9, "post_views")]
    assert store.rows(posts=[], **MAY) == []


def test_of_a_mean_weighed_by_a_level_only_the_last_counts(store: FactStore) -> None:
    known = catalogue()
    share = known["target_audience_share"]
    store.write(1, [fact(share.code, 1, 0.5), fact(share.code, 9, 0.6)])
    asked = RowsQuery(metric=share, weight=known["total_followers"], shows_all=True, **MAY)
    page = store.page(asked)
    assert [(row.day.day, why) for row, why in page.rows] == [(9, None), (1, Apart.EARLIER)]
    assert (page.counted, page.apart) == (1, 1)
    assert ask(store, share.code).value(share.code) == 0.6
