"""A value taken back is unknown, not zero; the log keeps that it was there."""

from __future__ import annotations

from math import isnan

from yunce.engines.metrics import FactStore
from yunce.engines.metrics.tests.stage import MAY, TEAM, ask, fact

LIKES = fact("likes", 5, 7)


def test_a_value_taken_back_is_unknown(store: FactStore) -> None:
    store.write(1, [LIKES, fact("likes", 6, 3)])
    assert store.take_back(2, [LIKES.key]) == 1
    assert ask(store, "likes").value("likes") == 3
    assert store.coverage(**MAY) == {1: {fact("likes", 6, 3).day}}


def test_erasing_the_batch_brings_the_value_back(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    store.erase(2)
    assert ask(store, "likes").value("likes") == 7
    assert store.is_sound()


def test_a_later_batch_may_state_it_again(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    assert store.write(3, [fact("likes", 5, 9)]).added == 1
    assert ask(store, "likes").value("likes") == 9


def test_erasing_what_stands_below_changes_nothing(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    store.erase(1)
    assert ask(store, "likes").value("likes") is None
    assert store.is_sound()


def test_the_log_keeps_both(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    first, second = store.history(LIKES.key)
    assert (first.value, first.batch, second.batch) == (7, 1, 2)
    assert isnan(second.value)


def test_as_of_the_batch_before_it_was_there(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    assert ask(store, "likes", as_of_batch=1).value("likes") == 7
    assert ask(store, "likes", as_of_batch=2).value("likes") is None


def test_taking_back_what_nobody_said_changes_no_number(store: FactStore) -> None:
    assert store.take_back(1, [LIKES.key]) == 0
    assert ask(store, "likes").value("likes") is None


def test_comparing_finds_it_missing(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    assert store.compare([LIKES]).added == 1


def test_a_rebuilt_store_is_the_same(store: FactStore) -> None:
    store.write(1, [LIKES, fact("likes", 6, 3)])
    store.take_back(2, [LIKES.key])
    store.rebuild()
    assert [row.value for row in store.rows(**MAY)] == [3]


def test_a_copied_log_keeps_it(store: FactStore) -> None:
    store.write(1, [LIKES])
    store.take_back(2, [LIKES.key])
    store.replace_log(TEAM, LIKES.day, LIKES.day, store.log(**MAY))
    assert store.rows(**MAY) == []
    assert len(store.history(LIKES.key)) == 2


def test_a_lower_batch_takes_nothing_from_a_higher(store: FactStore) -> None:
    store.write(3, [LIKES])
    assert store.take_back(2, [LIKES.key]) == 1
    assert ask(store, "likes").value("likes") == 7
    assert store.is_sound()
    store.erase(3)
    assert ask(store, "likes").value("likes") is None


def test_what_a_lower_batch_states_stays_taken_back(store: FactStore) -> None:
    store.take_back(3, [LIKES.key])
    store.write(2, [LIKES, fact("likes", 6, 3)])
    assert ask(store, "likes").value("likes") == 3
    assert store.is_sound()


def test_of_one_batch_the_later_word_counts(store: FactStore) -> None:
    store.write(1, [LIKES])
    for _time in range(2):
        store.take_back(1, [LIKES.key])
    assert ask(store, "likes").value("likes") is None
    store.write(1, [LIKES])
    assert ask(store, "likes").value("likes") == 7
    assert store.is_sound()
    assert [row.value for row in store.history(LIKES.key)] == [7]


def test_what_is_taken_back_is_still_stated(store: FactStore) -> None:
    views = fact("post_views", 9, 5, post=4)
    store.write(1, [views])
    store.take_back(2, [views.key])
    assert store.posts(team=TEAM, among=[4, 5]) == {4}
    assert store.post_days(team=TEAM, among=[4]) == {views.day}
    assert store.stated_days(team=TEAM) == {views.day}
    assert store.teams() == {TEAM}
    assert store.newest_days(team=TEAM) == {}
