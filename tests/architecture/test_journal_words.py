"""Whatever is written in the journal can be read in words."""

from __future__ import annotations

import re
from pathlib import Path

import yunce
from yunce.config.floors import GROUND, LOOP
from yunce.ground.journal.words import APPS, SOMETHING, VERBS, words_for

# The function that writes the journal has a name of its own in each app.
WRITTEN = re.compile(rf'"((?:{"|".join(APPS)})\.[a-z_]+)"')
ACTIONS = [
    path
    for path in Path(yunce.__file__).parent.rglob("*.py")
    if "actions" in (*path.parts, path.stem) and "tests" not in path.parts
]
IN_USE = {verb for path in ACTIONS for verb in WRITTEN.findall(path.read_text("utf-8"))}


def test_every_app_that_writes_has_words() -> None:
    writing = {*GROUND, *LOOP} - {"journal"}
    assert writing <= set(APPS)


def test_a_verb_of_a_known_app_never_reads_as_something() -> None:
    assert words_for("plans.not_yet_named") != str(SOMETHING)


def test_verbs_were_found() -> None:
    assert {"teams.invite", "facts.record", "goals.add_goal", "reviews.adopt"} <= IN_USE


def test_every_verb_in_use_has_words() -> None:
    assert IN_USE - set(VERBS) == set()


def test_no_words_are_kept_for_a_verb_nobody_writes() -> None:
    assert set(VERBS) - IN_USE == set()
