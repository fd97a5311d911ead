"""What every platform must keep: a module of the registry folder is a whole platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from yunce.engines import platforms as engine
from yunce.engines.metrics import Grain, Kind, catalogue
from yunce.engines.platforms import (
    Export,
    Parsed,
    ParsedFact,
    Platform,
    Recognition,
    parse,
    platforms,
    read_tables,
    recognise,
)
from yunce.engines.platforms._aliases import DAY_METRICS, POST_METRICS
from yunce.engines.platforms._reference import as_markdown
from yunce.ground.imports.reading import read
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
    "number": {Unit.COUNT, Unit.YUAN},
    "percent": {Unit.PERCENT},
    "fraction": {Unit.PERCENT},
    "seconds": {Unit.SECOND},
}
PIECES = ("pieces", "pieces_article", "pieces_video")
COLOURS = {"wx", "dy", "bl", "xhs", "mp", ""}


SIDES = sorted((FOLDER / "samples").glob("*/*.yaml"))
SAMPLES = [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in SIDES]
MADE = date(2026, 9, 13)  # the day the samples were exported


@cache
def numbers_of(path: Path) -> dict[str, Any]:
    """What a person worked out of a sample: export → metric (or metric/kind of segment) → sum."""
    numbers: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return numbers


@cache
def read_sample(path: Path) -> list[tuple[Recognition, Parsed]]:
    """Everything recognised in a sample, as an import of today would read it."""
    sample = path.with_suffix("")
    found = recognise(read_tables(sample.read_bytes(), sample.name))
    return [(match, parse(table, match, captured_on=MADE, today=MADE)) for table, match in found]


def sums(facts: Iterable[ParsedFact]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for fact in facts:
        kind = fact.segment.partition("=")[0]
        totals[f"{fact.metric}/{kind}" if kind else fact.metric] += fact.value  # type: ignore[assignment]
    return dict(totals)


def test_every_module_of_the_folder_is_a_platform() -> None:
    assert sorted(platforms()) == MODULES


@pytest.mark.parametrize("platform", ALL)
def test_platform_introduces_itself(platform: Platform) -> None:
    module = import_module(f"{engine.__name__}.{platform.key}")
    assert module.PLATFORM is platform
    assert platform.label
    assert len(platform.mark) == 1
    assert platform.colour in COLOURS
    assert platform.backend_url.startswith("https://") or platform.key == "other"
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
    every = (*export.columns, *export.names)
    metrics = [column.metric for column in every if column.role == "metric"]
    needed = {"posts": {"title"}, "days": {"date"}, "post_days": {"date"}}.get(export.shape, set())
    assert needed <= roles or not metrics
    assert bool(export.names) is ("name" in roles) is ("value" in roles)
    assert all(metrics)
    assert len(set(metrics)) == len(metrics)
    assert metrics or (export.sheet and export.note)  # a sheet we leave out says why
    assert not any(column.metric for column in every if column.role != "metric")
    assert all(bool(column.segment) for column in every if column.role == "segment")
    headers = {name for column in export.columns for name in (column.header, *column.aliases)}
    assert set(export.fingerprint) <= headers
    assert set(export.beside) <= {other.key for other in platform.exports if not other.beside}


@pytest.mark.parametrize(("platform", "export"), EXPORTS)
def test_export_has_a_sample_that_shows_it(platform: Platform, export: Export) -> None:
    side = FOLDER / "samples" / platform.key / f"{export.sample}.yaml"
    assert export.key in numbers_of(side)


def test_every_sample_has_its_numbers() -> None:
    files = {path for path in (FOLDER / "samples").glob("*/*") if path.suffix != ".yaml"}
    assert files == {path.with_suffix("") for path in SIDES}


@pytest.mark.parametrize("path", SAMPLES)
def test_sample_is_recognised_as_itself_and_nothing_else(path: Path) -> None:
    numbers = numbers_of(path)
    found = [match for match, _parsed in read_sample(path)]
    assert {match.platform for match in found} == {path.parent.name}
    assert {match.export for match in found} == numbers.keys() - {"warnings", "unsure"}
    assert max(match.confidence for match in found) >= (0.5 if "unsure" in numbers else 0.65)
    assert all(match.reason.endswith("。") for match in found)


@pytest.mark.parametrize("path", SAMPLES)
def test_sample_reads_to_the_numbers_worked_out_by_hand(path: Path) -> None:
    read = read_sample(path)
    for key in {match.export for match, _parsed in read}:
        facts = [fact for match, part in read if match.export == key for fact in part.facts]
        assert sums(facts) == pytest.approx(numbers_of(path)[key])


@pytest.mark.parametrize("path", SAMPLES)
def test_sample_holds_no_error_and_the_warnings_expected(path: Path) -> None:
    problems = [problem for _match, parsed in read_sample(path) for problem in parsed.problems]
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert [problem.message for problem in problems] == numbers_of(path).get("warnings", [])


@pytest.mark.parametrize("path", SIDES)
def test_tables_of_a_sample_do_not_contradict_each_other(path: Path) -> None:
    sample = path.with_suffix("")
    tables = read_tables(sample.read_bytes(), sample.name)
    reading = read(tables, captured_on=MADE, today=MADE, mapping=None)
    assert (reading.conflicts, reading.errors) == (0, 0)
    assert reading.platform == path.parent.name


@pytest.mark.parametrize(("platform", "export"), EXPORTS)
def test_columns_feed_stored_metrics_of_their_shape(platform: Platform, export: Export) -> None:
    columns = [c for c in (*export.columns, *export.names) if c.role == "metric"]
    codes = [(c, c.metric) for c in columns]
    codes += [(c, metric) for c in columns for _ending, metric in c.instead]
    of_posts = export.shape in ("posts", "post", "post_days")
    grains = {Grain.POST} if of_posts else {Grain.ACCOUNT, Grain.ANY}
    for column, code in codes:
        metric = catalogue()[code]
        assert metric.is_stored
        assert metric.grain in grains
        as_written = column.factor == 1 and code == column.metric
        assert not as_written or metric.unit in UNITS[column.scale]
        added_up = metric.kind in (Kind.FLOW, Kind.SNAPSHOT) or export.shape == "period"
        assert column.adds is False or column.scale != "number" or added_up


@pytest.mark.parametrize("platform", ALL)
def test_presets_of_the_mapper_name_stored_metrics(platform: Platform) -> None:
    roles = {column.role for column in platform.preset}
    metrics = [catalogue().metric(column.metric) for column in platform.preset if column.metric]
    assert all(metric.is_stored for metric in metrics)
    assert bool(platform.exports or platform.preset)
    assert roles <= {"date", "metric", "title", "published", "form", "id", "url", "segment"}


def test_guesses_at_unknown_tables_name_stored_metrics() -> None:
    guessed = {*DAY_METRICS.values(), *POST_METRICS.values(), *PIECES}
    assert {code for code in guessed if not catalogue().metric(code).is_stored} == set()


def test_committed_reference_is_what_the_platforms_say() -> None:
    page = Path(__file__).parents[2] / "docs" / "platforms.md"
    assert page.read_text(encoding="utf-8") == as_markdown()
