"""docs/metrics.md is the catalogue with the platforms that feed it."""

from __future__ import annotations

import runpy
from pathlib import Path

from yunce.engines.metrics.reference import as_markdown
from yunce.engines.platforms import platforms

REPOSITORY = Path(__file__).parents[2]
FEEDS = runpy.run_path(str(REPOSITORY / "scripts" / "write_docs.py"))["feeds"]()


def test_the_committed_reference_is_the_catalogue() -> None:
    written = (REPOSITORY / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert written == as_markdown(feeds=FEEDS)


def test_every_metric_names_the_exports_that_state_it() -> None:
    stated = {
        (column.metric, export.label, column.header)
        for platform in platforms().values()
        for export in platform.exports
        for column in export.stating
        if column.metric
    }
    lacking = [
        each
        for each in stated
        if not any(each[1] in feed and f"「{each[2]}」" in feed for feed in FEEDS[each[0]])
    ]
    assert lacking == []
    text = as_markdown(feeds=FEEDS)
    assert "- 平台导出：" in text.split("### 阅读（播放）量 `reads`")[1].split("###")[0]
