"""Whether a question may be asked: what must not be added is refused, with what to ask instead."""

from __future__ import annotations

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Grain, Kind, Metric
from yunce.engines.metrics.errors import MetricsError, NotAdditiveError, QueryError
from yunce.engines.metrics.query import POST_WORDS, TIME_WORDS, MetricQuery
from yunce.kit.wording import gettext as _


def check(query: MetricQuery, catalogue: Catalogue) -> None:
    """Raise UnknownMetricError, NotAdditiveError or QueryError; else the question is fine."""
    _check_segments(query)
    for code in query.metrics:
        _check_metric(query, code, catalogue)


def refused(query: MetricQuery, catalogue: Catalogue) -> dict[str, MetricsError]:
    """The asked metrics that spoil the question, each with why; the others may be asked."""
    _check_segments(query)
    found: dict[str, MetricsError] = {}
    for code in query.metrics:
        try:
            _check_metric(query, code, catalogue)
        except MetricsError as error:
            found[code] = error
    return found


def _check_metric(query: MetricQuery, code: str, catalogue: Catalogue) -> None:
    _check_period(query, code, catalogue)
    _check_account(query, code, catalogue)
    for base in sorted(catalogue.base_codes(code)):
        _check_post(query, catalogue[base])
        _check_people(query, catalogue[base], catalogue[code])


def _check_segments(query: MetricQuery) -> None:
    segments = {str(segment) for segment in query.where.get("segment", ())}
    families = {segment.partition("=")[0] for segment in segments}
    if "segment" not in query.by and len(families) > 1:
        raise NotAdditiveError(
            _(
                "「%(segments)s」不是同一种细分（或者一个是整体），相加会重复计算。请按细分（segment）分组，或只选一种。"
            )
            % {"segments": "、".join(segment or _("整体") for segment in sorted(segments))}
        )


def _check_post(query: MetricQuery, base: Metric) -> None:
    words = {*query.by, *query.where} - {*query.attributes}
    asked_by_post = not words.isdisjoint(("post", *POST_WORDS))
    if asked_by_post and base.grain is Grain.ACCOUNT:
        raise QueryError(
            _("「%(name)s」只有账号的数据，不能按内容（post）查看。请改用单篇内容的指标。")
            % {"name": base.name}
        )


def _check_period(query: MetricQuery, code: str, catalogue: Catalogue) -> None:
    words = [word for word in (*query.by, *query.where) if word in (*TIME_WORDS, "age")]
    if not catalogue.is_of_period(code) or {*words} <= {*query.attributes}:
        return
    raise QueryError(
        _(
            "「%(name)s」是对一整段时间算的，不能再按「%(word)s」拆开或筛选。请给每一段时间各问一次。"
        )
        % {"name": catalogue[code].name, "word": words[0]}
    )


def _check_account(query: MetricQuery, code: str, catalogue: Catalogue) -> None:
    if not catalogue.is_per_account(code) or _is_single(query, "account"):
        return
    raise NotAdditiveError(
        _(
            "「%(name)s」是一个账号的指数，几个账号的不能相加，也不能平均。请按账号（account）分组，或只选一个账号。"
        )
        % {"name": catalogue[code].name}
    )


def _check_people(query: MetricQuery, base: Metric, asked: Metric) -> None:
    if base.kind is not Kind.DISTINCT or _is_as_reported(query, base):
        return
    if base.grain is Grain.POST and base.is_daily:
        instead = _("请同时按内容（post）和天（day）分组，或只选一篇内容的一天")
    elif base.grain is Grain.POST:
        instead = _("请按内容（post）分组，或只选一篇内容")
    else:
        instead = _("请同时按账号（account）和天（day）分组，或只选一个账号的一天")
    name = base.name if base is asked else f"{asked.name}（{base.name}）"
    raise NotAdditiveError(
        _(
            "「%(name)s」按人去重，把几个账号或几天相加会把同一个人算多次。%(instead)s，或改用按次数计的指标。"
        )
        % {"name": name, "instead": instead}
    )


def _is_as_reported(query: MetricQuery, base: Metric) -> bool:
    """Every group holds one account's (or post's) one number."""
    if not _is_single(query, "segment", default=True):
        return False
    is_one_day = "day" in query.by or query.start == query.end
    if base.grain is Grain.POST:
        return _is_single(query, "post") and (is_one_day or not base.is_daily)
    return _is_single(query, "account") and is_one_day


def _is_single(query: MetricQuery, word: str, *, default: bool = False) -> bool:
    if word in query.by:
        return True
    return len(set(query.where[word])) == 1 if word in query.where else default
