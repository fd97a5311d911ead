"""What `yunce doctor` looks at. It changes nothing: not even a data folder is made."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from yunce.config.environment import Environment, read_environment
from yunce.config.process.announcing import find_server
from yunce.config.process.starting import set_up_django
from yunce.kit.wording import gettext as _

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 1024**3  # bytes of disk under which imports and backups get tight
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    name: str
    state: str  # ok · hint (works without) · failed
    told: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def examine() -> list[Finding]:
    environment = read_environment()
    set_up_django()
    return [_examined(name, look, environment) for name, look in LOOKS.items()]


def _examined(name: str, look: Look, environment: Environment) -> Finding:
    """A look that breaks is a finding too."""
    try:
        state, told = look(environment)
    except Exception as error:
        state, told = "failed", f"{type(error).__name__}: {error}"
    return Finding(name, state, told)


def _python(environment: Environment) -> tuple[str, str]:
    state = "ok" if sys.version_info >= OLDEST_PYTHON else "failed"
    return state, platform.python_version()


def _settings(environment: Environment) -> tuple[str, str]:
    from django.core import checks

    errors = [message for message in checks.run_checks() if message.is_serious()]
    if errors:
        return "failed", " ".join(f"{error.id} {error.msg} {error.hint}" for error in errors)
    return "ok", _("没有问题")


def _data_folder(environment: Environment) -> tuple[str, str]:
    if environment.database.exists():
        return "ok", str(environment.data)
    return "hint", _("%(folder)s 还没有数据，第一次 yunce serve 时会建好") % {
        "folder": environment.data
    }


def _database(environment: Environment) -> tuple[str, str]:
    if not environment.database.exists():
        return "hint", _("还没有数据库")
    with sqlite3.connect(f"{environment.database.as_uri()}?mode=ro", uri=True) as connection:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return ("ok", _("完好")) if answer == "ok" else ("failed", str(answer))


def _migrations(environment: Environment) -> tuple[str, str]:
    if not environment.database.exists():
        return "hint", _("还没有数据库")
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yunce.config.keeping.steps import listed, unknown_steps

    executor = MigrationExecutor(connection)
    unknown = unknown_steps(executor.loader.applied_migrations, loader=executor.loader)
    if unknown:
        told = _("被更新的运策用过，做过这里没有的升级步骤：%(steps)s。请换回更新的版本")
        return "failed", told % {"steps": listed(unknown)}
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return "hint", _("有 %(count)s 个升级步骤，下次启动时会做") % {"count": len(missing)}
    return "ok", _("已是最新")


def _facts(environment: Environment) -> tuple[str, str]:
    """A running server holds the store: that it answers is all that can be asked from outside."""
    server = find_server(environment)
    if server is not None:
        return "ok", _("由正在运行的服务使用（端口 %(port)s）") % {"port": server.port}
    from yunce.config.keeping.copying import shown
    from yunce.config.keeping.loading import waiting
    from yunce.ground.facts.access import close_store, fact_store

    if waiting(environment):
        return "failed", _("恢复还没有完，备份里的数没有全部装进事实库；下次启动会接着装")
    if environment.has_local_facts and not (environment.data / "facts.duckdb").exists():
        return "hint", _("还没有数据")
    batches = fact_store().batches()
    close_store()
    strange = len(batches - _ledger(environment))
    if strange and not environment.has_local_facts:
        told = _("里面有 %(count)s 次导入不在这个数据文件夹的账本里，请检查 YUNCE_FACTS_URL")
        return "failed", told % {"count": strange}
    where = "" if environment.has_facts_inside else f"（{shown(environment.facts_url)}）"
    return "ok", _("能打开%(where)s，%(count)s 次导入") % {"where": where, "count": len(batches)}


def _ledger(environment: Environment) -> set[int]:
    if not environment.database.exists():
        return set()
    from yunce.ground.facts.models import Batch

    return set(Batch.objects.values_list("pk", flat=True))


def _static_files(environment: Environment) -> tuple[str, str]:
    if (environment.static_root / "staticfiles.json").is_file():
        return "ok", str(environment.static_root)
    return "failed", _("还没有准备好，请运行 make setup")


def _browser(environment: Environment) -> tuple[str, str]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return ("ok", found) if found else ("hint", _("没有找到；只有浏览器测试用得到"))


def _office(environment: Environment) -> tuple[str, str]:
    found = shutil.which("soffice")
    return ("ok", found) if found else ("hint", _("没有找到；只有文档测试用得到"))


def _disk(environment: Environment) -> tuple[str, str]:
    nearest = next(p for p in (environment.data, *environment.data.parents) if p.exists())
    free = shutil.disk_usage(Path(nearest)).free
    told = _("剩余 %(free).1f GB") % {"free": free / 1024**3}
    return ("ok" if free >= LEAST_FREE else "failed"), told


Look = Callable[[Environment], tuple[str, str]]

LOOKS: dict[str, Look] = {
    "python": _python,
    "settings": _settings,
    "data folder": _data_folder,
    "database": _database,
    "migrations": _migrations,
    "facts": _facts,
    "static files": _static_files,
    "chromium": _browser,
    "soffice": _office,
    "disk": _disk,
}
