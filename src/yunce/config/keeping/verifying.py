"""What was unpacked is looked at before it takes the data folder's place."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from yunce.config.failures import WorkError
from yunce.config.keeping.manifest import (
    FACTS,
    LEDGER,
    Manifest,
    damaged,
    refuse_newer,
    sha256_of,
)
from yunce.config.keeping.owning import listed
from yunce.config.keeping.steps import steps_of
from yunce.engines.metrics import MetricsError, open_store
from yunce.ground.facts.models import BatchState
from yunce.kit.wording import gettext as _

_STATED = "SELECT id FROM facts_batch WHERE state = ? AND added + updated + unchanged > 0"


def verify(folder: Path, unpacked: Mapping[str, Path], manifest: Manifest) -> None:
    """The files are those that were backed up, and the two stores among them agree."""
    for name, expected in manifest.members.items():
        with unpacked[name].open("rb") as file:
            if sha256_of(file) != expected:
                raise damaged(name)
    try:
        refuse_newer(steps_of(folder / LEDGER), manifest)
        _refuse_apart(folder)
    except (sqlite3.Error, MetricsError) as error:
        raise WorkError(_("备份里的数据打不开：%(why)s") % {"why": error}) from error


def _refuse_apart(folder: Path) -> None:
    """Every batch that counts has its facts; what has no line is cleared at the next start."""
    with closing(sqlite3.connect(folder / LEDGER)) as ledger:
        stated = {number for (number,) in ledger.execute(_STATED, [BatchState.COMMITTED])}
    with closing(open_store(f"duckdb://{quote(str(folder / FACTS))}")) as facts:
        missing = stated - facts.batches()
        facts.belong_to("")  # its own copies elsewhere are not this folder's
    if missing:
        values = {"count": len(missing), "numbers": listed(missing)}
        raise WorkError(
            _("备份里的账本和事实库对不上：%(count)s 次导入（%(numbers)s）没有数。请用另一个备份。")
            % values
        )
