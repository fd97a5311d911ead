"""Saved layouts: several accounts in one file, names, sharing, forgetting."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunce.engines.platforms import ColumnMapping, ColumnUse
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import account_values
from yunce.ground.imports.actions import (
    MappingFileError,
    commit,
    receive,
    remove_mapping,
    rename_mapping,
    take_mapping,
    teach,
)
from yunce.ground.imports.models import SavedMapping, Upload
from yunce.ground.imports.queries import preview
from yunce.ground.imports.rules import SheetMapping
from yunce.ground.imports.sharing import shared
from yunce.ground.imports.tests.files import csv
from yunce.ground.teams.models import User
from yunce.ground.teams.queries import Access

SAVED = "/t/content/imports/mappings/"
MAY = {"start": date(2025, 5, 1), "end": date(2025, 5, 31)}
TODAY = date(2025, 5, 31)
COLUMNS = ColumnMapping(
    header_row=1,
    columns=(
        ColumnUse(0, "ignore", header="账号"),
        ColumnUse(1, "date", header="统计日"),
        ColumnUse(2, "metric", "new_followers", header="新粉"),
    ),
)


@pytest.fixture
def both(access: Access) -> Upload:
    """Two accounts in one file, and a name nobody knows."""
    rows = ("运策抖音,2025-05-01,12", "运策小红书,2025-05-01,7", "合作号,2025-05-01,99")
    return receive(access=access, file=csv("账号,统计日,新粉", *rows), name="周会.csv")


@pytest.fixture
def saved(access: Access, both: Upload, account: Account, douyin: Account) -> SavedMapping:
    """Both are called as in the file; the third is left out."""
    mapping = SheetMapping("", COLUMNS, owner_column=0, owners={"合作号": 0})
    teach(access=access, upload=both, mapping=mapping)
    return SavedMapping.objects.get()


def test_each_row_goes_to_its_own_account(
    access: Access, both: Upload, saved: SavedMapping, account: Account, douyin: Account
) -> None:
    done = commit(access=access, upload=both, today=TODAY)
    assert done.batch is not None
    assert (done.batch.added, done.batch.account) == (2, None)
    told = [account_values(each, ["new_followers"], **MAY) for each in (douyin, account)]
    assert [row.value for values in told for row in values.values()] == [12, 7]


def test_a_name_nobody_knows_is_asked_about(
    access: Access, both: Upload, account: Account, douyin: Account
) -> None:
    teach(access=access, upload=both, mapping=SheetMapping("", COLUMNS, owner_column=0))
    problem = preview(both, TODAY).account_problem
    assert problem is not None
    assert problem.message == "账号列里有 1 个名字还不知道是哪个账号：「合作号」"


def test_the_mapper_asks_whose_each_name_is(
    bobs: Client, both: Upload, account: Account, douyin: Account
) -> None:
    page = bobs.get(f"/t/content/imports/{both.pk}/mapping/").content.decode()
    assert "账号列里的名字是谁" in page
    assert '<label for="owner-2" class="ell bname">合作号</label>' in page


def test_a_shared_layout_reads_the_same_file_elsewhere(
    access: Access, saved: SavedMapping, account: Account, douyin: Account
) -> None:
    content = shared(saved, [account, douyin])
    remove_mapping(access=access, saved=saved)
    taken = take_mapping(access=access, content=content)
    assert taken.name == "周会"
    assert taken.header_hash == saved.header_hash
    assert SheetMapping.from_json(taken.mapping).columns.columns[1].metric == "new_followers"


def test_everything_wrong_with_a_shared_file_is_said(access: Access, saved: SavedMapping) -> None:
    told = json.loads(shared(saved, []))
    told["columns"][0]["role"] = "weekday"
    told["columns"][1]["metric"] = "new_follower"
    with pytest.raises(MappingFileError) as refused:
        take_mapping(access=access, content=json.dumps(told).encode())
    assert refused.value.sentences == (
        "第 1 列：没有「weekday」这种含义。",
        "第 2 列：没有指标「new_follower」。是不是「new_followers」？",
        "没有日期列，也没有标题列，这样读不出数。",
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"[" * 100_000, b'{"format": "yunce-mapping", "version": 9}', b"\xff"],
)
def test_what_is_no_shared_layout_is_refused(access: Access, content: bytes) -> None:
    with pytest.raises(MappingFileError):
        take_mapping(access=access, content=content)
    assert not SavedMapping.objects.exists()


def test_two_layouts_are_not_called_the_same(access: Access, saved: SavedMapping) -> None:
    other = SavedMapping.objects.create(
        team=access.team, name="别的", header_hash="1", mapping=saved.mapping
    )
    with pytest.raises(ValidationError, match="已经有一个叫「周会」的了"):
        rename_mapping(access=access, saved=other, name="周会")


def test_the_page_lists_renames_shares_and_forgets(bobs: Client, saved: SavedMapping) -> None:
    bobs.post(f"{SAVED}{saved.pk}/rename/", {"name": "每周社群表"})
    assert "每周社群表" in bobs.get(SAVED).content.decode()
    file = bobs.get(f"{SAVED}{saved.pk}/file/").content
    assert "删除" in bobs.post(f"{SAVED}{saved.pk}/remove/", follow=True).content.decode()
    assert not SavedMapping.objects.exists()
    bobs.post(f"{SAVED}take/", {"file": SimpleUploadedFile("设置.json", file)})
    assert SavedMapping.objects.get().name == "每周社群表"


def test_a_bad_shared_file_is_said_on_the_page(bobs: Client) -> None:
    answered = bobs.post(f"{SAVED}take/", {"file": SimpleUploadedFile("x.json", b"{}")})
    assert answered.status_code == 422
    assert "不是运策分享的表格设置" in answered.content.decode()


def test_a_stranger_takes_no_layout_away(
    charlie: User, signed_in: Callable[[User], Client], saved: SavedMapping
) -> None:
    client = signed_in(charlie)
    assert client.get(f"{SAVED}{saved.pk}/file/").status_code == 404
    assert client.post(f"/t/other/imports/mappings/{saved.pk}/remove/").status_code == 404
    assert SavedMapping.objects.exists()
