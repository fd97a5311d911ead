"""One file per kind of store, named by its URL scheme, with ``open_store(url)``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from yunce.engines.metrics.errors import StoreError
from yunce.kit.wording import gettext as _


def library(name: str, scheme: str) -> Any:
    """A server's client library, which only those who use such a server install."""
    try:
        return import_module(name)
    except ImportError as error:
        words = {"scheme": scheme, "library": name.partition(".")[0].replace("_", "-")}
        raise StoreError(
            _(
                "事实库 %(scheme)s:// 需要程序库 %(library)s，还没有安装。"
                "请运行 pip install --require-hashes -r requirements/stores.txt 后再试。"
            )
            % words
        ) from error
