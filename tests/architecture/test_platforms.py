"""What every platform must keep: a module of the registry folder is a whole platform."""

from __future__ import annotations

import csv
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest

from yunce.engines import platforms as engine
from yunce.engines.metrics import Grain, catalogue
from yunce.engines.platforms import Export, Platform, platforms, read_tables, recognise
from yunce.engines.platforms._aliases import DAY_METRICS, POST_METRICS
from yunce.engines.platforms._reference import as_markdown
from yunce.engines.platforms.tests.workbooks import workbook
from yunce.kit.numbers import Unit

FOLDER = Path(engine.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
ALL = [pytest.param(platform, id=key) for key, platform in platforms().items()]
EXPORTS = [
    pytest.param(platform, export, id=f"{platform.key}-{export.key}")
    for platform in platforms().values()
    for export in platform.exports
]
UNITS = {
    "number": Unit.COUNT,
    "percent": Unit.PERCENT,
    "fraction": Unit.PERCENT,
    "seconds": Unit.SECOND,
}
PIECES = ("pieces", "pieces_article", "pieces_video")
COLOURS = {"wx", "dy", "bl", "xhs", "mp", ""}


def sample_rows(platform: Platform, export: Export) -> list[list[str]]:
    text = (FOLDER / "samples" / platform.key / export.sample).read_text(encoding="utf-8")
    return [*csv.reader(StringIO(text))]


def test_every_module_of_the_folder_is_a_platform() -> None:
    assert sorted(platforms()) == MODULES


@pytest.mark.parametrize("platform", ALL)
def test_platform_introduces_itself(platform: Platform) -> None:
    module = import_module(f"{engine.__name__}.{platform.key}")
    assert module.PLATFORM is platform
    assert platform.label
    assert len(platform.mark) == 1
    assert platform.colour in COLOURS
    assert platform.backend_url.startswith("https://")
    assert platform.limits.endswith("。")


def test_labels_and_marks_tell_platforms_apart() -> None:
    every = platforms().values()
    assert len({platform.label for platform in every}) == len(every)
    assert len({platform.mark for platform in every}) == len(every)


@pytest.mark.parametrize("platform", ALL)
def test_export_keys_are_unique(platform: Platform) -> None:
    keys = [export.key for export in platform.exports]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("platform", "export"), EXPORTS)
def test_export_declares_columns_that_can_be_read(platform: Platform, export: Export) -> None:
    roles = {column.role for column in export.columns}
    metrics = [column.metric for column in export.columns if column.role == "metric"]
    assert {"posts": "title", "days": "date"}[export.shape] in roles
    assert all(metrics)
    assert len(set(metrics)) == len(metrics) > 0
    assert not any(column.metric for column in export.columns if column.role != "metric")
    assert set(export.fingerprint) <= {column.header for column in export.columns}


@pytest.mark.parametrize(("platform", "export"), EXPORTS)
def test_export_recognises_its_own_sample(platform: Platform, export: Export) -> None:
    book = workbook(sample_rows(platform, export), sheet=export.sheet or "Sheet1")
    [(_table, recognition)] = recognise(read_tables(book, "样例.xlsx"))
    assert (recognition.platform, recognition.export) == (platform.key, export.key)
    assert recognition.reason.endswith("。")


@pytest.mark.parametrize(("platform", "export"), EXPORTS)
def test_columns_feed_stored_metrics_of_their_shape(platform: Platform, export: Export) -> None:
    metrics = {c: catalogue()[c.metric] for c in export.columns if c.role == "metric"}
    grains = {"posts": {Grain.POST}, "days": {Grain.ACCOUNT, Grain.ANY}}[export.shape]
    assert all(metric.is_stored and metric.grain in grains for metric in metrics.values())
    assert {column: metric.unit for column, metric in metrics.items()} == {
        column: UNITS[column.scale] for column in metrics
    }


def test_guesses_at_unknown_tables_name_stored_metrics() -> None:
    guessed = {*DAY_METRICS.values(), *POST_METRICS.values(), *PIECES}
    assert {code for code in guessed if not catalogue().metric(code).is_stored} == set()


def test_committed_reference_is_what_the_platforms_say() -> None:
    page = Path(__file__).parents[2] / "docs" / "platforms.md"
    assert page.read_text(encoding="utf-8") == as_markdown()
