"""The written reference."""

from __future__ import annotations

from yunce.engines.metrics import catalogue
from yunce.engines.metrics.reference import as_markdown


def test_every_metric_is_in_it() -> None:
    text = as_markdown()
    assert [code for code in catalogue() if f" `{code}`\n" not in text] == []


def test_an_entry_tells_formula_and_weight() -> None:
    text = as_markdown()
    assert "- 公式：`pieces_original / pieces`" in text
    assert "- 加权：按单篇阅读（播放）量 `post_views`" in text
