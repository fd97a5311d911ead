"""What the scheduler found: where jobs go, how good that is, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yunce.engines.scheduling.problem import Placement


class Status(StrEnum):
    """How the search ended."""

    PROVEN = "proven"  # nothing better exists
    GOOD = "good"  # everything fits; how far from the best possible at most: ``gap``
    CLASH = "clash"  # not everything fits; ``clashes`` and ``reliefs`` say why and the way out


class ReliefKind(StrEnum):
    """A way to make room."""

    LATER = "later"  # let a job end after its latest day
    OUT = "out"  # leave a job out of this month


@dataclass(frozen=True)
class Relief:
    """One thing to give up so that the rest fits."""

    kind: ReliefKind
    job: int
    until: date | None = None  # of LATER: the day it would then end


@dataclass(frozen=True)
class Clash:
    """Why things do not fit, as a sentence with the jobs and days it is about."""

    sentence: str
    jobs: tuple[int, ...]


@dataclass(frozen=True)
class Solution:
    """Jobs the scheduler placed; those placed by hand are not repeated here."""

    status: Status
    placements: Mapping[int, Placement]
    buffer: float  # share of every day that was kept free
    gap: float  # 0 = proven best; 0.05 = at most 5 % from it
    seconds: float
    first_seconds: float  # when the first full schedule was there
    clashes: tuple[Clash, ...] = ()
    reliefs: tuple[Relief, ...] = ()

    @property
    def fits(self) -> bool:
        return self.status is not Status.CLASH
