"""Schedules keep every rule, put important things first, and say why when nothing fits."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from yunce.engines.scheduling import (
    Job,
    Person,
    Placement,
    Problem,
    ReliefKind,
    ScheduleError,
    Solution,
    Status,
    solve,
)
from yunce.engines.scheduling.tests.checking import faults

MONDAY = date(2025, 5, 12)
WEEK = [MONDAY + timedelta(days=n) for n in range(5)]
DAY = 480
ANN = Person(1, "安", dict.fromkeys(WEEK, DAY), frozenset({"文案"}))
BEN = Person(2, "本", dict.fromkeys(WEEK, DAY), frozenset({"设计"}))


def problem(*jobs: Job, people: tuple[Person, ...] = (ANN, BEN)) -> Problem:
    return Problem(people, jobs, WEEK[0], WEEK[-1])


def solved(asked: Problem) -> Solution:
    found = solve(asked, seconds=5, workers=1)
    assert not faults(asked, found.placements, buffer=found.buffer) or not found.fits
    return found


def test_a_job_goes_on_its_first_days() -> None:
    found = solved(problem(Job(1, "写稿", 480, (1,))))
    assert found.placements == {1: Placement((1,), WEEK[0], WEEK[2])}  # 200 minutes a day at most
    assert (found.status, found.buffer) == (Status.PROVEN, 0.15)


def test_the_important_one_of_two_goes_first() -> None:
    low, high = (
        Job(1, "整理", 400, (1,), days=1, importance=1),
        Job(2, "首发", 400, (1,), days=1, importance=5),
    )
    found = solved(problem(low, high))
    assert (found.placements[2].last, found.placements[1].last) == (WEEK[0], WEEK[1])


def test_a_job_waits_for_what_comes_before_it() -> None:
    shoot, cut = Job(1, "拍摄", 200, (1,)), Job(2, "剪辑", 200, (2,), after=(1,))
    found = solved(problem(cut, shoot))
    assert (found.placements[1].last, found.placements[2].first) == (WEEK[0], WEEK[1])


def test_a_role_is_filled_by_whoever_has_room() -> None:
    jobs = [Job(n, f"文案 {n}", 400, role="文案", days=1) for n in (1, 2)]
    other = replace(ANN, key=3, name="成")
    found = solved(problem(*jobs, people=(ANN, BEN, other)))
    assert {place.people for place in found.placements.values()} == {(1,), (3,)}


def test_nobody_works_on_a_day_off() -> None:
    away = replace(ANN, minutes={**ANN.minutes, WEEK[0]: 0})
    found = solved(problem(Job(1, "写稿", 200, (1,)), people=(away, BEN)))
    assert found.placements[1].first == WEEK[1]


def test_a_rest_day_for_all_is_stepped_over() -> None:
    days = {day: DAY for day in WEEK if day != WEEK[1]}
    both = (replace(ANN, minutes=days), replace(BEN, minutes=days))
    found = solved(problem(Job(1, "写稿", 400, (1,)), people=both))
    assert found.placements[1] == Placement((1,), WEEK[0], WEEK[2])


def test_what_people_placed_by_hand_stays_and_takes_its_time() -> None:
    by_hand = Job(1, "直播", 400, (1,), placed=Placement((1,), WEEK[0], WEEK[0]))
    found = solved(problem(by_hand, Job(2, "写稿", 200, (1,))))
    assert found.placements == {2: Placement((1,), WEEK[1], WEEK[1])}


def test_when_fifteen_per_cent_do_not_fit_ten_are_kept() -> None:
    jobs = [Job(n, f"事 {n}", 430, (1,), days=1, latest=WEEK[-1]) for n in range(5)]
    found = solved(problem(*jobs))  # 480 × 0.85 = 408 < 430 ≤ 432 = 480 × 0.9
    assert (found.fits, found.buffer) == (True, 0.10)


def test_too_much_work_is_explained_with_the_cheapest_way_out() -> None:
    jobs = [Job(n, f"事 {n}", 400, (1,), days=1, importance=n, latest=WEEK[1]) for n in (1, 2, 3)]
    found = solved(problem(*jobs))
    assert found.status is Status.CLASH
    assert (
        found.clashes[0].sentence
        == "安 在 5/12–5/13 有 3 件必须做完的事，共 20 小时，只有 14.4 小时可排。"
    )
    assert [(r.kind, r.job, r.until) for r in found.reliefs] == [(ReliefKind.LATER, 1, WEEK[2])]


def test_what_does_not_fit_the_month_at_all_is_left_out() -> None:
    jobs = [Job(n, f"事 {n}", 400, (1,), days=1, importance=1 if n else 5) for n in range(6)]
    found = solved(problem(*jobs))
    assert [relief.kind for relief in found.reliefs] == [ReliefKind.OUT]
    assert found.reliefs[0].job != 0


def test_a_chain_longer_than_its_window_names_what_it_waits_for() -> None:
    shoot = Job(1, "拍摄", 960, (1,))
    cut = Job(2, "剪辑", 480, (2,), after=(1,))
    found = solved(problem(shoot, cut))
    assert (
        "「剪辑」要 2 个工作日" in found.clashes[0].sentence
        or "「拍摄」" in found.clashes[0].sentence
    )
    assert found.reliefs


def test_a_day_longer_than_the_person_has_is_named() -> None:
    found = solved(problem(Job(1, "通宵", 900, (1,), days=1)))
    assert "「通宵」每天要 15 小时，安 一天最多能排 7.2 小时。" in found.clashes[0].sentence


@pytest.mark.parametrize(
    ("jobs", "words"),
    [
        ((Job(1, "甲", 60, (1,), after=(2,)), Job(2, "乙", 60, (1,), after=(1,))), "绕成了圈"),
        ((Job(1, "甲", 60, (9,)),), "不在团队里"),
        ((Job(1, "甲", 60, role="法务"),), "没有「法务」岗位"),
        ((Job(1, "甲", 0, (1,)),), "没有预计工时"),
        ((Job(1, "甲", 60, (1,), after=(7,)),), "前置任务不存在"),
        ((Job(1, "甲", 60, (1,), earliest=WEEK[1], latest=WEEK[0]),), "截止早于"),
        ((Job(1, "甲", 60, (1,)), Job(1, "乙", 60, (1,))), "同一个编号"),
        ((Job(1, "甲", 60, (1,), importance=9),), "1 到 5"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(jobs: tuple[Job, ...], words: str) -> None:
    with pytest.raises(ScheduleError, match=words):
        problem(*jobs)


def test_nothing_to_place_is_proven_at_once() -> None:
    assert solved(problem()).status is Status.PROVEN


def random_problem(seed: int, *, many: int, people: int, days: int) -> Problem:
    chance = random.Random(seed)  # noqa: S311 - a test's own dice
    span = [MONDAY + timedelta(days=n) for n in range(days)]
    working = [day for day in span if day.isoweekday() < 6]
    crew = tuple(
        Person(key, f"成员 {key}", dict.fromkeys(working, DAY), frozenset({f"role{key % 3}"}))
        for key in range(people)
    )
    jobs = tuple(
        Job(
            key,
            f"任务 {key}",
            chance.choice([60, 120, 240, 480, 600]),
            (chance.randrange(people),) if chance.random() < 0.7 else (),
            role=f"role{chance.randrange(3)}",
            after=(chance.randrange(key),) if key and chance.random() < 0.25 else (),
            importance=chance.randint(1, 5),
            latest=chance.choice(working[5:]) if days > 10 and chance.random() < 0.15 else None,
        )
        for key in range(many)
    )
    return Problem(crew, jobs, span[0], span[-1])


@pytest.mark.parametrize("seed", range(12))
def test_random_schedules_keep_every_rule(seed: int) -> None:
    asked = random_problem(seed, many=14, people=3, days=19)
    found = solve(asked, seconds=3, workers=1, seed=seed)
    assert found.fits == (len(found.placements) == len(asked.jobs) and not found.reliefs)
    if found.fits:
        assert faults(asked, found.placements, buffer=found.buffer) == []
    else:
        assert found.clashes
        assert found.reliefs
