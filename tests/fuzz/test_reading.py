"""The quick part of fuzzing, in every run; ``python -m tests.fuzz`` is the long one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.claim import holds
from tests.fuzz.corpus import corpus
from tests.fuzz.damage import damaged

FOUND = sorted((Path(__file__).parent / "found").glob("*.bin"))


@pytest.mark.parametrize("name", corpus())
def test_every_good_file_is_read(name: str) -> None:
    assert holds(name, corpus()[name]) >= 1


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_once_broke_the_readers_does_so_no_more(path: Path) -> None:
    holds(path.name, path.read_bytes())


@settings(max_examples=1_000, deadline=10_000)
@given(st.integers(0, 2**40))
def test_no_damaged_file_breaks_the_readers(seed: int) -> None:
    holds(*damaged(Random(seed)))


@settings(max_examples=150, deadline=10_000)
@given(st.sampled_from([*corpus()]), st.floats(0, 1))
def test_no_file_cut_short_breaks_the_readers(name: str, share: float) -> None:
    content = corpus()[name]
    holds(name, content[: int(len(content) * share)])
