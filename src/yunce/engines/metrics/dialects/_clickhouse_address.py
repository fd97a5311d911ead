"""A ClickHouse store's address, read into what its client wants."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yunce.engines.metrics.errors import StoreUrlError
from yunce.kit.wording import gettext as _

OPTIONS = {"secure"}


def address_of(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    database = unquote(parts.path.removeprefix("/"))
    if not parts.hostname or not database or options.keys() - OPTIONS:
        raise StoreUrlError(
            _(
                "事实库地址「%(url)s」看不懂：应写成 clickhouse://用户:密码@主机:8123/库名，"
                "加密连接再加 ?secure=true。"
            )
            % {"url": url}
        )
    secure = options.get("secure") == "true"
    return {
        "host": parts.hostname,
        "port": parts.port or (8443 if secure else 8123),
        "username": unquote(parts.username or "default"),
        "password": unquote(parts.password or ""),
        "database": database,
        "secure": secure,
    }
