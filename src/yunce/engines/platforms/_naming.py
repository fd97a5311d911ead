"""The posts that clean rows name: numbered block by block, each made when it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, overload

import numpy as np

from yunce.engines.platforms._base import Role
from yunce.engines.platforms._cells import shown
from yunce.engines.platforms._cleaning import Block, Mask, Whole, moment_of
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._parsed import ParsedPost
from yunce.engines.platforms._tables import Cell


class Named:
    """The posts clean rows name, each made when it is looked at."""

    def __init__(
        self, layout: Layout, forms: tuple[str, ...], others: Mapping[str, ParsedPost]
    ) -> None:
        self._layout, self._forms, self._others = layout, forms, others
        self._blocks: list[_First] = []
        self.keys = _Keys(self._blocks)
        self.rows: Whole = np.zeros(0, np.int64)  # where each first stands; 0 = in a doubtful row

    def add(self, block: Block, codes: Whole, is_first: Mask, places: Whole) -> None:
        """Number the posts a block is the first to name."""
        at = np.arange(len(codes))
        if not is_first.all():
            new, firsts = np.unique(codes, return_index=True)
            at = np.sort(firsts[places[new] < 0])
        places[codes[at]] = np.arange(len(self.rows), len(self.rows) + len(at))
        self._blocks.append(_First(len(self.rows), block, at))
        self.rows = np.concatenate((self.rows, np.where(is_first[at], block.rows[at], 0)))

    def make(self, place: int) -> ParsedPost:
        if not self.rows[place]:
            return self._others[self.keys[place]]
        start, block, at = _block_with(self._blocks, place)
        row = int(at[place - start])
        texts = {role: cells[row] for role, cells in block.texts.items()}
        return self._made(self.keys[place], texts, int(block.published[row]), int(block.forms[row]))

    def every(self) -> Iterator[ParsedPost]:
        """All posts in their order: what a block keeps is unpacked once."""
        for start, block, at in self._blocks:
            keys, texts = [*block.keys], {role: [*cells] for role, cells in block.texts.items()}
            seconds, forms = block.published.tolist(), block.forms.tolist()
            numbers = self.rows[start : start + len(at)].tolist()
            for row, number in zip(at.tolist(), numbers, strict=True):
                if not number:
                    yield self._others[keys[row]]
                    continue
                told = {role: cells[row] for role, cells in texts.items()}
                yield self._made(keys[row], told, seconds[row], forms[row])

    def _made(self, key: str, texts: Mapping[Role, Cell], seconds: int, form: int) -> ParsedPost:
        return ParsedPost(
            key=key,
            title=shown(texts.get("title")),
            published_at=moment_of(seconds) if self._layout.column("published") else None,
            form=self._forms[form],
            platform_id=shown(texts.get("id")),
            url=shown(texts.get("url")),
        )

    def forms(self, places: Whole) -> set[str]:
        """Of these posts."""
        own = self.rows[places] > 0
        found = {self._others[self.keys[place]].form for place in places[~own].tolist()}
        for start, block, at in self._blocks:
            here = places[own & (places >= start) & (places < start + len(at))] - start
            found |= {self._forms[form] for form in np.unique(block.forms[at[here]]).tolist()}
        return found


class _First(NamedTuple):
    """A block, and the posts it is the first to name."""

    start: int  # so many posts were named before
    block: Block
    at: Whole  # the places of their rows


def _block_with(blocks: Sequence[_First], post: int) -> _First:
    return blocks[bisect_right(blocks, post, key=attrgetter("start")) - 1]


class _Keys(Sequence[str]):
    """The keys of the posts that blocks name."""

    def __init__(self, blocks: Sequence[_First]) -> None:
        self._blocks = blocks

    def __len__(self) -> int:
        return self._blocks[-1].start + len(self._blocks[-1].at) if self._blocks else 0

    def __iter__(self) -> Iterator[str]:
        for _start, block, at in self._blocks:
            yield from map([*block.keys].__getitem__, at.tolist())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [*self][place]
        start, block, at = _block_with(self._blocks, range(len(self))[place])
        return block.keys[int(at[range(len(self))[place] - start])]
