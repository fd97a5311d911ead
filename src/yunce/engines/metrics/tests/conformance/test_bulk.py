"""Many rows at once say what the same rows say one by one."""

from __future__ import annotations

from datetime import date, timedelta

from yunce.engines.metrics import Change, Conflict, FactRow, FactStore, MetricQuery

START = date(2025, 1, 1)
MANY = [
    FactRow(1, account, 0, metric, START + timedelta(days=day), "", float(account + day))
    for account in range(40)
    for metric in ("reads", "likes", "total_followers")
    for day in range(100)
]  # 12,000: more than what is looked at before it is joined
YEAR = (START, date(2025, 12, 31))


def test_new_rows_are_all_added(store: FactStore) -> None:
    comparison = store.write(1, MANY)
    assert (comparison.added, comparison.unchanged, comparison.changed) == (12_000, 0, ())
    assert sorted(row.fact for row in store.rows(team=1, start=YEAR[0], end=YEAR[1])) == sorted(
        MANY
    )
    # 40 accounts × (0 + … + 99) + 100 days × (0 + … + 39)
    assert store.answer(MetricQuery(1, ("reads",), *YEAR)).value("reads") == 198_000 + 78_000
    assert store.is_sound()


def test_a_second_batch_of_the_same_days_is_compared(store: FactStore) -> None:
    store.write(1, MANY)
    changed = MANY[0]._replace(value=5.0)
    comparison = store.write(2, [changed, *MANY[1:], changed._replace(segment="channel=扫码")])
    assert (comparison.added, comparison.unchanged) == (1, 11_999)
    assert comparison.changed == (Change(changed, 0.0),)
    assert store.erase(2) == 12_001
    assert len(store.rows(team=1, start=YEAR[0], end=YEAR[1])) == 12_000
    assert store.is_sound()


def test_a_key_told_twice_among_many_new_ones_is_a_conflict(store: FactStore) -> None:
    comparison = store.write(1, [*MANY, MANY[7]._replace(value=-1.0)])
    assert comparison.added == 12_000
    assert comparison.conflicts == (Conflict(MANY[7].key, (7.0, -1.0)),)
    assert store.history(MANY[7].key)[0].value == -1.0


def test_the_same_batch_in_two_parts_keeps_the_later(store: FactStore) -> None:
    store.write(1, MANY)
    store.write(1, [row._replace(value=1.0) for row in MANY])
    assert store.answer(MetricQuery(1, ("likes",), *YEAR)).value("likes") == 40 * 100
    assert store.erase(1) == 12_000
    assert store.rows(team=1, start=YEAR[0], end=YEAR[1]) == []
