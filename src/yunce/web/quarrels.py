"""Two people changed the same thing: both values, whose and when; one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Quarrel:
    """What stands there by now and what this person wanted (`components/_quarrel.html`).

    Posting ``fields`` to ``url`` writes this person's after all; opening ``keep`` leaves theirs.
    """

    what: str  # 每场
    theirs: str
    mine: str
    who: str = ""  # empty: the journal does not say
    at: datetime | None = None
    url: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    keep: str = ""
