"""What can be wrong with a definition, a question or a store; messages are for people."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from yunce.kit.wording import gettext as _


class MetricsError(Exception):
    """The family; ``str(error)`` is a sentence that may be shown as it is."""


class DefinitionError(MetricsError):
    """The catalogue's YAML is wrong; the message lists every issue with file and line."""


class FormulaError(MetricsError):
    """A formula cannot be read."""


class UnknownMetricError(MetricsError, LookupError):
    """No metric has this code."""

    def __init__(self, code: str, known: Iterable[str]) -> None:
        self.code = code
        super().__init__(
            _("没有代码为「%(code)s」的指标。%(near)s")
            % {"code": code, "near": did_you_mean(code, known)}
        )


class UnknownVersionError(MetricsError, LookupError):
    """A metric has no such version: another, newer program counted by it."""

    def __init__(self, code: str, version: int) -> None:
        self.code, self.version = code, version
        super().__init__(
            _("指标「%(code)s」没有第 %(version)d 版：多半是更新的程序写下的。请升级程序再看。")
            % {"code": code, "version": version}
        )


class QueryError(MetricsError):
    """The question itself cannot be asked (unknown grouping, days the wrong way round …)."""


class NotAdditiveError(QueryError):
    """Adding these up would give a wrong number: people twice, a whole plus its parts."""


class BadFactError(MetricsError, ValueError):
    """A row that can be no fact: infinite, not a number, without a metric."""


class StoreError(MetricsError):
    """The store cannot be opened or used."""


class StoreUrlError(StoreError):
    """The address of the store is not understood."""


class StoreBusyError(StoreError):
    """Another process has the fact file open; it can be opened once that process is gone."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A closing sentence with the nearest known words, or nothing.

    >>> did_you_mean("like", ["likes", "reads"])
    '是否想写：likes？'
    """
    near = get_close_matches(word, sorted(known), n=3, cutoff=0.75)
    return _("是否想写：%(words)s？") % {"words": "、".join(near)} if near else ""
