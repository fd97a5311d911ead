"""When two posts of an account are one: pure rules over what exports tell, each with its reason.

Exports of most platforms carry no id. What they carry may differ between two files: a title is
edited, a time loses its seconds or its hour. Sure matches are taken at import; doubtful ones are
shown to people. Two posts a file lists side by side are two, whatever they look like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import IntEnum

from yunce.kit.text import comparable
from yunce.kit.wording import gettext as _

ALIKE = 0.6  # of two titles at one moment: an edit, not another post
VERY_ALIKE = 0.8  # of two titles on one day
SHORTEST = 4  # characters of a title that may be the beginning of another
OWN_NAME, TITLE, EDITED = 3, 2, 1
MOST = 3  # doubts told about one post


class Precision(IntEnum):
    """How exactly a publish time is known: a back end that tells no seconds writes zeros."""

    NONE = 0
    DAY = 1
    MINUTE = 2
    SECOND = 3


@dataclass(frozen=True)
class Identity:
    """What one export tells of a post."""

    number: int  # of the post it is; below zero: not numbered yet
    title: str = ""
    published_at: datetime | None = None  # Asia/Shanghai, without a zone
    platform_id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Match:
    """Two identities that are, or may be, one post."""

    new: int
    known: int
    is_sure: bool
    reason: str
    strength: int = 0  # of several sure ones the strongest counts: OWN_NAME, TITLE, EDITED


def precision_of(moment: datetime | None) -> Precision:
    """
    >>> precision_of(datetime(2025, 5, 1, 18, 30)).name, precision_of(datetime(2025, 5, 1)).name
    ('MINUTE', 'DAY')
    """
    if moment is None:
        return Precision.NONE
    if moment.second:
        return Precision.SECOND
    return Precision.MINUTE if moment.hour or moment.minute else Precision.DAY


def compare(new: Identity, known: Identity) -> Match | None:
    """The two alone; whether there are others like them is asked afterwards. None: two posts."""
    if new.platform_id and known.platform_id:
        if new.platform_id != known.platform_id:
            return None
        return _sure(new, known, _("平台编号相同"), OWN_NAME)
    if new.url and new.url == known.url:
        return _sure(new, known, _("链接相同"), OWN_NAME)
    at = min(precision_of(new.published_at), precision_of(known.published_at))
    if at is not Precision.NONE and not _together(new, known, at):
        return None
    ours, theirs = comparable(new.title), comparable(known.title)
    if ours and ours == theirs:
        return _same_title(new, known, at)
    return _other_title(new, known, at, likeness(ours, theirs), has_both=bool(ours and theirs))


def _together(new: Identity, known: Identity, at: Precision) -> bool:
    """The same moment, as exactly as the less exact of the two tells it."""
    moments = [_cut(each.published_at, at) for each in (new, known) if each.published_at]
    return len(set(moments)) == 1


def _cut(moment: datetime, at: Precision) -> datetime:
    if at is Precision.SECOND:
        return moment
    if at is Precision.MINUTE:
        return moment.replace(second=0)
    return moment.replace(hour=0, minute=0, second=0)


def _same_title(new: Identity, known: Identity, at: Precision) -> Match:
    if at is Precision.NONE:
        return _doubtful(new, known, _("标题相同，其中一条没有发布时间"))
    words = {Precision.DAY: _("天"), Precision.MINUTE: _("分"), Precision.SECOND: _("秒")}
    reason = _("标题相同，发布时间一致（其中一条只精确到%(unit)s）") % {"unit": words[at]}
    return _sure(new, known, reason, TITLE)


def _other_title(
    new: Identity, known: Identity, at: Precision, alike: float, *, has_both: bool
) -> Match | None:
    if at is Precision.NONE:
        return None
    if at is Precision.DAY:
        is_near = has_both and alike >= VERY_ALIKE
        return _doubtful(new, known, _("同一天发布，标题相近")) if is_near else None
    if not has_both:
        told = _("同一发布时间，其中一条没有标题")
        is_exact = at is Precision.SECOND
        return _sure(new, known, told, EDITED) if is_exact else _doubtful(new, known, told)
    if alike >= ALIKE:
        return _sure(new, known, _("同一发布时间，标题改了"), EDITED)
    return _doubtful(new, known, _("同一发布时间，标题不同"))


def likeness(one: str, other: str) -> float:
    """0 to 1; the beginning of a title is as good as the whole, for exports cut long ones.

    >>> likeness("五月新品开箱", "五月新品开箱！这次真的不一样"), likeness("早安", "晚上见")
    (1.0, 0.0)
    """
    short, long = sorted((one.rstrip(".…"), other.rstrip(".…")), key=len)
    if len(short) >= SHORTEST and long.startswith(short):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _sure(new: Identity, known: Identity, reason: str, strength: int) -> Match:
    return Match(new.number, known.number, True, reason, strength)


def _doubtful(new: Identity, known: Identity, reason: str) -> Match:
    return Match(new.number, known.number, False, reason)


def matches(
    new: Iterable[Identity], known: Iterable[Identity], *, listed: Collection[int] = ()
) -> list[Match]:
    """At most one sure match for each new post; what could be several is doubtful.

    ``listed``: known posts the same file names too. They are not the new ones.
    """
    places = _Places(each for each in known if each.number not in listed)
    found = [some for each in new if (some := _best(each, places.near(each)))]
    claims: dict[int, list[int]] = defaultdict(list)
    for match in (match for some in found for match in some if match.is_sure):
        claims[match.known].append(match.strength)
    return [
        match if _wins(match, claims[match.known]) else _in_doubt(match)
        for some in found
        for match in some
    ]


def _wins(match: Match, claims: Sequence[int]) -> bool:
    """No other new post has as good a claim to the known one."""
    return max(claims, default=0) == match.strength and claims.count(match.strength) == 1


def _best(new: Identity, near: Iterable[Identity]) -> list[Match]:
    """The strongest sure match where there is one such, else what may be one: one a known post."""
    by_post: dict[int, Match] = {}
    for known in near:
        match = compare(new, known)
        before = by_post.get(known.number)
        if match and (before is None or match.strength > before.strength):
            by_post[match.known] = match
    strongest = max((match.strength for match in by_post.values()), default=0)
    found = [match for match in by_post.values() if match.strength == strongest]
    if strongest and len(found) == 1:
        return found
    return [_in_doubt(match) for match in found][:MOST]


def _in_doubt(match: Match) -> Match:
    if not match.is_sure:
        return match
    reason = _("%(reason)s，但不止一条这样") % {"reason": match.reason}
    return Match(match.new, match.known, False, reason)


class _Places:
    """Known posts, found by what two of one post share: an id, a link, a day or a title."""

    def __init__(self, known: Iterable[Identity]) -> None:
        self._by: dict[tuple[str, object], list[Identity]] = defaultdict(list)
        for each in known:
            for place in _places(each, own=True):
                self._by[place].append(each)

    def near(self, new: Identity) -> list[Identity]:
        found = [each for place in _places(new, own=False) for each in self._by.get(place, ())]
        return list(dict.fromkeys(found))


def _places(each: Identity, *, own: bool) -> Iterable[tuple[str, object]]:
    if each.platform_id:
        yield "id", each.platform_id
    if each.url:
        yield "url", each.url
    if each.published_at:
        yield "day", each.published_at.date()
    if each.title:
        # A post without a time is found by its title; one with a time looks for such posts too.
        has_time = each.published_at is not None
        if not (own and has_time):
            yield "untimed", comparable(each.title)
        if own or not has_time:
            yield "title", comparable(each.title)
