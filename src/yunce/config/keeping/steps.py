"""Upgrade steps (migrations): which this program knows, and which a database has had."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from yunce.kit.wording import few

Step = tuple[str, str]  # app, name


def unknown_steps(had: Iterable[Step], *, loader: MigrationLoader | None = None) -> list[Step]:
    """Those only a newer program can have made. Squashed ones are known by what replaced them."""
    known = (loader or MigrationLoader(None)).disk_migrations
    replaced = {step for migration in known.values() for step in migration.replaces}
    return sorted(set(had) - known.keys() - replaced)


def steps_of(database: Path) -> list[Step]:
    """In the order they were made."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()


def listed(steps: list[Step]) -> str:
    return few([f"{app}.{name}" for app, name in steps])
