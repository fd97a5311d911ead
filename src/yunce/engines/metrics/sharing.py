"""Formulas whose parts are not known for the same accounts and days.

What is missing is not zero: such a formula is worked out over the accounts and days that have every
part. A mere sum gives what is known of it, and says what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yunce.engines.metrics import reasons
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Grain, is_last
from yunce.engines.metrics.query import AnswerRow, GroupValue
from yunce.engines.metrics.reasons import NOTHING, Base, Needed
from yunce.engines.metrics.telling import Told
from yunce.engines.metrics.wholes import ABSENT, APART, Sharing
from yunce.kit.wording import gettext as _

Group = Mapping[str, Base]


def is_uneven(code: str, bases: Sequence[str], group: Group, catalogue: Catalogue) -> bool:
    """Any two parts are known for different accounts, posts or days.

    A part nobody has makes all but a sum unknown; then there is nothing to look up.
    """
    known = [base for base in bases if base in group and group[base].days]
    if len(known) < len(bases):
        return bool(known) and catalogue.is_sum(code)
    alike: dict[tuple[str, str], int] = {}
    for base in bases:
        metric, told = catalogue[base], group[base].told
        same = {("who", ""): told.who}
        if is_last(metric):
            same["units", metric.grain] = told.units
        elif metric.grain is not Grain.ANY:
            same["told", metric.grain] = told.told
        if any(alike.setdefault(key, mark) != mark for key, mark in same.items()):
            return True
    return False


def told_together(parts: Iterable[Told]) -> Told:
    """Of a formula what its least known part has."""
    told = list(parts)
    return Told(
        accounts=min((part.accounts for part in told), default=0),
        least=min((part.least for part in told), default=0),
    )


def row(
    code: str,
    group: tuple[GroupValue, ...],
    needed: Needed,
    bases: Mapping[str, Base],
    shares: Sequence[Sharing],
    catalogue: Catalogue,
) -> AnswerRow | None:
    """The row of an uneven formula; None when parts that nobody has say all there is to say."""
    if catalogue.is_sum(code):
        return _partial(code, group, needed, bases, catalogue)
    if not shares or any(bases.get(name, NOTHING).value is None for name in needed):
        return None
    whole = [share for share in shares if share.is_whole]
    paired = {name: need for name, need in needed.items() if name in catalogue.compared(code)}
    if not whole:
        why = _("没有一个账号在同一天有「%(names)s」的数据") % {"names": _named(paired, catalogue)}
        return AnswerRow(code, group, None, 0, why)
    (share,) = whole
    counted = {name: Base(value, share.days) for name, value in share.values.items()}
    counted = {**bases, **counted}
    value = reasons.value_of(code, counted, catalogue)
    days = _covered(share, paired, bases, catalogue)
    if value is None:
        why = reasons.why_unknown(catalogue.tree(code), needed, counted, catalogue)
        return AnswerRow(code, group, None, days, why)
    mind = _left_out(shares, share, days, paired, bases, catalogue)
    return AnswerRow(code, group, value, days, mind, share.accounts)


def _covered(
    share: Sharing, needed: Needed, bases: Mapping[str, Base], catalogue: Catalogue
) -> int:
    """Days with every flow; of levels those of the least known."""
    flows = [name for name in needed if _is_daily(name, catalogue)]
    days = [bases[name].days for name in needed if name not in flows]
    return min([*days, share.days] if flows else days)


def _is_daily(name: str, catalogue: Catalogue) -> bool:
    return not is_last(catalogue[name]) and catalogue[name].is_expected_daily


def _left_out(
    shares: Sequence[Sharing],
    share: Sharing,
    days: int,
    needed: Needed,
    bases: Mapping[str, Base],
    catalogue: Catalogue,
) -> str:
    lacks = _lacks(shares, needed, catalogue)
    if lacks:
        everyone = sum(each.accounts for each in shares)
        words = {"count": share.accounts, "of": everyone, "lacks": "，".join(lacks)}
        return _("只算 %(of)d 个账号里的 %(count)d 个：%(lacks)s") % words
    most = max(bases[name].days for name in needed)
    if days < most:
        return _("只算各部分都有数的 %(days)d 天，另有 %(rest)d 天缺一部分") % {
            "days": days,
            "rest": most - days,
        }
    if all(is_last(catalogue[name]) for name in needed):
        return _("只算各部分都有数的内容")
    return _("只算每个账号各部分都有数的日子")


def _lacks(shares: Sequence[Sharing], needed: Needed, catalogue: Catalogue) -> list[str]:
    """For how many accounts each part is missing."""
    told = []
    for place, name in enumerate(sorted(needed)):
        if count := _accounts(shares, place, ABSENT):
            words = {"count": count, "name": catalogue[name].name}
            told.append(_("%(count)d 个没有「%(name)s」") % words)
    apart = sum(
        share.accounts for share in shares if APART in share.states and ABSENT not in share.states
    )
    if apart:
        told.append(_("%(count)d 个各部分的数不在同一天") % {"count": apart})
    return told


def _accounts(shares: Sequence[Sharing], place: int, state: int) -> int:
    return sum(share.accounts for share in shares if share.states[place] == state)


def _partial(
    code: str,
    group: tuple[GroupValue, ...],
    needed: Needed,
    bases: Mapping[str, Base],
    catalogue: Catalogue,
) -> AnswerRow:
    """What is known of a sum. It stays the sum of its days and accounts, each known in part."""
    known = {name: bases.get(name, NOTHING) for name in sorted(needed)}
    filled = {name: Base(base.value or 0.0, base.days) for name, base in known.items()}
    told = [base.told for base in known.values() if base.days]
    accounts = max(each.accounts for each in told)
    lacks = [
        _few(catalogue[name].name, base.told.accounts)
        for name, base in known.items()
        if base.told.accounts < accounts
    ]
    lacks = lacks or [_("有的账号或日子缺一部分")]
    return AnswerRow(
        code,
        group,
        reasons.value_of(code, filled, catalogue),
        max(base.days for base in known.values()),
        _("只是已知部分的和：%(lacks)s") % {"lacks": "，".join(lacks)},
        accounts,
        min(each.least for each in told),
        is_partial=True,
    )


def _few(name: str, accounts: int) -> str:
    if not accounts:
        return _("没有「%(name)s」") % {"name": name}
    return _("只有 %(count)d 个账号有「%(name)s」") % {"count": accounts, "name": name}


def _named(needed: Needed, catalogue: Catalogue) -> str:
    return "」「".join(catalogue[name].name for name in sorted(needed))
