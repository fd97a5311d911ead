"""`teach` and the column mapper: a layout told once is known from then on."""

from __future__ import annotations

from datetime import date

from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import import_file, receive
from yunce.ground.imports.models import SavedMapping, Upload
from yunce.ground.imports.queries import preview
from yunce.ground.imports.tests.files import csv
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import Access

TODAY = date(2025, 5, 31)
CHOSEN = {
    "sheet": "",
    "header_row": "2",
    "use-0": "date",
    "use-1": "metric:new_followers",
    "use-2": "metric:cover_click_rate",
    "scale-2": "number",
}


def address(upload: Upload) -> str:
    return f"/t/content/imports/{upload.pk}/mapping/"


def test_the_page_shows_columns_and_a_guess(bobs: Client, unknown: Upload) -> None:
    page = bobs.get(address(unknown)).content.decode()
    assert "统计日" in page
    assert '<option value="date" selected>' in page
    assert "第 2 行 · 表头" in page


def test_a_change_shows_at_once_what_is_read(bobs: Client, unknown: Upload) -> None:
    answer = bobs.post(address(unknown), CHOSEN, headers={"HX-Request": "true"})
    fragment = answer.content.decode()
    assert "<html" not in fragment
    assert "4 个数" in fragment
    assert "13.5%" in fragment
    assert not SavedMapping.objects.exists()


def test_saving_reads_this_file_and_the_next_one_so(
    bobs: Client, access: Access, account: Account, unknown: Upload
) -> None:
    answered = bobs.post(address(unknown), {**CHOSEN, "intent": "save"})
    assert answered.headers["Location"] == f"/t/content/imports/{unknown.pk}/"
    unknown.refresh_from_db()
    assert preview(unknown, TODAY).added == 4
    # The same header, now on the first row, in a file nobody has said anything about.
    content = csv("统计日,新粉,打开率", "2025-05-03,20,14%")
    result = import_file(
        access=access, content=content, name="下周.csv", account=None, dry_run=False, today=TODAY
    )
    assert (result.added, result.errors) == (2, 0)
    asked = answer(access.team, ["new_followers"], start=date(2025, 5, 1), end=TODAY)
    assert asked.value("new_followers") == 20


def test_what_one_team_taught_another_does_not_know(
    bobs: Client, access: Access, account: Account, unknown: Upload
) -> None:
    bobs.post(address(unknown), {**CHOSEN, "intent": "save"})
    SavedMapping.objects.update(team=Team.objects.create(name="别的", slug="elsewhere"))
    Upload.objects.all().delete()
    again = receive(
        access=access, file=csv("统计日,新粉,打开率", "2025-05-03,20,14%"), name="下周.csv"
    )
    assert preview(again, TODAY).needs_mapping


def test_a_post_metric_in_a_table_of_days_is_refused(bobs: Client, unknown: Upload) -> None:
    wrong = {**CHOSEN, "use-1": "metric:post_likes", "use-2": "ignore", "intent": "save"}
    page = bobs.post(address(unknown), wrong).content.decode()
    assert "「单篇点赞数」是单篇内容的指标，而这张表一行是一天" in page
    assert not SavedMapping.objects.exists()


def test_without_a_date_nothing_is_taught(bobs: Client, unknown: Upload) -> None:
    page = bobs.post(address(unknown), {**CHOSEN, "use-0": "ignore", "intent": "save"})
    assert "没有选择日期列" in page.content.decode()
    assert not SavedMapping.objects.exists()


def test_nonsense_counts_as_not_imported(bobs: Client, unknown: Upload) -> None:
    nonsense = {"header_row": "-3", "use-0": "metric:nothing", "use-1": "<script>"}
    assert bobs.post(address(unknown), nonsense).status_code == 200


def test_another_header_row_is_guessed_anew(bobs: Client, unknown: Upload) -> None:
    page = bobs.get(address(unknown), {"sheet": "", "header_row": "1"}).content.decode()
    assert "第 1 行 · 表头" in page
    assert bobs.get(address(unknown), {"header_row": "99"}).status_code == 200


def test_accounts_of_one_name_are_told_apart_by_platform(
    bobs: Client, unknown: Upload, account: Account, douyin: Account
) -> None:
    Account.objects.filter(pk=douyin.pk).update(name=account.name)
    bobs.post(address(unknown), {**CHOSEN, "intent": "save"})
    page = bobs.get(f"/t/content/imports/{unknown.pk}/").content.decode()
    assert "可选：抖音 · 运策小红书、小红书 · 运策小红书" in page
