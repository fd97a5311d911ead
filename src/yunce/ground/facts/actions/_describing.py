"""What people say of posts: form, series, topic, author, original. Questions split by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.facts.models import Post
from yunce.ground.facts.queries import posts_numbered
from yunce.ground.facts.remembering import ATTRIBUTES, remember
from yunce.ground.facts.rules import MOST_DESCRIBED, tidy_description
from yunce.ground.facts.turns import turn
from yunce.ground.journal.actions import Changes
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability

Said = Mapping[str, Any]  # by name of ATTRIBUTES; what is not named stays as it is


def describe_post(*, access: Access, post: Post, said: Said) -> Post:
    """Say something of one post; ValidationError by field."""
    describe_posts(access=access, numbers=[post.pk], said=said)
    post.refresh_from_db()
    return post


def describe_posts(*, access: Access, numbers: Collection[int], said: Said) -> int:
    """Say the same of many posts of the team; how many of them it changed.

    The store hears of it before the rows are committed: a store that is away changes nothing, and
    what it heard for nothing the next start mends.
    """
    access.require(Capability.RECORD)
    wanted = _checked(said)
    with turn(), transaction.atomic():
        changed = [post for post in _own(access, numbers) if _differs(post, wanted)]
        if changed:
            _journal(access, changed, wanted)
            _keep(changed, wanted)
            remember(access.team.pk, [post.pk for post in changed])
    return len(changed)


def _checked(said: Said) -> dict[str, Any]:
    wanted, problems = tidy_description(said)
    if problems:
        raise ValidationError(problems)
    return wanted


def _own(access: Access, numbers: Collection[int]) -> list[Post]:
    """The team's posts of these numbers: all of them, or nothing is done."""
    if len(numbers) > MOST_DESCRIBED:
        words = {"most": MOST_DESCRIBED, "count": len(numbers)}
        raise ValidationError(_("一次最多说明 %(most)s 条作品，这里有 %(count)s 条。") % words)
    posts = list(posts_numbered(access.team, numbers))
    if missing := sorted(set(numbers) - {post.pk for post in posts}):
        listed = "、".join(map(str, missing))
        raise ValidationError({"posts": _("没有这些作品：%(listed)s。") % {"listed": listed}})
    return posts


def _differs(post: Post, wanted: Said) -> bool:
    return any(getattr(post, name) != value for name, value in wanted.items())


def _keep(posts: Sequence[Post], wanted: Said) -> None:
    for post in posts:
        post.described_at = timezone.now()
        for name, value in wanted.items():
            setattr(post, name, value)
    Post.objects.bulk_update(posts, (*ATTRIBUTES, "described_at"), batch_size=50)


def _journal(access: Access, posts: Sequence[Post], wanted: Said) -> None:
    """One line for one deed, with every value there was before."""
    before = {name: _values(posts, name) for name in ATTRIBUTES if name in wanted}
    changes: Changes = {
        name: (old[0] if len(old) == 1 else old, wanted[name])
        for name, old in before.items()
        if old != [wanted[name]]
    }
    many = len(posts) > 1
    write_journal(
        verb="facts.describe_posts",
        subject=posts[0],
        actor=access.user,
        team_id=access.team.pk,
        changes={**changes, **({"posts": (0, len(posts))} if many else {})},
        label=_("%(first)s等 %(count)s 条") % {"first": posts[0], "count": len(posts)}
        if many
        else "",
    )


def _values(posts: Sequence[Post], name: str) -> list[Any]:
    return list(dict.fromkeys(getattr(post, name) for post in posts))
