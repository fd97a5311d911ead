"""Whose numbers a file holds: what we would say, why, and how sure we are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import batches_of
from yunce.ground.imports.reading import Reading
from yunce.ground.teams.models import Team
from yunce.kit.text import comparable

ENOUGH_KNOWN = 0.3  # so large a share of the titles must be one account's
LOOKED_AT = 200  # titles
REMEMBERED = 200  # batches looked back


@dataclass(frozen=True)
class Whose:
    """One account, and what speaks for it."""

    account: Account | None
    reason: str = ""  # a sentence for the person who confirms it
    is_sure: bool = False  # may it be brought in without a look


NOBODY = Whose(None)


def whose(
    team: Team, reading: Reading, name: str, candidates: Sequence[Account], said: Account | None
) -> Whose:
    """What a person said; else what the content, the name or the last time tells."""
    if said is not None:
        return Whose(said, _("由你选定。"), is_sure=True)
    if reading.owners or not candidates:
        return NOBODY
    if len(candidates) == 1:
        return _only(candidates[0], reading)
    return (
        _by_titles(reading, candidates)
        or _by_name(name, candidates)
        or _by_last_time(team, reading, name, candidates)
        or NOBODY
    )


def _only(account: Account, reading: Reading) -> Whose:
    if reading.platform:
        sentence = _("团队只有这一个%(platform)s账号。") % {"platform": account.spec.label}
        return Whose(account, sentence, is_sure=True)
    return Whose(account, _("团队只有这一个账号。"), is_sure=True)


def _by_titles(reading: Reading, candidates: Sequence[Account]) -> Whose | None:
    """Posts of this file that one account is known for."""
    asked = _first_titles(reading)
    if not asked:
        return None
    known = Post.objects.filter(account__in=candidates, title__in=asked)
    counted = Counter(known.values_list("account_id", "title").distinct())
    by_account = Counter(account for account, _title in counted)
    ranked = by_account.most_common(2)
    if not ranked or ranked[0][1] < ENOUGH_KNOWN * len(asked):
        return None
    number, count = ranked[0]
    is_sure = len(ranked) == 1 or ranked[1][1] * 2 <= count
    account = next(each for each in candidates if each.pk == number)
    words = {"count": count, "all": len(asked), "account": account.name}
    sentence = _("文件里 %(all)d 个标题，有 %(count)d 个是「%(account)s」发布过的。") % words
    return Whose(account, sentence, is_sure=is_sure)


def _first_titles(reading: Reading) -> list[str]:
    titles: dict[str, None] = {}
    for _owner, post in reading.owned_posts:
        if post.title:
            titles[post.title[:1000]] = None
        if len(titles) == LOOKED_AT:
            break
    return [*titles]


def _by_name(name: str, candidates: Sequence[Account]) -> Whose | None:
    """The file's name tells one account's name; the longer name counts where both stand."""
    told = [each for each in candidates if comparable(each.name) in comparable(name)]
    longest = max((len(each.name) for each in told), default=0)
    told = [each for each in told if len(each.name) == longest]
    if len(told) != 1:
        return None
    sentence = _("文件名里有账号名「%(account)s」。") % {"account": told[0].name}
    return Whose(told[0], sentence, is_sure=True)


def _by_last_time(
    team: Team, reading: Reading, name: str, candidates: Sequence[Account]
) -> Whose | None:
    """Last time a file of this name, or else of this layout, was this account's."""
    batches = batches_of(team).filter(account__in=candidates, kind="file")
    recent: list[Batch] = list(batches.filter(platform=reading.platform)[:REMEMBERED])
    same_name = [b for b in recent if _stem(b.file_name) == _stem(name)]
    if same_name:
        return Whose(same_name[0].account, _("上次叫这个名字的文件是它的，请确认。"))
    same_layout = [batch for batch in recent if batch.export == reading.export]
    if same_layout:
        return Whose(same_layout[0].account, _("上次这种表格是它的，请确认。"))
    return None


def _stem(name: str) -> str:
    """A file's name without what changes from download to download.

    >>> _stem("作品列表_2025-05-20 (2).xlsx") == _stem("作品列表_2025-05-27.xlsx")
    True
    """
    plain = comparable(name).rpartition(".")[0] or comparable(name)
    return "".join(letter for letter in plain if letter.isalpha())
