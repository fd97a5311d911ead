"""`receive`, `describe`, `discard`: a file waits until somebody has looked at it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from yunce.engines.platforms import EmptyFileError, NotATableError
from yunce.ground.channels.models import Account
from yunce.ground.imports.actions import commit, describe, discard, receive
from yunce.ground.imports.keeping import keep_file, kept_path, read_kept
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import waiting_uploads
from yunce.ground.imports.tests.files import csv, note, notes
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access


def kept_files(settings: object) -> list[Path]:
    return [*Path(settings.YUNCE_DATA).glob("uploads/*/*")]  # type: ignore[attr-defined]


def test_the_file_is_kept_by_its_content(two_notes: Upload) -> None:
    path = kept_path(two_notes.sha256)
    assert path.parent.name == two_notes.sha256[:2]
    assert path.stat().st_size == two_notes.size
    assert not path.stat().st_mode & 0o222


def test_keeping_the_same_content_again_changes_nothing(settings: object) -> None:
    first = keep_file(b"1,2")
    before = kept_path(first).stat().st_mtime_ns
    assert keep_file(b"1,2") == first
    assert kept_path(first).stat().st_mtime_ns == before
    assert read_kept(first) == b"1,2"
    assert len(kept_files(settings)) == 1


@pytest.mark.parametrize(
    ("content", "error"), [(b"", EmptyFileError), (b"\x89PNG\r\n", NotATableError)]
)
def test_what_is_no_table_leaves_no_trace(
    access: Access, settings: object, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        receive(access=access, file=content, name="图.png")
    assert not Upload.objects.exists()
    assert kept_files(settings) == []


def test_the_day_of_export_is_the_workbooks(two_notes: Upload) -> None:
    assert two_notes.captured_on == date(2025, 5, 20)


def test_a_file_that_waits_already_waits_once(access: Access, two_notes: Upload) -> None:
    again = receive(access=access, file=read_kept(two_notes.sha256), name="副本.xlsx")
    assert again == two_notes
    assert waiting_uploads(access.team).count() == 1


def test_the_same_file_keeps_its_first_day_of_export(
    access: Access, account: Account, two_notes: Upload
) -> None:
    describe(access=access, upload=two_notes, account=account, captured_on=date(2025, 5, 18))
    commit(access=access, upload=two_notes, today=date(2025, 5, 31))
    again = receive(access=access, file=read_kept(two_notes.sha256), name="再来.xlsx")
    assert again.captured_on == date(2025, 5, 18)


def test_a_name_may_not_lead_elsewhere(access: Access) -> None:
    upload = receive(access=access, file=csv("日期,播放量", "2025-05-01,1"), name="../../etc/a.csv")
    assert upload.name == "a.csv"


def test_a_viewer_may_not_drop(team: Team, vera: Member, settings: object) -> None:
    access = Access(team=team, member=vera, user=vera.user)
    with pytest.raises(PermissionDenied):
        receive(access=access, file=notes(note("一", 3)), name="表.xlsx")
    assert kept_files(settings) == []


def test_another_teams_account_is_refused(access: Access, charlie: User, two_notes: Upload) -> None:
    theirs = Account.objects.create(
        team=charlie.memberships.get().team, platform="xiaohongshu", name="别家"
    )
    with pytest.raises(ValidationError):
        describe(access=access, upload=two_notes, account=theirs, captured_on=date(2025, 5, 20))


def test_a_day_of_export_to_come_is_refused(access: Access, two_notes: Upload) -> None:
    with pytest.raises(ValidationError, match="不合理"):
        describe(access=access, upload=two_notes, account=None, captured_on=date(2999, 1, 1))


def test_putting_aside_takes_it_off_the_list(access: Access, two_notes: Upload) -> None:
    discard(access=access, upload=two_notes)
    assert not waiting_uploads(access.team)
    verbs = [entry.verb for entry in Entry.objects.order_by("pk")]
    assert verbs == ["imports.receive", "imports.discard"]
