"""The daily backup keeps the newest seven."""

from __future__ import annotations

from pathlib import Path

from yunce.config.work.backup import _keep_newest


def test_only_old_daily_backups_go(tmp_path: Path) -> None:
    for day in range(1, 10):
        (tmp_path / f"daily-yunce-2025050{day}-033000.zip").touch()
    (tmp_path / "yunce-20250101-120000.zip").touch()
    _keep_newest(tmp_path, 7)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "daily-yunce-20250503-033000.zip"
    assert names[-1] == "yunce-20250101-120000.zip"
    assert len(names) == 8
