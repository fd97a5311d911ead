"""From a question to one SQL statement (a SQLGlot tree; a dialect writes it out).

Every branch of the union answers some stored metrics by the rule of their kind (combining) and has
the columns ``metric, k0 … kn (the groups), value`` and then, of a short period, ``seen`` (its
covered days as bits), else ``days, newest`` (a level's value and days may then come in two rows).
Where it matters who is behind a number, the columns of telling come last. Formulas come afterwards
(answering); those whose parts are not known for the same accounts and days are asked for once more
(wholes). Statements are kept by shape: what is asked of whom and when travels beside them
(shaping).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from sqlglot import exp

from yunce.engines.metrics import telling, wholes
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.choosing import Facts
from yunce.engines.metrics.combining import Combiner
from yunce.engines.metrics.covering import counted, uncounted
from yunce.engines.metrics.dating import dated
from yunce.engines.metrics.definitions import Grain, Kind, Metric, codes_by_grain
from yunce.engines.metrics.formula import Call, Code, written
from yunce.engines.metrics.gathering import Gatherer
from yunce.engines.metrics.query import MetricQuery
from yunce.engines.metrics.shaping import Shape, shape_of
from yunce.engines.metrics.speaking import Dialect
from yunce.engines.metrics.templating import statement, tree
from yunce.engines.metrics.wholes import Parts


def compile_query(
    query: MetricQuery, catalogue: Catalogue, dialect: Dialect, *, metrics: int = 0
) -> str:
    """The statement for every stored metric the question needs, in one round trip.

    ``metrics``: of about how many the store has facts; 0 when it does not know.
    """
    return _compiled(shape_of(query), catalogue, dialect, metrics)


def compile_whole(
    query: MetricQuery, codes: tuple[str, ...], catalogue: Catalogue, dialect: Dialect
) -> str:
    """The statement that works formulas out of accounts and days that have all their parts."""
    return _compiled_whole(shape_of(query), codes, catalogue, dialect)


@lru_cache(maxsize=128)
def _compiled_whole(
    shape: Shape, codes: tuple[str, ...], catalogue: Catalogue, dialect: Dialect
) -> str:
    formulas = [
        Parts(code, [catalogue.metric(base) for base in sorted(catalogue.compared(code))])
        for code in codes
    ]
    return statement(list(wholes.branches(Facts(shape, dialect), formulas)), dialect)


@lru_cache(maxsize=512)
def _compiled(shape: Shape, catalogue: Catalogue, dialect: Dialect, metrics: int) -> str:
    """Kept for the next reader of the same page: writing it takes longer than running it."""
    needs = {need for code in shape.metrics for need in catalogue.needs(code)}
    bases = sorted(need.code for need in needs if isinstance(need, Code))
    compared = {base for code in shape.metrics for base in catalogue.compared(code)}
    told = [catalogue.metric(code) for code in (bases if shape.tells else sorted(compared))]
    facts, tells = Facts(shape, dialect), bool(told)
    combiner = Combiner(facts, metrics=metrics, tells=tells)
    branches = list(combiner.branches([catalogue.metric(code) for code in bases], catalogue))
    branches += _gathered(facts, (need for need in needs if isinstance(need, Call)), tells=tells)
    branches += _told(facts, told)
    return statement(branches, dialect)


def _gathered(facts: Facts, calls: Iterable[Call], *, tells: bool) -> list[exp.Select]:
    """A branch for each function over posts."""
    gatherer = Gatherer(
        partial(dated, facts),
        partial(tree, dialect=facts.dialect),
        facts.keys,
        facts.dialect,
        counted(facts.shape, facts.dialect, tells=tells),
    )
    of_posts = (call for call in calls if call.function.of_posts)
    return [gatherer.branch(call) for call in sorted(of_posts, key=written)]


def _told(facts: Facts, metrics: Sequence[Metric]) -> Iterable[exp.Select]:
    """A row for each of these metrics that tells who is behind it."""
    groups, columns = ["metric", *facts.keys], uncounted(facts.shape)
    for grain, codes in codes_by_grain(metrics).items():
        yield telling.told_of(
            facts.cells(codes, grain),
            groups=groups,
            unit=_told_unit(facts, grain),
            grain=grain,
            dialect=facts.dialect,
            counted=columns,
        )
    stocks = [metric for metric in metrics if metric.kind is Kind.STOCK]
    for grain, codes in ({} if facts.keying.has_times else codes_by_grain(stocks)).items():
        days = f"f.day BETWEEN CAST(:start AS DATE) - {telling.LOOKS_BACK} AND :end"
        cells = facts.cells(codes, grain, days=days)
        yield telling.gone_of(cells, groups=groups, dialect=facts.dialect, counted=columns)


def _told_unit(facts: Facts, grain: Grain) -> list[str]:
    is_of_account = grain is Grain.ANY and not facts.keying.is_by_post
    return facts.keying.unit(Grain.ACCOUNT if is_of_account else grain)
