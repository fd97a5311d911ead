"""Groups differ when they do, and are called equal when chance explains it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from yunce.engines.explain import GroupEffects, Status, group_effects

Floats = NDArray[np.float64]


def drawn(
    luck: np.random.Generator, effects: Floats, posts: int
) -> tuple[Floats, NDArray[np.str_]]:
    which = luck.integers(0, len(effects), posts)
    noise = luck.standard_t(4, posts) * 0.8  # heavier than a bell: now and then one goes viral
    return effects[which] + noise, which.astype(str)


def test_one_better_form_is_found_and_drawn_in() -> None:
    x, groups = drawn(np.random.default_rng(1), np.array([0.0, 0.0, 0.9]), 300)
    found = group_effects(x, list(groups))
    claim = found.claim
    assert claim is not None and claim.group == "2"
    assert 0 < claim.lo < claim.effect < claim.hi
    assert not found.are_equal


def test_equal_groups_are_mostly_called_equal() -> None:
    luck = np.random.default_rng(2)
    calls = [
        group_effects(x, list(groups)).are_equal
        for x, groups in (drawn(luck, np.zeros(6), 120) for _time in range(300))
    ]
    assert np.mean(calls) > 0.85


@pytest.mark.parametrize("slots", [44, 168])
def test_thin_slots_that_are_equal_are_called_equal(slots: int) -> None:
    """A post or two in each: their Q is no χ², as posts go viral now and then."""
    luck = np.random.default_rng(4)
    calls = [
        group_effects(x, list(groups)).are_equal
        for x, groups in (drawn(luck, np.zeros(slots), 100) for _time in range(200))
    ]
    assert np.mean(calls) > 0.83


def test_groups_too_small_are_left_out() -> None:
    x = [0.1 * (n % 5) for n in range(30)] + [9.0, 9.0]
    found = group_effects(x, ["a", "b"] * 15 + ["c", "c"], min_groups=2, least_each=3)
    assert {each.group for each in found.groups} == {"a", "b"}
    assert found.of("c") == found.mean


def test_the_claim_for_a_selected_best_is_not_too_much() -> None:
    luck = np.random.default_rng(3)
    kept = []
    for _time in range(300):
        effects = luck.normal(0, 0.2, 8)
        x, groups = drawn(luck, effects, 160)
        claim = group_effects(x, list(groups)).claim
        if claim:
            kept.append(np.log1p(claim.lo) <= effects[int(claim.group)])
    assert np.mean(kept) > 0.9


@pytest.mark.parametrize("groups", [2, 3, 7, 44, 168])
@pytest.mark.parametrize("spread", [0.0, 0.15, 0.3])
def test_held_out_posts_are_foretold_as_well_as_by_the_accounts_mean(
    groups: int, spread: float
) -> None:
    luck = np.random.default_rng(groups)
    ours, plain = [], []
    for _time in range(60):
        effects = luck.normal(0, spread, groups)
        x, names = drawn(luck, effects, 200)
        found = group_effects(x[:100], list(names[:100]), min_groups=2)
        guess = np.array([_guess(found, name, x[:100]) for name in names[100:]])
        ours.append(((x[100:] - guess) ** 2).mean())
        plain.append(((x[100:] - x[:100].mean()) ** 2).mean())
    assert np.mean(ours) / np.mean(plain) <= 1.01


def _guess(found: GroupEffects, name: str, x: Floats) -> float:
    return found.of(name) if found.groups else float(x.mean())


def test_too_few_posts_or_groups_are_refused() -> None:
    assert group_effects([1.0] * 30, ["a", "b"] * 15).status is Status.INSUFFICIENT
    assert "太少" in group_effects([1.0] * 5, list("abcde")).reason


def test_a_difference_nobody_could_notice_is_none() -> None:
    """Seen for sure, and three thousandths large."""
    x = np.tile([-0.001, 0.001], 600) + np.repeat([0.0, 0.003], 600)
    found = group_effects(x, ["a"] * 600 + ["b"] * 600, min_groups=2)
    assert found.are_equal
    assert {each.effect for each in found.groups} == {found.groups[0].effect}


def test_posts_all_alike_are_no_difference() -> None:
    assert group_effects([0.5] * 30, list("abc") * 10).are_equal
