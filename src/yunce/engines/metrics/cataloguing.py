"""The catalogue: every defined metric by its code, loaded once from ``catalogue/*.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

from yunce.engines.metrics.definitions import Dimension, Kind, Metric
from yunce.engines.metrics.errors import DefinitionError, UnknownMetricError, UnknownVersionError
from yunce.engines.metrics.formula import Call, Code, Node, codes, is_sum, parse, parts
from yunce.engines.metrics.loading import Entry, Place, load_file
from yunce.engines.metrics.rules import issues

FOLDER = Path(__file__).parent / "catalogue"


class Catalogue(Mapping[str, Metric]):
    """Metrics by code, in the order they are written. Only sound definitions get in.

    What was kept before need not make the sense that is asked of what is newly written.
    """

    def __init__(self, entries: Iterable[Entry], *, newly_written: bool = True) -> None:
        written = list(entries)
        if wrong := issues(written, newly_written=newly_written):
            raise DefinitionError("\n".join(wrong))
        self._metrics = {entry.metric.code: entry.metric for entry in written}
        self._trees = {
            code: parse(metric.formula) for code, metric in self._metrics.items() if metric.formula
        }

    def __getitem__(self, code: str) -> Metric:
        return self._metrics[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    def __hash__(self) -> int:
        return id(self)

    def metric(self, code: str) -> Metric:
        """The definition; UnknownMetricError suggests the nearest codes."""
        if code not in self._metrics:
            raise UnknownMetricError(code, self._metrics)
        return self._metrics[code]

    def extended(self, metrics: Iterable[Metric]) -> Catalogue:
        """With these, in place of those of the same code; DefinitionError when they do not fit."""
        return _kept({**self._metrics, **{metric.code: metric for metric in metrics}}.values())

    @property
    def versions(self) -> dict[str, int]:
        """The version each metric is counted by: what a month writes down when it is closed."""
        return {code: metric.version for code, metric in self._metrics.items()}

    def on(self, day: date) -> Catalogue:
        """Every metric by the version in effect on a day."""
        return self._as({code: metric.on(day) for code, metric in self._metrics.items()})

    def at(self, versions: Mapping[str, int]) -> Catalogue:
        """Metrics by these versions, as ``versions`` once gave them.

        Codes that are no longer here are passed over; metrics made since stay as they are. A
        version nobody knows is an UnknownVersionError: counting by another would change numbers.
        """
        chosen = dict(self._metrics)
        for code in versions.keys() & chosen.keys():
            found = chosen[code].at(versions[code])
            if found is None:
                raise UnknownVersionError(code, versions[code])
            chosen[code] = found
        return self._as(chosen)

    def _as(self, metrics: Mapping[str, Metric]) -> Catalogue:
        """The very same catalogue where nothing differs: statements are kept by catalogue."""
        if all(metrics[code] is metric for code, metric in self._metrics.items()):
            return self
        return _of(tuple(metrics.values()))

    def in_dimension(self, dimension: Dimension) -> list[Metric]:
        return [metric for metric in self._metrics.values() if metric.dimension is dimension]

    def tree(self, code: str) -> Node | None:
        """The parsed formula; None for a stored metric."""
        self.metric(code)
        return self._trees.get(code)

    def base_codes(self, code: str) -> set[str]:
        """The stored metrics a code is computed from (itself when it is stored)."""
        tree = self.tree(code)
        if tree is None:
            return {code}
        return {base for part in codes(tree) for base in self.base_codes(part)}

    @cached_property
    def _naming(self) -> dict[str, list[str]]:
        """Code → the codes whose formula, or weight, names it."""
        found: dict[str, list[str]] = {}
        for code, metric in self._metrics.items():
            tree = self._trees.get(code)
            named = set(codes(tree)) if tree else set()
            for part in named | ({metric.weight} if metric.weight else set()):
                found.setdefault(part, []).append(code)
        return found

    def naming(self, code: str) -> list[Metric]:
        """The metrics whose formula, or weight, names this one."""
        return [self._metrics[other] for other in self._naming.get(code, ())]

    def resting_on(self, code: str) -> dict[str, tuple[Metric, ...]]:
        """Every other metric that changes with this one → the shortest way to it, itself last."""
        ways: dict[str, tuple[Metric, ...]] = {code: ()}
        waiting = [code]
        for near in waiting:  # grows while it is walked: the nearest come first
            for other in self.naming(near):
                if other.code not in ways:
                    ways[other.code] = (*ways[near], other)
                    waiting.append(other.code)
        del ways[code]
        return ways

    def needs(self, code: str) -> frozenset[Code | Call]:
        """What a store has to answer: stored metrics, and calls over posts."""
        tree = self.tree(code)
        if tree is None:
            return frozenset({Code(code)})
        found: set[Code | Call] = set()
        for part in parts(tree):
            found |= self.needs(part.code) if isinstance(part, Code) else {part}
        return frozenset(found)

    def compared(self, code: str) -> frozenset[str]:
        """The stored metrics of a formula that must be known for the same accounts and days.

        None of a formula that looks at a period or its posts as a whole, or holds means, or is an
        index of an account. Bookings count as they are: of whom none are known there were none.
        """
        bases = {base for base in self.base_codes(code) if not self[base].is_booked}
        if len(bases) < 2 or self.is_of_period(code) or self.is_per_account(code):
            return frozenset()
        has_means = any(self[base].kind is Kind.MEAN for base in bases)
        return frozenset() if has_means else frozenset(bases)

    def is_sum(self, code: str) -> bool:
        """Its parts are only added, so what is known of them is a part of the whole."""
        tree = self.tree(code)
        return tree is None or is_sum(tree, self.is_sum)

    def is_of_period(self, code: str) -> bool:
        """It looks at a period as a whole and has no value of its single days."""
        return any(isinstance(part, Call) for part in self.needs(code))

    def is_per_account(self, code: str) -> bool:
        """It is said of one account; several have no such number together."""
        tree = self.tree(code)
        of_parts = codes(tree) if tree else frozenset()
        return self[code].per_account or any(self.is_per_account(part) for part in of_parts)

    def has_total(self, code: str) -> bool:
        """A team has one such number for a period (people cannot be added up, indices neither)."""
        kinds = {self[base].kind for base in self.base_codes(code)}
        return Kind.DISTINCT not in kinds and not self.is_per_account(code)


@lru_cache(maxsize=64)
def _of(metrics: tuple[Metric, ...]) -> Catalogue:
    return _kept(metrics)


def _kept(metrics: Iterable[Metric]) -> Catalogue:
    entries = (Entry(metric, Place(metric.code, 1)) for metric in metrics)
    return Catalogue(entries, newly_written=False)


@cache
def catalogue() -> Catalogue:
    """The built-in catalogue."""
    return Catalogue(entry for path in sorted(FOLDER.glob("*.yaml")) for entry in load_file(path))
