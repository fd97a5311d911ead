"""Bringing a restored backup's facts into a store that is not a file of the data folder.

The file waits in the data folder until its facts are in the store: whatever happens meanwhile,
the next start goes on.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from yunce.config.environment import Environment
from yunce.config.keeping.aside import keep_aside
from yunce.config.keeping.manifest import WAITING
from yunce.engines.metrics import copy_facts, open_store
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.facts.turns import turn


def load_restored(environment: Environment) -> int:
    """How many statements were brought in; what the store held before is kept in ``backups``."""
    return sum(_load(environment, path) for path in environment.data.glob(f"{WAITING}*.duckdb"))


def _load(environment: Environment, path: Path) -> int:
    before = environment.backups / f"facts-before-{path.name.removeprefix(WAITING)}"
    committed = Batch.objects.filter(state=BatchState.COMMITTED).values_list("pk", flat=True)
    with turn(), closing(open_store(f"duckdb://{quote(str(path))}")) as source:
        keep_aside(fact_store(), before)
        # An import that was being written while the backup was made.
        for number in source.batches() - set(committed):
            source.erase(number)
        report = copy_facts(source, fact_store())
    path.unlink()
    return report.rows
