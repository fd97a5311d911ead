"""What commands do: one module each, `work(params) -> JSON-able result`.

The same function runs inside the command or inside the server, which owns the facts; so params
and results are plain JSON, and what goes wrong is a WorkError with a sentence.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from yunce.config.failures import WorkError
from yunce.config.work._explaining import explained
from yunce.kit.wording import gettext as _


@cache
def names() -> frozenset[str]:
    """Every work there is; the folder is the list."""
    modules = (module.name for module in iter_modules(__path__))
    return frozenset(name for name in modules if not name.startswith("_") and name != "tests")


def perform(name: str, params: dict[str, Any]) -> Any:
    """Do one piece of work; anything a person can put right comes out as a WorkError."""
    if name not in names():
        raise WorkError(_("没有「%(name)s」这项工作。") % {"name": name})
    module = import_module(f"{__name__}.{name}")
    try:
        return module.work(params)
    except WorkError:
        raise
    except Exception as error:
        sentence = explained(error)
        if sentence is None:
            raise
        raise WorkError(sentence) from error
