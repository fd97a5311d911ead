"""The raw file of a batch: taken away by who may record, never shown by the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.imports.actions import import_file
from yunce.ground.imports.keeping import kept_path
from yunce.ground.imports.tests.files import note, notes
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access


def brought_in(access: Access, account: Account) -> tuple[Batch, bytes]:
    content = notes(note("一", 3, views=1000))
    import_file(
        access=access,
        content=content,
        name="笔记<b>.xlsx",
        account=account,
        captured_on=date(2025, 5, 20),
        dry_run=False,
        today=date(2025, 5, 31),
    )
    return Batch.objects.get(), content


def address(batch: Batch) -> str:
    return f"/t/content/imports/batches/{batch.pk}/file/"


def test_the_file_comes_back_byte_for_byte_as_an_attachment(
    access: Access, account: Account, bobs: Client
) -> None:
    batch, content = brought_in(access, account)
    answer = bobs.get(address(batch))
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_viewer_may_not_and_a_stranger_finds_nothing(
    access: Access,
    account: Account,
    vera: Member,
    charlie: User,
    signed_in: Callable[[User | Member], Client],
) -> None:
    batch, _content = brought_in(access, account)
    assert signed_in(vera).get(address(batch)).status_code == 403
    assert signed_in(charlie).get(address(batch)).status_code == 404


def test_typed_numbers_have_no_file(team: Team, bobs: Client) -> None:
    typed = Batch.objects.create(team=team, kind=BatchKind.GRID, state=BatchState.COMMITTED)
    assert bobs.get(address(typed)).status_code == 404


def test_a_file_that_is_gone_is_said_on_the_list(
    access: Access, account: Account, bobs: Client
) -> None:
    batch, _content = brought_in(access, account)
    Path(kept_path(batch.file_sha256)).unlink()
    answer = bobs.get(address(batch), follow=True)
    assert "的原始文件已经不在了" in answer.content.decode()


def test_the_list_opens_on_the_page_of_a_batch(team: Team, bobs: Client) -> None:
    batches = Batch.objects.bulk_create(
        [Batch(team=team, kind=BatchKind.GRID, state=BatchState.COMMITTED) for _n in range(60)]
    )
    page = bobs.get(f"/t/content/imports/?batch={batches[0].pk}").content.decode()
    assert f'id="batch-{batches[0].pk}"' in page
    assert f'id="batch-{batches[59].pk}"' not in page
