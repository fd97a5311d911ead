"""Codes and names are unique and well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yunce.engines.metrics.loading import Entry
from yunce.kit.wording import gettext as _

_CODE = re.compile(r"[a-z][a-z0-9_]{0,62}")


def check(entries: Sequence[Entry]) -> Iterator[str]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        metric, place = entry.metric, entry.place
        if not _CODE.fullmatch(metric.code):
            yield _("%(place)s 代码「%(code)s」只能用小写字母、数字和下划线") % {
                "place": place,
                "code": metric.code,
            }
        for word in {metric.code, metric.name, metric.name_en}:
            if word in seen:
                first = seen[word].place
                yield _("%(place)s 「%(word)s」已在 %(first)s 用过") % {
                    "place": place,
                    "word": word,
                    "first": first,
                }
            seen.setdefault(word, entry)
