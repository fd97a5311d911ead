"""Reading a page as its readers do."""

from __future__ import annotations

import re

from django.test import Client

NO_NUMBER = re.compile(r"\bNaN\b|nan%|>None<|Infinity")
TOKEN = re.compile(r"[A-Za-z0-9]{64}")  # drawn by lot: it may spell anything


def page_of(client: Client, address: str, *, status: int = 200) -> str:
    """The page, on which no number came out as something else."""
    answer = client.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    assert not NO_NUMBER.search(TOKEN.sub("", page))
    return page
