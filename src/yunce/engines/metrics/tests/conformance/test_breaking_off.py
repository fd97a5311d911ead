"""A statement that breaks off half way never gives its answer to the next reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yunce.engines.metrics import (
    BadFactError,
    FactRow,
    FactStore,
    MetricQuery,
    QueryError,
    StoreError,
)
from yunce.engines.metrics.tests.stage import ask, fact

DAY = date(2025, 5, 1)
ON_POSTGRESQL = pytest.mark.parametrize("kind", ["postgresql"], scope="module")


@pytest.fixture
def two_teams(store: FactStore) -> FactStore:
    store.write(1, [FactRow(team, 1, 0, "reads", DAY, "", 100.0 * team) for team in (1, 2)])
    return store


def in_turns(store: FactStore) -> list[float | None]:
    """What teams 2, 1, 2 and 1 are told."""
    asked = [MetricQuery(team, ("reads",), DAY, DAY) for team in (2, 1, 2, 1)]
    return [store.answer(query).value("reads") for query in asked]


@pytest.mark.parametrize("text", ["\udcff", "channel=\ud83d", "channel=\0"])
def test_text_no_store_can_take_is_refused(two_teams: FactStore, text: str) -> None:
    for where in ({"segment": (text,)}, {"author": (text,)}):
        with pytest.raises(QueryError, match="不能写进数据"):
            ask(two_teams, "reads", where=where)
    with pytest.raises(BadFactError, match="第 2 行"):
        two_teams.write(2, [fact("reads", 2, 1), fact("reads", 3, 1, segment=text)])
    with pytest.raises(BadFactError, match="第 1 行"):
        two_teams.compare([fact(text, 2, 1)])
    with pytest.raises(BadFactError, match="内容 7"):
        two_teams.remember_posts(1, {7: {"author": text}})
    assert in_turns(two_teams) == [200, 100, 200, 100]
    assert two_teams.batches() == {1}


@ON_POSTGRESQL
def test_a_statement_the_client_cannot_send_leaves_nothing_behind(two_teams: Any) -> None:
    """pg8000 fails on the text when it has already sent the statement."""
    with pytest.raises(Exception, match="surrogates"):
        two_teams._fetch("SELECT account FROM facts WHERE segment = :word", word="\udcff")
    assert in_turns(two_teams) == [200, 100, 200, 100]


def test_a_statement_the_store_refuses_is_a_store_error(two_teams: Any) -> None:
    with pytest.raises(StoreError, match="事实库出错"):
        two_teams._fetch("SELECT nothing FROM facts")
    assert in_turns(two_teams) == [200, 100, 200, 100]


@ON_POSTGRESQL
def test_an_interrupted_reader_leaves_no_answer_behind(
    two_teams: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("pg8000.core.CoreConnection.handle_messages", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            two_teams._fetch("SELECT 1")
    assert in_turns(two_teams) == [200, 100, 200, 100]


@ON_POSTGRESQL
def test_an_interrupted_writer_writes_nothing(
    two_teams: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt), two_teams._transaction() as session:
        session.run("DELETE FROM facts")
        monkeypatch.setattr("pg8000.core.CoreConnection.handle_messages", _interrupted)
        session.run("SELECT 1")
    monkeypatch.undo()
    assert in_turns(two_teams) == [200, 100, 200, 100]


@ON_POSTGRESQL
def test_a_refusal_by_the_server_keeps_the_connection(two_teams: Any) -> None:
    with two_teams._connection() as connection:
        pass
    with pytest.raises(StoreError, match="PostgreSQL"), two_teams._transaction() as session:
        session.run("SELECT 1 / 0")
    with two_teams._connection() as again:
        assert again is connection
    assert in_turns(two_teams) == [200, 100, 200, 100]


@ON_POSTGRESQL
def test_a_connection_that_cannot_roll_back_is_not_used_again(
    two_teams: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError), two_teams._transaction() as connection:
        monkeypatch.setattr(connection, "run", _refusing(connection.run))
        connection.run("SELECT 1 / 0")
    with two_teams._connection() as another:
        assert another is not connection


def _interrupted(*_given: object) -> None:
    raise KeyboardInterrupt


def _refusing(run: Any) -> Any:
    """As a connection whose every ROLLBACK is refused."""
    return lambda sql, **values: run("SELECT 1 / 0" if sql == "ROLLBACK" else sql, **values)
