"""Upgrade steps of a database: those a newer program made are told from our own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from yunce.config.keeping.steps import listed, unknown_steps

pytestmark = pytest.mark.django_db


def test_our_own_steps_are_known() -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    assert unknown_steps(MigrationLoader(connection).applied_migrations) == []


def test_a_later_step_and_a_later_app_are_not() -> None:
    had = [("facts", "0001_the_facts_tables"), ("later", "0001_initial"), ("facts", "9999_later")]
    assert unknown_steps(had) == [("facts", "9999_later"), ("later", "0001_initial")]


def test_a_squashed_step_is_known_by_what_replaced_it() -> None:
    squashed = SimpleNamespace(replaces=[("facts", "0001_initial"), ("facts", "0002_second")])
    loader: Any = SimpleNamespace(disk_migrations={("facts", "0001_squashed_0002"): squashed})
    had = [("facts", "0001_initial"), ("facts", "0002_second"), ("facts", "0003_third")]
    assert unknown_steps(had, loader=loader) == [("facts", "0003_third")]


def test_a_sentence_names_three_at_most() -> None:
    steps = [("facts", f"000{number}") for number in range(1, 5)]
    assert listed(steps[:3]) == "facts.0001、facts.0002、facts.0003"
    assert listed(steps) == "facts.0001、facts.0002、facts.0003 等"
