"""The ten chapters of the 月度规划方案, one file each, in DOMAIN §5's order."""

from __future__ import annotations

from collections.abc import Iterator

from yunce.engines.documents import Block
from yunce.outputs.reports.catalogue._chapters import (
    appraisal,
    background,
    budget,
    iteration,
    overview,
    partners,
    path,
    risk,
    table,
    team,
)
from yunce.outputs.reports.catalogue._chapters._material import Material, gather

CHAPTERS = (
    overview,
    background,
    team,
    path,
    iteration,
    risk,
    partners,
    budget,
    appraisal,
    table,
)

__all__ = ["CHAPTERS", "Material", "gather", "written"]


def written(material: Material) -> Iterator[Block]:
    """Every chapter, first to last."""
    for chapter in CHAPTERS:
        yield from chapter.blocks(material)
