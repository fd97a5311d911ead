"""What a page can do, a program can do too, or it is said why not."""

from __future__ import annotations

from tests.architecture.addresses import ADDRESSES
from tests.architecture.counterparts import APPS, COUNTERPARTS, Without
from yunce.config.api import api


def operations() -> set[str]:
    paths = api.get_openapi_schema()["paths"]
    return {operation["operationId"] for path in paths.values() for operation in path.values()}


def test_every_page_has_a_counterpart() -> None:
    pages = [name for name in ADDRESSES if name.partition(":")[0] in APPS]
    missing = [name for name in pages if name not in COUNTERPARTS]
    assert not missing, "give it an endpoint and a line in tests/architecture/counterparts.py"


def test_no_line_outlives_its_page_or_its_operation() -> None:
    assert not COUNTERPARTS.keys() - ADDRESSES.keys()
    named = {
        operation
        for counterpart in COUNTERPARTS.values()
        if not isinstance(counterpart, Without)
        for operation in counterpart
    }
    assert not named - operations()
