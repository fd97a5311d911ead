"""Whatever is written in the journal can be read in words."""

from __future__ import annotations

from yunce.config.floors import GROUND, LOOP
from yunce.ground.journal.words import APPS, SOMETHING, words_for


def test_every_app_that_writes_has_words() -> None:
    writing = {*GROUND, *LOOP} - {"journal"}
    assert writing <= set(APPS)


def test_a_verb_of_a_known_app_never_reads_as_something() -> None:
    assert words_for("plans.not_yet_named") != str(SOMETHING)
