"""Every real file of others, through the door a person uses: no setting touched, sums by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import ImportResult, commit, import_file, receive, teach
from yunce.ground.imports.queries import preview
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access

TODAY = date(2026, 9, 13)
FIRST, LAST = date(2010, 1, 1), date(2049, 12, 31)
Bring = Callable[[str], ImportResult]


@pytest.fixture
def data(shared_folder: Path) -> Path:
    return shared_folder / "data"


@pytest.fixture
def bring(access: Access, data: Path) -> Bring:
    """`bring("x_…/….csv")`: as it came, to the team's only account there."""

    def import_it(name: str) -> ImportResult:
        return import_file(
            access=access,
            content=(data / name).read_bytes(),
            name=Path(name).name,
            account=None,
            dry_run=False,
            today=TODAY,
        )

    return import_it


def account_on(access: Access, platform: str) -> Account:
    return Account.objects.create(team=access.team, platform=platform, name="真实账号")


def total(access: Access, metric: str, *, segment: str = "") -> float | None:
    where = {"segment": [segment]}
    return answer(access.team, [metric], start=FIRST, end=LAST, where=where).value(metric)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.mark.parametrize(
    ("name", "metric", "header", "facts"),
    [
        ("Totals.csv", "reads", "Views", 365),
        ("Chart data.csv", "", "", 73_365),
        ("Table data.csv", "", "", None),
        ("subscribers_geo.csv", "", "", None),
    ],
)
def test_youtube_files_are_in_at_once(
    access: Access, data: Path, bring: Bring, name: str, metric: str, header: str, facts: int | None
) -> None:
    account_on(access, "youtube")
    result = bring(f"youtube_CodingTrain/{name}")
    assert (result.errors, result.conflicts, result.updated) == (0, 0, 0)
    assert result.batch is not None
    if facts is not None:
        assert result.added == facts
    if metric:
        rows = rows_of(data / "youtube_CodingTrain" / name)
        assert total(access, metric) == sum(float(row[header]) for row in rows)


def test_the_x_pair_shows_the_restated_day_with_both_values(
    access: Access,
    data: Path,
    bring: Bring,
    bob: Member,
    signed_in: Callable[[Member], Client],
) -> None:
    account_on(access, "x")
    folder = "x_vianarafael_koe/account_overview_analytics_2025-08-"
    first, second = (bring(f"{folder}{day}.csv") for day in (25, 26))
    assert (first.errors, second.errors) == (0, 0)
    told = [row for day in (25, 26) for row in rows_of(data / f"{folder}{day}.csv")]
    newest = {row["Date"]: float(row["Impressions"]) for row in told}
    assert total(access, "impressions") == sum(newest.values())
    query = "?from=2025-08-24&to=2025-08-24"
    page = signed_in(bob).get(f"/t/content/restatements/{query}").content.decode()
    assert '<s class="mut">5,866</s>' in page
    assert "<b>14,795</b>" in page


def test_bilibilis_list_is_in_through_the_mapper_as_it_suggests(access: Access, data: Path) -> None:
    account_on(access, "bilibili")
    path = data / "bilibili_100gle" / "bilibili.csv"
    upload = receive(access=access, file=path.read_bytes(), name=path.name)
    suggestion = preview(upload, TODAY).suggestion
    assert suggestion is not None
    taught = teach(access=access, upload=upload, mapping=suggestion)
    done = commit(access=access, upload=taught, today=TODAY)
    assert done.batch is not None
    assert done.batch.errors == 0
    rows = rows_of(path)
    for metric, header in (("post_views", "play"), ("post_danmaku", "video_review")):
        assert total(access, metric) == sum(float(row[header]) for row in rows)
