"""`yunce facts copy` into a store that already holds facts: ours are gone on with, others' kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from yunce.engines.metrics import FactRow, open_store
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import Source, forget_team, record, undo
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.teams.models import Team

Yunce = Callable[..., Result]
FIRST = date(2025, 5, 1)
FOREIGN = FactRow(4242, 1, 0, "reads", FIRST, "", 1.0)


@pytest.fixture
def batch(team: Team, account: Account) -> Batch:
    row = FactRow(team.pk, account.pk, 0, "reads", FIRST, "", 10.0)
    recorded = record(team=team, by=None, source=Source(kind=BatchKind.GRID), rows=[row]).batch
    assert recorded
    return recorded


@pytest.fixture
def target(tmp_path: Path) -> str:
    return f"duckdb://{tmp_path / 'other.duckdb'}"


def write(target: str, number: int) -> None:
    with closing(open_store(target)) as store:
        store.write(number, [FOREIGN])


def batches(target: str) -> set[int]:
    with closing(open_store(target)) as store:
        return store.batches()


@pytest.mark.parametrize("apart", [0, 77])
def test_somebody_elses_facts_are_not_touched(
    yunce: Yunce, target: str, batch: Batch, apart: int
) -> None:
    """Every installation counts from one: also under a number that is ours too."""
    write(target, batch.pk + apart)
    done = yunce("facts", "copy", "--to", target, "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert json.loads(done.stderr)["error"] == (
        f"没有复制：目标「{target}」里面已有 1 次导入的数，不是从这里复制过去的，复制会清掉它们。"
        "请换一个空的事实库；确定要换掉，请加 --force（原来的数会留一份）。"
    )
    with closing(open_store(target)) as store:
        assert (store.batches(), store.teams()) == ({batch.pk + apart}, {4242})


@pytest.mark.usefixtures("batch")
def test_one_team_is_not_put_among_somebody_elses(yunce: Yunce, target: str) -> None:
    write(target, 77)
    done = yunce("facts", "copy", "--to", target, "--team", "content")
    assert done.exit_code == 1
    assert batches(target) == {77}


def test_forced_they_are_replaced_and_kept_as_a_file(
    yunce: Yunce, target: str, batch: Batch
) -> None:
    write(target, 77)
    done = yunce("facts", "copy", "--to", target, "--force", "--json")
    assert done.exit_code == 0, done.stderr
    assert batches(target) == {batch.pk}
    kept = json.loads(done.stdout)["kept"]
    assert batches(f"duckdb://{kept}") == {77}
    assert Path(kept).stat().st_mode & 0o077 == 0
    again = yunce("facts", "copy", "--to", target, "--json")
    assert json.loads(again.stdout)["kept"] is None


def test_forced_a_person_is_told_where_they_lie(yunce: Yunce, target: str, batch: Batch) -> None:
    write(target, 77)
    assert "目标里原来的数留在 " in yunce("facts", "copy", "--to", target, "--force").stdout


def test_our_copy_goes_on_after_an_undo(yunce: Yunce, target: str, batch: Batch) -> None:
    assert yunce("facts", "copy", "--to", target).exit_code == 0
    undo(batch=batch, by=None)
    done = yunce("facts", "copy", "--to", target)
    assert done.exit_code == 0, done.stderr
    assert batches(target) == set()


def test_our_copy_goes_on_after_a_team_went(
    yunce: Yunce, target: str, batch: Batch, team: Team
) -> None:
    assert yunce("facts", "copy", "--to", target).exit_code == 0
    forget_team(team=team)
    Batch.objects.all().delete()
    done = yunce("facts", "copy", "--to", target)
    assert done.exit_code == 0, done.stderr
    assert batches(target) == set()


def test_what_counts_and_only_the_target_has_is_not_cleared(
    yunce: Yunce, target: str, batch: Batch
) -> None:
    """As when the facts moved there long ago and the old file is copied by mistake."""
    assert yunce("facts", "copy", "--to", target).exit_code == 0
    fact_store().erase(batch.pk)
    done = yunce("facts", "copy", "--to", target)
    assert done.exit_code == 1
    assert f"里面有 1 次导入（#{batch.pk}）的数，现在的事实库里没有" in done.stderr
    assert batches(target) == {batch.pk}


def test_numbers_we_never_gave_are_not_cleared(yunce: Yunce, target: str, batch: Batch) -> None:
    """As when this folder was restored to an earlier day: the target knows later imports."""
    assert yunce("facts", "copy", "--to", target).exit_code == 0
    for later in range(1, 5):
        write(target, batch.pk + later)
    done = yunce("facts", "copy", "--to", target)
    assert done.exit_code == 1
    assert f"里面有 4 次导入（#{batch.pk + 1}、#{batch.pk + 2}、#{batch.pk + 3} 等）" in done.stderr


def test_another_folders_key_makes_another_mark(
    yunce: Yunce, target: str, batch: Batch, settings: Any
) -> None:
    """A twin restored elsewhere shares every number, not the key."""
    assert yunce("facts", "copy", "--to", target).exit_code == 0
    settings.SECRET_KEY = "another folder's"
    assert yunce("facts", "copy", "--to", target).exit_code == 1
