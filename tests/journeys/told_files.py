"""Files for sequences: what they tell is drawn, and the same draw is the same bytes."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from yunce.engines.platforms import ColumnMapping, ColumnUse
from yunce.ground.imports.rules import SheetMapping
from yunce.ground.imports.tests.files import NOTES_HEADER, csv, note, workbook

TITLES = ("一", "二", "三")
DAILY = "统计日,新粉,阅读数"
TAUGHT = SheetMapping(
    "",
    ColumnMapping(
        header_row=1,
        columns=(
            ColumnUse(0, "date", header="统计日"),
            ColumnUse(1, "metric", "new_followers", header="新粉"),
            ColumnUse(2, "metric", "reads", header="阅读数"),
        ),
    ),
)
NOTES = st.tuples(
    st.sampled_from([date(2025, 5, 20), date(2025, 5, 21)]),
    st.dictionaries(
        st.sampled_from(TITLES),
        st.tuples(st.sampled_from([0, 100, 250]), st.sampled_from([5, 50])),
        min_size=1,
    ),
)
DAYS = st.dictionaries(
    st.integers(1, 3),
    st.tuples(st.sampled_from(["", "0", "7"]), st.sampled_from(["10", "20"])),
    min_size=1,
)
_made: dict[object, bytes] = {}


def a_file_of_notes(told: tuple[date, dict[str, tuple[int, int]]]) -> bytes:
    """The same notes are the same bytes: a workbook holds the second it was made at."""
    written, rows = told
    name = (written, tuple(sorted(rows.items())))
    if name not in _made:
        lines = [
            note(title, TITLES.index(title) + 3, views, likes)
            for title, (views, likes) in sorted(rows.items())
        ]
        _made[name] = workbook(
            ("最多导出排序后前1000条笔记",), NOTES_HEADER, *lines, written=written
        )
    return _made[name]


def a_file_of_days(told: dict[int, tuple[str, str]]) -> bytes:
    return csv(
        DAILY, *(f"2025-05-{day:02},{new},{reads}" for day, (new, reads) in sorted(told.items()))
    )
