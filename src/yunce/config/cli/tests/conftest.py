"""A way to run commands inside the test, against the test's own database and store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from yunce.config.cli import _routing, main


@pytest.fixture
def yunce(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`yunce("query", "reads", …)` runs the command here; there is no server and no start-up."""
    monkeypatch.setattr(_routing, "_start_here", lambda *, may_create: None)
    return lambda *arguments: CliRunner().invoke(main, [str(word) for word in arguments])
