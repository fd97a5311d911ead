"""Bad settings are refused at start, each with an id and what to do about it."""

from __future__ import annotations

import os
from datetime import time
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

from yunce.config.environment import Environment
from yunce.engines.metrics import STORE_SCHEMES

ENVIRONMENT = "environment"  # the tag of what a person may have set wrong


@register(ENVIRONMENT)
def check_environment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    environment: Environment = settings.ENVIRONMENT
    return [
        *_check_port(environment),
        *_check_threads(environment),
        *_check_data_folder(environment),
        *_check_facts_url(environment),
        *_check_public_url(environment),
        *_check_inbox(environment),
        *_check_daily_check(environment),
    ]


def _check_port(environment: Environment) -> list[CheckMessage]:
    if environment.port.isdecimal() and 0 < int(environment.port) < 65536:
        return []
    return [
        Error(
            _("YUNCE_PORT 是「%(port)s」，这不是端口号。") % {"port": environment.port},
            hint=_("请写 1 到 65535 的整数，例如 YUNCE_PORT=8000。"),
            id="yunce.E001",
        )
    ]


def _check_threads(environment: Environment) -> list[CheckMessage]:
    if environment.threads.isdecimal() and 1 <= int(environment.threads) <= 64:
        return []
    return [
        Error(
            _("YUNCE_THREADS 是「%(threads)s」，不能用。") % {"threads": environment.threads},
            hint=_("请写同时应答多少个请求：1 到 64 的整数，例如 YUNCE_THREADS=8。"),
            id="yunce.E002",
        )
    ]


def _check_data_folder(environment: Environment) -> list[CheckMessage]:
    folder = environment.data
    nearest = next(p for p in (folder, *folder.parents) if p.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return []
    return [
        Error(
            _("YUNCE_DATA 是「%(folder)s」，运策不能往那里写。") % {"folder": folder},
            hint=_("请让当前用户能写「%(nearest)s」，或换一个文件夹。") % {"nearest": nearest},
            id="yunce.E003",
        )
    ]


def _check_facts_url(environment: Environment) -> list[CheckMessage]:
    scheme = environment.facts_url.partition("://")[0]
    if scheme in STORE_SCHEMES:
        return []
    return [
        Error(
            _("YUNCE_FACTS_URL 以「%(scheme)s」开头，运策不认识这种数据存储。")
            % {"scheme": scheme},
            hint=_("请用其中一种开头：%(schemes)s。")
            % {"schemes": "、".join(f"{known}://" for known in STORE_SCHEMES)},
            id="yunce.E004",
        )
    ]


def _check_public_url(environment: Environment) -> list[CheckMessage]:
    url = environment.public_url
    if not url or url.startswith(("http://", "https://")):
        return []
    return [
        Error(
            _("YUNCE_URL 是「%(url)s」，这不是网址。") % {"url": url},
            hint=_("请带上 http:// 或 https://，例如 https://yunce.example.cn。"),
            id="yunce.E005",
        )
    ]


def _check_inbox(environment: Environment) -> list[CheckMessage]:
    if not environment.inbox_settle.isdecimal() or int(environment.inbox_settle) > 3600:
        return [
            Error(
                _("YUNCE_INBOX_SETTLE 是「%(text)s」，不能用。")
                % {"text": environment.inbox_settle},
                hint=_("请写文件多少秒不再变化才导入：0 到 3600 的整数，例如 10。"),
                id="yunce.E006",
            )
        ]
    folder = environment.inbox
    if folder is None or (folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)):
        return []
    return [
        Error(
            _("YUNCE_INBOX 是「%(folder)s」，运策不能在那里读写。") % {"folder": folder},
            hint=_("请先建好这个文件夹，让当前用户能读能写；不用就别设 YUNCE_INBOX。"),
            id="yunce.E007",
        )
    ]


def _check_daily_check(environment: Environment) -> list[CheckMessage]:
    try:
        time.fromisoformat(environment.daily_check)
    except ValueError:
        return [
            Error(
                _("YUNCE_DAILY_CHECK 是「%(text)s」，这不是钟点。")
                % {"text": environment.daily_check},
                hint=_("请写几点几分，例如 YUNCE_DAILY_CHECK=10:00。"),
                id="yunce.E008",
            )
        ]
    return []
