"""Bringing a restored backup's facts into a store that is not a file of the data folder.

The file waits in the data folder until its facts are in the store: whatever happens meanwhile,
the next start goes on. Until then nothing starts, so nobody sees the half of it.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from yunce.config.environment import Environment
from yunce.config.failures import WorkError
from yunce.config.keeping.aside import keep_aside
from yunce.config.keeping.copying import shown
from yunce.config.keeping.manifest import WAITING
from yunce.engines.metrics import FactStore, MetricsError, StoreBusyError, copy_facts, open_store
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.facts.turns import turn
from yunce.kit.wording import gettext as _


def waiting(environment: Environment) -> list[Path]:
    return sorted(environment.data.glob(f"{WAITING}*.duckdb"))


def load_restored(environment: Environment) -> int:
    """How many statements were brought in; what the store held before is kept in ``backups``."""
    return sum(_load(environment, path) for path in waiting(environment))


def _load(environment: Environment, path: Path) -> int:
    before = environment.backups / f"facts-before-{path.name.removeprefix(WAITING)}"
    try:
        with turn():
            store = fact_store()
            if not path.exists():  # another process brought it in while this one waited
                return 0
            keep_aside(store, before)
            rows = _copied(path, store)
            path.unlink()
    except StoreBusyError:
        raise
    except (MetricsError, OSError) as error:
        raise _unfinished(environment, before, error) from error
    return rows


def _copied(path: Path, store: FactStore) -> int:
    committed = Batch.objects.filter(state=BatchState.COMMITTED).values_list("pk", flat=True)
    with closing(open_store(f"duckdb://{quote(str(path))}")) as source:
        # An import that was being written while the backup was made.
        for number in source.batches() - set(committed):
            source.erase(number)
        return copy_facts(source, store).rows


def _unfinished(environment: Environment, before: Path, error: Exception) -> WorkError:
    url = shown(environment.facts_url)
    return WorkError(
        _("恢复还没有完，备份里的数没有全部装进事实库「%(url)s」，装完之前不会启动：%(why)s\n")
        % {"url": url, "why": error}
        + _("  → 排除原因后再运行一次，会接着装。\n")
        + _("  → 不用这个事实库了：去掉 YUNCE_FACTS_URL 再运行，数会装进数据文件夹。\n")
        + _("  → 不要这次恢复了：用 yunce restore --force 恢复另一个备份。")
        + (_("事实库原来的数在 %(file)s。") % {"file": before} if before.exists() else "")
    )


def refuse_half_restored(environment: Environment) -> None:
    """For a process that does not load: it must not work on the half of the facts."""
    if waiting(environment):
        raise WorkError(
            _("恢复还没有完，备份里的数没有全部装进事实库。请先运行 yunce serve，让它装完。")
        )
