"""Long tables and .tsf files; what is wrong is said with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from yunce.engines.forecasts import PanelFileError, read_panel


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_long_table_becomes_a_panel_with_gaps(tmp_path: Path) -> None:
    text = "day,account,value\n2025-05-01,甲,5\n2025-05-03,甲,7\n2025-05-02,乙,-\n"
    panel = read_panel(written(tmp_path, text))
    assert (panel.accounts, panel.first) == (("甲", "乙"), date(2025, 5, 1))
    assert panel.values[0, [0, 2]].tolist() == [5, 7]
    assert np.isnan(panel.values[0, 1])
    assert np.isnan(panel.values[1]).all()


def test_a_tsf_file_is_read_with_its_start(tmp_path: Path) -> None:
    text = (
        "# remark\n@attribute series_name string\n@attribute start_timestamp date\n@data\n"
        "T1:2015-07-01 00-00-00:18,?,5\n"
    )
    panel = read_panel(written(tmp_path, text, "a.tsf"))
    assert (panel.first, panel.days) == (date(2015, 7, 1), 3)
    assert panel.values[0, [0, 2]].tolist() == [18, 5]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("account,day\n甲,2025-05-01\n", "缺 value"),
        ("account,day,value\n甲,五月一日,5\n", "第 2 行"),
        ("account,day,value\n甲,2025-05-01,很多\n", "第 2 行"),
        ("account,day,value\n甲\n", "第 2 行"),
        ("account,day,value\n", "没有数据行"),
        ("", "缺 account"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PanelFileError, match=words):
        read_panel(written(tmp_path, text))


def test_infinite_values_are_gaps(tmp_path: Path) -> None:
    panel = read_panel(written(tmp_path, "account,day,value\n甲,2025-05-01,inf\n"))
    assert np.isnan(panel.values).all()
