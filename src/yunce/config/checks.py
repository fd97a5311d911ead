"""Bad settings are refused at start, each with an id and what to do about it."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from yunce.config.environment import Environment
from yunce.engines.metrics import STORE_SCHEMES


@register
def check_environment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    environment: Environment = settings.ENVIRONMENT
    return [
        *_check_port(environment),
        *_check_threads(environment),
        *_check_data_folder(environment),
        *_check_facts_url(environment),
        *_check_public_url(environment),
    ]


def _check_port(environment: Environment) -> list[CheckMessage]:
    if environment.port.isdecimal() and 0 < int(environment.port) < 65536:
        return []
    return [
        Error(
            f"YUNCE_PORT is {environment.port!r}, which is no port.",
            hint="Set a whole number from 1 to 65535, for example YUNCE_PORT=8000.",
            id="yunce.E001",
        )
    ]


def _check_threads(environment: Environment) -> list[CheckMessage]:
    if environment.threads.isdecimal() and 1 <= int(environment.threads) <= 64:
        return []
    return [
        Error(
            f"YUNCE_THREADS is {environment.threads!r}.",
            hint="Set how many requests are answered at once: 1 to 64, for example 8.",
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
            f"YUNCE_DATA is {str(folder)!r}, and Yunce may not write there.",
            hint=f"Give this user the right to write in {str(nearest)!r} or choose another folder.",
            id="yunce.E003",
        )
    ]


def _check_facts_url(environment: Environment) -> list[CheckMessage]:
    scheme = environment.facts_url.partition("://")[0]
    if scheme in STORE_SCHEMES:
        return []
    return [
        Error(
            f"YUNCE_FACTS_URL begins with {scheme!r}, which is no fact store Yunce knows.",
            hint=f"Begin it with one of: {', '.join(f'{s}://' for s in STORE_SCHEMES)}.",
            id="yunce.E004",
        )
    ]


def _check_public_url(environment: Environment) -> list[CheckMessage]:
    url = environment.public_url
    if not url or url.startswith(("http://", "https://")):
        return []
    return [
        Error(
            f"YUNCE_URL is {url!r}, which is no web address.",
            hint="Write it with its scheme, for example https://yunce.example.cn.",
            id="yunce.E005",
        )
    ]
