"""A restored backup's facts come into a store elsewhere whole, or nothing starts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yunce.config.environment import Environment
from yunce.config.failures import WorkError
from yunce.config.keeping import loading
from yunce.config.keeping.loading import load_restored, refuse_half_restored, waiting
from yunce.engines.metrics import FactRow, StoreError, open_store
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.teams.models import Team

FILE = "restored-facts-20250601-120000.duckdb"
FIRST = date(2025, 5, 1)


@pytest.fixture
def environment(settings: Any, tmp_path: Path, team: Team) -> Environment:
    """Batch 1 of two days waits; batch 2 broke off. The store elsewhere holds something older."""
    for number, state in ((1, BatchState.COMMITTED), (2, BatchState.WRITING)):
        Batch.objects.create(pk=number, team=team, kind=BatchKind.FILE, state=state)
    with closing(open_store(f"duckdb://{tmp_path / FILE}")) as source:
        source.write(1, [row(1, FIRST, 10.0), row(1, date(2025, 6, 1), 11.0)])
        source.write(2, [row(1, FIRST, 12.0)])
    fact_store().write(77, [row(4242, FIRST, 1.0)])
    environment: Environment = settings.ENVIRONMENT
    return replace(environment, data=tmp_path)


def row(team: int, day: date, value: float) -> FactRow:
    return FactRow(team, 1, 0, "reads", day, "", value)


def before(environment: Environment) -> set[int]:
    file = environment.backups / FILE.replace("restored-facts-", "facts-before-")
    with closing(open_store(f"duckdb://{file}")) as store:
        return store.batches()


def test_everything_that_counts_comes_in_once(environment: Environment) -> None:
    assert load_restored(environment) == 2
    assert fact_store().batches() == {1}
    assert waiting(environment) == []
    assert before(environment) == {77}
    assert load_restored(environment) == 0


def test_a_store_that_fails_is_told_with_the_ways_out(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(type(fact_store()), "replace_log", fails_in_june(type(fact_store())))
        with pytest.raises(WorkError) as told:
            load_restored(environment)
    for words in ("恢复还没有完", "the disk is full", "再运行一次", "去掉 YUNCE_FACTS_URL"):
        assert words in str(told.value)
    assert f"事实库原来的数在 {environment.backups}" in str(told.value)
    with pytest.raises(WorkError, match="请先运行 yunce serve"):
        refuse_half_restored(environment)

    assert load_restored(environment) == 2  # the next start goes on
    assert fact_store().batches() == {1}
    assert before(environment) == {77}
    refuse_half_restored(environment)


def fails_in_june(store: Any) -> Any:
    replace_log = store.replace_log

    def failing(self: Any, team: int, start: date, end: date, rows: Any) -> None:
        if end.month == 6:
            raise StoreError("the disk is full")
        replace_log(self, team, start, end, rows)

    return failing


def test_facts_that_are_not_as_in_the_backup_are_not_served(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store says it has written, and has not."""
    monkeypatch.setattr(type(fact_store()), "replace_log", lambda *_anything: None)
    with pytest.raises(WorkError, match="复制后核对不一致"):
        load_restored(environment)
    assert waiting(environment)


def test_what_another_process_brought_in_meanwhile_stays(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both found the file; the second one gets its turn when it is gone."""

    @contextmanager
    def turn_after_another() -> Iterator[bool]:
        (environment.data / FILE).unlink(missing_ok=True)
        yield True

    monkeypatch.setattr(loading, "turn", turn_after_another)
    assert load_restored(environment) == 0
    assert fact_store().batches() == {77}
