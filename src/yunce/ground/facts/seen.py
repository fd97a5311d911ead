"""What a source tells of a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yunce.ground.channels.models import Account

TITLE_LENGTH, ID_LENGTH, URL_LENGTH = 1000, 120, 1000  # as much as the ledger keeps


@dataclass(frozen=True)
class SeenPost:
    """A work an export tells of, before it has a number."""

    account: Account
    key: str
    title: str = ""
    published_at: datetime | None = None
    form: str = ""
    platform_id: str = ""
    url: str = ""
    series: str = ""  # where the source tells it; else people do
    original: bool | None = None
