"""``open_store(url)``: the scheme names the file in ``dialects/`` that opens it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import cast
from urllib.parse import urlsplit

from yunce.engines.metrics import dialects
from yunce.engines.metrics.errors import StoreUrlError
from yunce.engines.metrics.stores import FactStore
from yunce.kit.wording import gettext as _

STORE_SCHEMES = tuple(
    sorted(
        module.name for module in iter_modules(dialects.__path__) if not module.name.startswith("_")
    )
)


def open_store(url: str) -> FactStore:
    """Open ``duckdb:///abs/path/facts.duckdb``, ``duckdb:///:memory:`` or a server's store."""
    scheme = urlsplit(url).scheme
    if scheme not in STORE_SCHEMES:
        raise StoreUrlError(
            _("事实库地址「%(url)s」看不懂：应以 %(known)s 开头。")
            % {"url": url, "known": "、".join(f"{name}://" for name in STORE_SCHEMES)}
        )
    module = import_module(f"{dialects.__name__}.{scheme}")
    return cast(FactStore, module.open_store(url))
