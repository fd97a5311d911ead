"""Two posts are one, or are told apart again. No fact is touched: see ``same_posts``."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.facts.actions._recording import refuse_closed
from yunce.ground.facts.models import Post, PostDoubt
from yunce.ground.facts.queries import closed_months
from yunce.ground.facts.queries.posts import own_days
from yunce.ground.facts.remembering import remember
from yunce.ground.facts.turns import turn
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month


def merge_posts(*, access: Access, kept: Post, other: Post) -> Post:
    """From now on both are answered as ``kept``; its description holds. Merging twice does nothing.

    ValidationError when they cannot be one; MonthClosedError when a closed month's numbers would
    change.
    """
    access.require(Capability.RECORD)
    with turn(), transaction.atomic():
        kept, other = _current(access, kept), _current(access, other)
        if kept.pk == other.pk:
            return kept
        if kept.account_id != other.account_id:
            raise ValidationError(_("两条作品属于不同的账号，不能合成一条。"))
        numbers = _family(other)
        _refuse_closed(access, numbers)
        Post.objects.filter(pk=other.pk).update(same_reason=_("手工合并"), same_by=access.user)
        Post.objects.filter(pk__in=numbers).update(same_as=kept)
        write_journal(
            verb="facts.merge_posts",
            subject=kept,
            actor=access.user,
            team_id=access.team.pk,
            changes={"same": ("", str(other))},
        )
        remember(access.team.pk, numbers)
    return kept


def split_post(*, access: Access, post: Post) -> Post:
    """A post that was the same as another is one of its own again, with all its own numbers."""
    access.require(Capability.RECORD)
    with turn(), transaction.atomic():
        post = _own(access, post.pk)
        head = post.same_as
        if head is None:
            return post
        _refuse_closed(access, [post.pk])
        Post.objects.filter(pk=post.pk).update(same_as=None, same_reason="", same_by=None)
        _part(post, head)
        write_journal(
            verb="facts.split_post",
            subject=post,
            actor=access.user,
            team_id=access.team.pk,
            changes={"same": (str(head), "")},
        )
        remember(access.team.pk, [post.pk])
    post.refresh_from_db()
    return post


@transaction.atomic
def dismiss_doubt(*, access: Access, doubt: PostDoubt) -> None:
    """They are two posts; nobody is asked again."""
    access.require(Capability.RECORD)
    _own(access, doubt.post_id)
    open_ones = PostDoubt.objects.filter(pk=doubt.pk, dismissed_at=None)
    if open_ones.update(dismissed_at=timezone.now()):
        write_journal(
            verb="facts.dismiss_doubt",
            subject=doubt.post,
            actor=access.user,
            team_id=access.team.pk,
            changes={"different": ("", str(doubt.other))},
        )


def answer_doubt(*, access: Access, doubt: PostDoubt, is_same: bool) -> None:
    """They are one, and the older is kept; or they are two."""
    if is_same:
        merge_posts(access=access, kept=doubt.other, other=doubt.post)
    else:
        dismiss_doubt(access=access, doubt=doubt)


def _part(post: Post, head: Post) -> None:
    """Whoever told them apart is not asked whether they are one."""
    between = Q(post=post, other=head) | Q(post=head, other=post)
    PostDoubt.objects.filter(between, dismissed_at=None).update(dismissed_at=timezone.now())


def _own(access: Access, number: int) -> Post:
    posts = Post.objects.filter(account__team=access.team).select_related("same_as")
    post = posts.filter(pk=number).first()
    if post is None:
        raise ValidationError(_("没有这条作品，可能刚被撤销。请刷新页面。"))
    return post


def _current(access: Access, post: Post) -> Post:
    """The post it is answered as now."""
    found = _own(access, post.pk)
    return found.same_as or found


def _family(head: Post) -> list[int]:
    return [head.pk, *Post.objects.filter(same_as=head).values_list("pk", flat=True)]


def _refuse_closed(access: Access, numbers: Iterable[int]) -> None:
    if closed_months(access.team):
        refuse_closed(access.team, {Month.of(day) for day in own_days(access.team, numbers)})
