"""Whether a store holds our own facts: nobody else's may be overwritten unasked.

Batch numbers alone cannot tell: every installation counts from one. So a copy leaves our mark in
its target first, and the mark is made of the folder's key, which no backup carries: a folder
restored elsewhere goes its own way and is somebody else. Numbers tell the rest. What the target
has and the source has not is a copy's to clear away when it was undone here or went with its team.
When it counts here, or was never given out here (this folder was restored to an earlier day), the
target is the only place that has it.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.crypto import salted_hmac

from yunce.engines.metrics import FactStore
from yunce.ground.facts.queries import numbers_not_taken_back
from yunce.kit.wording import few
from yunce.kit.wording import gettext as _


def our_mark() -> str:
    return salted_hmac("yunce.config.keeping", "facts", algorithm="sha256").hexdigest()[:32]


def objection(source: FactStore, target: FactStore) -> str | None:
    """Why copying would lose something the target holds; None when it would not."""
    there = target.batches()
    if there and target.owner() != our_mark():
        return _("里面已有 %(count)s 次导入的数，不是从这里复制过去的") % {"count": len(there)}
    only_there = numbers_not_taken_back(there - source.batches())
    if only_there:
        values = {"count": len(only_there), "numbers": listed(only_there)}
        return _("里面有 %(count)s 次导入（%(numbers)s）的数，现在的事实库里没有") % values
    return None


def listed(numbers: Collection[int]) -> str:
    return few([f"#{number}" for number in sorted(numbers)])
