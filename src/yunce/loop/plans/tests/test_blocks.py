"""Many tasks at once: pasted blocks, filled columns, chosen lines, the list and the board."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.plans.models import Task, TaskState

SignedIn = Callable[[User | Member], Client]
PLAN = "/t/content/2025-05/plan/"
TASKS = "/t/content/2025-05/tasks/"
HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())).split())


def undo_of(response: Any) -> dict[str, str]:
    found = re.search(r'name="done" value="([^"]*)"', response.content.decode())
    assert found
    return {"done": html.unescape(found[1])}


@pytest.fixture
def fission(livestreams: Task) -> Task:
    return Task.objects.create(
        plan=livestreams.plan, goal=livestreams.goal, dimension="user", title="2 次裂变",
        position=1,
    )  # fmt: skip


@pytest.fixture
def client(alice: Member, bob: Member, signed_in: SignedIn) -> Client:
    return signed_in(alice)


def test_block_goes_right_and_down_from_its_cell(
    client: Client, livestreams: Task, fission: Task, bob: Member
) -> None:
    block = "文案专员\t5/12\n王文案、李组长\t5/15、5/25"
    values = {"at": f"task-{livestreams.pk}-owners", "text": block}
    answer = client.post(f"{PLAN}paste/", values, headers=HTMX)
    assert "已粘贴 2 行，其中新任务 0 项。" in text(answer)
    livestreams.refresh_from_db()
    fission.refresh_from_db()
    assert (livestreams.nodes, fission.nodes) == (["2025-05-12"], ["2025-05-15", "2025-05-25"])
    assert fission.owners.count() == 2


def test_rows_below_the_table_become_tasks_of_the_same_goal(
    client: Client, livestreams: Task, followers: Goal
) -> None:
    values = {"at": f"task-{livestreams.pk}-title", "text": "3 场直播\r\n2 次裂变\r\n"}
    client.post(f"{PLAN}paste/", values, headers=HTMX)
    titles = list(Task.objects.order_by("position").values_list("title", "goal_id"))
    assert titles == [("3 场直播", followers.pk), ("2 次裂变", followers.pk)]


def test_seven_columns_are_whole_lines(client: Client, articles: Goal, followers: Goal) -> None:
    block = (
        "内容运营\t图文 20 篇（挑战 24 篇）\t10 篇产品测评\t文案专员\t5/1–5/30\t阅读 ≥ 500\t\n"
        "\t\t5 篇行业干货\t文案专员\t5/6–5/28\t\t\n"
        '用户增长\t新增粉丝\t3 场直播\t运营组长\t5/10、5/20\t"观看\n≥ 2,000"\t\n'
    )
    answer = client.post(f"{PLAN}paste/", {"text": block}, headers=HTMX)
    assert "其中新任务 3 项" in text(answer)
    goals = list(Task.objects.order_by("position").values_list("goal_id", flat=True))
    assert goals == [articles.pk, articles.pk, followers.pk]
    assert Task.objects.get(title="3 场直播").standard == "观看\n≥ 2,000"


@pytest.mark.parametrize(
    ("column", "block", "sentence"),
    [
        ("title", "", "粘贴的内容是空的"),
        ("note", "甲\t乙", "粘贴的内容有 2 列，从这一格起只放得下 1 列"),
        ("title", "甲\t文案专员\n乙", "第 2 行有 1 列，第 1 行有 2 列"),
        ("title", "甲\t路人", "第 1 行：团队里没有「路人」。"),
        ("title", "甲\n\n \n乙", "第 2 行：核心任务不能空着"),
        ("nodes", "过两天", "第 1 行：看不懂「过两天」"),
        ("goal", "甲", "这一格不能粘贴"),
    ],
)
def test_block_that_does_not_fit_is_refused_and_nothing_is_saved(
    column: str, block: str, sentence: str, client: Client, livestreams: Task
) -> None:
    values = {"at": f"task-{livestreams.pk}-{column}", "text": block}
    answer = client.post(f"{PLAN}paste/", values, headers=HTMX)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert [task.title for task in Task.objects.all()] == ["3 场视频直播"]
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("甲\t乙\t丙", "整行粘贴要有 6 列"),
        ("\t播放量 3 万\t拍\t\t\t\t", "本月没有指标「播放量 3 万」"),
        ("品牌\t\t拍\t\t\t\t", "没有维度「品牌」"),
        ("\t\t拍\t\t\t\t", "请选一个目标维度"),
    ],
)
def test_whole_lines_that_do_not_fit_are_refused(
    block: str, sentence: str, client: Client, followers: Goal
) -> None:
    answer = client.post(f"{PLAN}paste/", {"text": block}, headers=HTMX)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert block in html.unescape(answer.content.decode())
    assert not Task.objects.exists()


def test_cell_somebody_wrote_meanwhile_is_said_with_both_values(
    client: Client, olga: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    signed_in(olga).post(
        f"{PLAN}tasks/{livestreams.pk}/cell/title/",
        {"value": "4 场直播", "seen_value": "3 场视频直播"},
    )
    values = {"at": f"task-{livestreams.pk}-title", "text": "5 场直播", "stamp": "0"}
    answer = client.post(f"{PLAN}paste/", values, headers=HTMX)
    said = text(answer)
    assert re.search(r"欧管理 \d\d:\d\d 已把它改成「4 场直播」，你的是「5 场直播」", said)
    assert "用我的覆盖" in said
    assert Task.objects.get().title == "4 场直播"
    again = re.search(r'name="stamp" value="(\d+)"', answer.content.decode())
    assert again is not None
    client.post(f"{PLAN}paste/", {**values, "stamp": again[1]}, headers=HTMX)
    livestreams.refresh_from_db()
    assert livestreams.title == "5 场直播"  # chosen with both values seen


def test_paste_is_put_back(client: Client, livestreams: Task) -> None:
    values = {"at": f"task-{livestreams.pk}-title", "text": "甲\n乙"}
    answer = client.post(f"{PLAN}paste/", values, headers=HTMX)
    client.post(f"{PLAN}put-back/", undo_of(answer), headers=HTMX)
    assert [t.title for t in Task.objects.filter(deleted_at=None)] == ["3 场视频直播"]


def test_put_back_of_what_changed_since_is_refused(client: Client, livestreams: Task) -> None:
    values = {"at": f"task-{livestreams.pk}-title", "text": "甲"}
    answer = client.post(f"{PLAN}paste/", values, headers=HTMX)
    Task.objects.update(title="丙")
    answer = client.post(f"{PLAN}put-back/", undo_of(answer), headers=HTMX)
    assert "不能撤销" in text(answer)
    assert Task.objects.get().title == "丙"


@pytest.mark.parametrize("done", ["", "[]", '{"changes": [[1]]}', '{"changes":[],"added":[999]}'])
def test_made_up_undo_is_refused(done: str, client: Client, livestreams: Task) -> None:
    assert client.post(f"{PLAN}put-back/", {"done": done}, headers=HTMX).status_code == 422


def test_fill_down_copies_one_column(
    client: Client, livestreams: Task, fission: Task, bob: Member
) -> None:
    for column in ("owners", "standard"):
        values = {"at": f"task-{livestreams.pk}-{column}", "to": str(fission.pk)}
        client.post(f"{PLAN}fill/", values, headers=HTMX)
    fission.refresh_from_db()
    assert (list(fission.owners.all()), fission.standard) == ([bob], livestreams.standard)


@pytest.mark.parametrize(
    ("at", "sentence"), [("task-{}-title", "不能向下填充"), ("nothing", "不知道从哪一格")]
)
def test_what_cannot_be_filled_is_refused(
    at: str, sentence: str, client: Client, livestreams: Task, fission: Task
) -> None:
    values = {"at": at.format(livestreams.pk), "to": str(fission.pk)}
    assert sentence in text(client.post(f"{PLAN}fill/", values, headers=HTMX))


@pytest.mark.parametrize("path", ["paste/", "fill/"])
def test_finalised_plan_takes_no_block(path: str, client: Client, livestreams: Task) -> None:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    values = {"at": f"task-{livestreams.pk}-note", "text": "甲", "to": str(livestreams.pk)}
    assert client.post(PLAN + path, values, headers=HTMX).status_code == 422
    assert Task.objects.get().note == "提前 3 天预热"


def bulk(client: Client, do: str, value: str, *tasks: Task) -> Any:
    values = {"do": do, f"to_{do}": value, "task": [task.pk for task in tasks]}
    return client.post(f"{TASKS}bulk/", values, headers=HTMX)


def test_chosen_lines_change_together_and_come_back(
    client: Client, livestreams: Task, fission: Task, articles: Goal, alice: Member
) -> None:
    both = (livestreams, fission)
    for do, value in [("state", "doing"), ("owner", str(alice.pk)), ("goal", str(articles.pk))]:
        answer = bulk(client, do, value, *both)
        assert (answer["HX-Retarget"], "已改 2 项任务。" in text(answer)) == ("#tasks", True)
    assert set(Task.objects.values_list("state", "goal_id", "owners")) == {
        ("doing", articles.pk, alice.pk)
    }
    client.post(f"{PLAN}put-back/", {**undo_of(answer), "on": "list"}, headers=HTMX)
    assert set(Task.objects.values_list("goal_id", flat=True)) == {livestreams.goal_id}


def test_days_of_chosen_lines_move(client: Client, livestreams: Task) -> None:
    bulk(client, "shift", "-3", livestreams)
    livestreams.refresh_from_db()
    assert livestreams.nodes == ["2025-05-07", "2025-05-17", "2025-05-27"]


def test_removed_lines_come_back(client: Client, livestreams: Task, fission: Task) -> None:
    answer = bulk(client, "remove", "", livestreams, fission)
    assert not Task.objects.filter(deleted_at=None).exists()
    client.post(f"{PLAN}put-back/", undo_of(answer), headers=HTMX)
    assert Task.objects.filter(deleted_at=None).count() == 2


@pytest.mark.parametrize(
    ("do", "value", "sentence"),
    [
        ("dance", "", "请选要做什么"),
        ("shift", "两天", "移动几天要写整数"),
        ("shift", "99", "一次最多移动 31 天"),
        ("state", "gone", "没有「gone」这个状态"),
        ("owner", "999999", "要从本团队成员里选"),
        ("goal", "999999", "这个月没有这个目标"),
    ],
)
def test_unfit_bulk_change_is_refused_whole(
    do: str, value: str, sentence: str, client: Client, livestreams: Task, fission: Task
) -> None:
    answer = bulk(client, do, value, livestreams, fission)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert not Entry.objects.exists()


def test_nothing_chosen_is_said(client: Client, livestreams: Task) -> None:
    assert "请先勾选任务" in text(bulk(client, "state", "done"))


def test_member_moves_states_together_and_nothing_else(
    bob: Member, livestreams: Task, signed_in: SignedIn
) -> None:
    client = signed_in(bob)
    bulk(client, "state", "done", livestreams)
    assert Task.objects.get().state == TaskState.DONE
    assert bulk(client, "remove", "", livestreams).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "裂变"}, ["2 次裂变"]),
        ({"owner": "none"}, ["2 次裂变"]),
        ({"state": "done"}, []),
        ({"dimension": "user", "sort": "plan"}, ["3 场视频直播", "2 次裂变"]),
        ({"sort": "-plan"}, ["2 次裂变", "3 场视频直播"]),
        ({"late": "1"}, ["3 场视频直播"]),
        ({"goal": "nonsense"}, []),
    ],
)
def test_address_filters_and_orders(
    asked: dict[str, str], found: list[str], client: Client, livestreams: Task, fission: Task
) -> None:
    page = client.get(TASKS, asked).content.decode()
    assert re.findall(r'class="tt-a" href="[^"]*">([^<]*)<', page) == found


def test_board_has_a_column_for_each_state(client: Client, livestreams: Task) -> None:
    page = client.get(f"{TASKS}board/").content.decode()
    assert re.findall(r'data-column="(\w+)"', page) == ["todo", "doing", "done"]


def test_card_dropped_answers_with_the_board(client: Client, livestreams: Task) -> None:
    values = {"state": "doing", "seen": "todo", "on": "board", "query": "q=直播"}
    answer = client.post(f"{TASKS}{livestreams.pk}/state/", values, headers=HTMX)
    assert answer["HX-Retarget"] == "#board"
    assert 'data-state="doing"' in answer.content.decode()


def test_card_somebody_moved_is_told(client: Client, livestreams: Task) -> None:
    Task.objects.update(state="done")
    values = {"state": "doing", "seen": "todo", "on": "board"}
    answer = client.post(f"{TASKS}{livestreams.pk}/state/", values, headers=HTMX)
    assert (answer.status_code, "没有保存你的修改" in text(answer)) == (409, True)


@pytest.fixture
def three_hundred(livestreams: Task, bob: Member) -> list[Task]:
    tasks = Task.objects.bulk_create(
        Task(plan=livestreams.plan, goal=livestreams.goal, dimension="user", title=f"任务 {n}",
             nodes=["2025-05-20"], standard="每条阅读 ≥ 500", position=n)
        for n in range(300)
    )  # fmt: skip
    owners = Task.owners.through
    owners.objects.bulk_create(owners(task_id=task.pk, member_id=bob.pk) for task in tasks)
    return tasks


@pytest.mark.parametrize(("page", "most"), [(PLAN, 32), (TASKS, 25), (f"{TASKS}board/", 25)])
def test_three_hundred_tasks_take_no_more_queries(
    page: str,
    most: int,
    client: Client,
    three_hundred: list[Task],
    django_assert_max_num_queries: Any,
) -> None:
    client.get(page)
    with django_assert_max_num_queries(most):
        assert client.get(page).status_code == 200


def test_block_of_two_hundred_lines_is_a_handful_of_statements(
    client: Client, articles: Goal, django_assert_max_num_queries: Any
) -> None:
    line = "内容运营\t图文\t第 {} 篇\t文案专员\t5/1–5/30\t阅读 ≥ 500\t备注"
    block = "\n".join(line.format(n) for n in range(200))
    with django_assert_max_num_queries(45):
        client.post(f"{PLAN}paste/", {"text": block}, headers=HTMX)
    assert Task.objects.count() == 200
    assert json.dumps(Task.objects.first().owners.count()) == "1"  # type: ignore[union-attr]


def test_two_hundred_lines_written_over_and_put_back_are_a_handful_too(
    client: Client, three_hundred: list[Task], alice: Member, django_assert_max_num_queries: Any
) -> None:
    line = "改过的任务 {}\t李组长、王文案\t5/2、5/9\t阅读 ≥ 800\t备注 {}"
    block = "\n".join(line.format(n, n) for n in range(200))
    values = {"at": f"task-{three_hundred[0].pk}-title", "text": block, "stamp": "0"}
    before = _words_of(three_hundred)
    with django_assert_max_num_queries(60):
        answer = client.post(f"{PLAN}paste/", values, headers=HTMX)
    assert Entry.objects.filter(verb="plans.edit_task").count() == 200
    assert Task.objects.filter(title__startswith="改过", owners=alice).count() == 200
    with django_assert_max_num_queries(60):
        client.post(f"{PLAN}put-back/", undo_of(answer), headers=HTMX)
    assert _words_of(three_hundred) == before


def _words_of(tasks: list[Task]) -> list[tuple[Any, ...]]:
    found = Task.objects.filter(pk__in=[task.pk for task in tasks])
    return list(found.values_list("pk", "title", "nodes", "standard", "note", "owners"))


@pytest.mark.parametrize(
    ("do", "value"),
    [("state", "doing"), ("shift", "2"), ("owner", ""), ("goal", ""), ("remove", "")],
)
def test_three_hundred_chosen_lines_change_in_a_handful(
    do: str,
    value: str,
    client: Client,
    three_hundred: list[Task],
    articles: Goal,
    alice: Member,
    django_assert_max_num_queries: Any,
) -> None:
    wanted = {"owner": str(alice.pk), "goal": str(articles.pk)}.get(do, value)
    with django_assert_max_num_queries(55):
        answer = bulk(client, do, wanted, *three_hundred)
    assert "300 项任务" in text(answer)
    with django_assert_max_num_queries(60):
        back = {**undo_of(answer), "on": "list"}
        assert "已撤销" in text(client.post(f"{PLAN}put-back/", back, headers=HTMX))


@pytest.mark.parametrize("field", ["after", "reviewers", "nonsense"])
def test_an_undo_of_what_no_block_changes_is_refused(
    field: str, client: Client, livestreams: Task
) -> None:
    done = json.dumps({"changes": [[livestreams.pk, field, "1", ""]], "added": [], "removed": []})
    answer = client.post(f"{PLAN}put-back/", {"done": done}, headers=HTMX)
    assert (answer.status_code, Entry.objects.exists()) == (422, False)
