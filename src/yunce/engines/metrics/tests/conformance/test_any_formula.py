"""Whatever formula may be kept is worked out by the stores as plain Python does."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from yunce.engines.metrics import (
    Catalogue,
    FactRow,
    FactStore,
    MetricQuery,
    Proposal,
    catalogue,
    problems_of,
    proposed,
)
from yunce.engines.metrics.loading import Entry, Place
from yunce.engines.metrics.tests.conformance.plain_formulas import World, Written, formulas, joined
from yunce.engines.metrics.tests.test_proposing import PER_READ
from yunce.kit.numbers import Unit

START, END = date(2025, 5, 1), date(2025, 5, 31)
DAYS = FIRST, LAST = date(2025, 5, 3), date(2025, 5, 5)
PUBLISHED = "2025-05-02"
POSTS = {1: 7, 2: 8}  # of the two accounts
FLOWS, POST_CODES = ("likes", "reads", "gmv", "cost"), ("post_views", "post_likes")
STATED = (*FLOWS, "total_followers", "finish_rate")
KEYS = (
    *((code, account, 0, day) for code in STATED for account in POSTS for day in DAYS),
    *((code, *pair, day) for code in POST_CODES for pair in POSTS.items() for day in DAYS),
)
# The few metrics that are named, for every formula is judged beside all there are.
KNOWN = Catalogue(
    Entry(catalogue()[code], Place(code, 1)) for code in (*STATED, *POST_CODES, "roi")
)
FORMULAS = formulas((*STATED, "roi"), POST_CODES)
# So that sums and quotients are exact, in whichever order a store adds.
VALUES = st.sampled_from([0.0, 1.0, 2.0, 8.0, 0.25, 4096.0])
UNITS = (Unit.SCORE, Unit.COUNT)  # a function of posts alone keeps the unit of what it is given
EXAMPLES = {"duckdb": 9, "postgresql": 5}
MORE = os.environ.get("YUNCE_SEQUENCES")  # for every store
Facts = Mapping[tuple[str, int, int, date], float]  # by KEYS


def world(facts: Facts) -> World:
    def total(code: str, *days: date) -> float:
        return math.fsum(facts[key] for key in KEYS if key[0] == code and key[3] in days)

    def posts(day: date) -> list[dict[str, float]]:
        return [{code: facts[code, *pair, day] for code in POST_CODES} for pair in POSTS.items()]

    weights = total("reads", *DAYS)
    weighed = [
        facts["finish_rate", account, 0, day] * facts["reads", account, 0, day]
        for account in POSTS
        for day in DAYS
    ]
    values: dict[str, float | None] = {code: total(code, *DAYS) for code in FLOWS}
    values |= {code: total(code, LAST) for code in ("total_followers", *POST_CODES)}
    values["finish_rate"] = math.fsum(weighed) / weights if weights else None
    values["roi"] = joined("/", values["gmv"], values["cost"])
    return World(values, posts(FIRST), posts(LAST), days=31)


def accepted(written: Sequence[Written]) -> dict[Proposal, Written]:
    """Those the form takes, with codes of their own."""
    found = {}
    for n, each in enumerate(written):
        for unit in UNITS:
            proposal = replace(
                PER_READ, code=f"any_{n}", name=f"任意{n}", formula=each.text, unit=unit
            )
            if not problems_of(proposal, KNOWN):
                found[proposal] = each
                break
    return found


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


@pytest.mark.parametrize("kind", ["duckdb", "postgresql"], scope="module")
def test_any_formula_that_may_be_kept_gives_what_python_does(store: FactStore, kind: str) -> None:
    teams, known = count(1), set[str]()

    # Without shrinking, for every question is a journey: a case that fails is long.
    @settings(
        max_examples=int(MORE or EXAMPLES[kind]),
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
    @given(st.lists(FORMULAS, min_size=8, max_size=8), st.tuples(*[VALUES] * len(KEYS)))
    def gives_the_same(written: list[Written], told: tuple[float, ...]) -> None:
        team, facts = next(teams), dict(zip(KEYS, told, strict=True))
        numbers = {account: 100 * team + post for account, post in POSTS.items()}
        store.remember_posts(team, {n: {"published": PUBLISHED} for n in numbers.values()})
        rows = [
            FactRow(team, account, numbers[account] if post else 0, code, day, "", value)
            for (code, account, post, day), value in facts.items()
        ]
        store.write(team, rows)
        proposals = accepted(written)
        metrics = [proposed(each, KNOWN) for each in proposals]
        codes = tuple(each.code for each in metrics)
        query = MetricQuery(team, ("likes", *codes), START, END)
        answer = store.answer(query, KNOWN.extended(metrics))
        for proposal, each in proposals.items():
            wanted = each.work_out(world(facts))
            assert same(answer.value(proposal.code), wanted), each.text
            known.update([each.text] if wanted is not None else [])

    gives_the_same()
    assert len(known) >= EXAMPLES[kind]
