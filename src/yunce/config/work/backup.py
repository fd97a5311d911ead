"""One file with everything; beside the server it is the server that makes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from yunce.config.environment import Environment
from yunce.config.keeping.backing_up import back_up

DAILY = "daily-"


def work(params: dict[str, Any]) -> dict[str, Any]:
    environment: Environment = settings.ENVIRONMENT
    now = timezone.localtime()
    name = f"{DAILY if params.get('daily') else ''}yunce-{now:%Y%m%d-%H%M%S}.zip"
    target = Path(params["output"]) if params.get("output") else environment.backups / name
    manifest = back_up(environment, target, now=now)
    if params.get("keep"):
        _keep_newest(environment.backups, int(params["keep"]))
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "members": len(manifest.members),
        "version": manifest.version,
    }


def _keep_newest(folder: Path, count: int) -> None:
    """Only the daily ones: a backup somebody asked for is theirs."""
    for old in sorted(folder.glob(f"{DAILY}*.zip"))[:-count]:
        old.unlink()
