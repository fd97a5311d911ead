"""The demo team and its accounts."""

from __future__ import annotations

from dataclasses import dataclass

from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.rules import Role

TEAM_NAME = "内容电商组（演示）"


@dataclass(frozen=True)
class Person:
    """One member of the demo team; nobody can sign in as them."""

    username: str
    name: str
    position: str
    role: Role


PEOPLE = (
    Person("demo-lead", "林悦", "运营组长", Role.LEAD),
    Person("demo-writer", "周文", "文案专员", Role.MEMBER),
    Person("demo-community", "何群", "社群专员", Role.MEMBER),
    Person("demo-designer", "苏图", "内容设计", Role.MEMBER),
    Person("demo-events", "白动", "活动专员", Role.MEMBER),
    Person("demo-promotion", "唐广", "推广专员", Role.MEMBER),
    Person("demo-interface", "叶面", "UI 设计", Role.MEMBER),
)

ACCOUNTS = (
    ("wechat_mp", "好物研究所", "文案专员"),
    ("douyin", "好物研究所", "运营组长"),
    ("xiaohongshu", "好物研究所", "内容设计"),
    ("bilibili", "好物研究所", "活动专员"),
    ("miniprogram", "好物小店", "推广专员"),
)


def make_members(team: Team) -> dict[str, Member]:
    """The members by position."""
    members = {}
    for person in PEOPLE:
        user, _created = User.objects.get_or_create(
            username=person.username, defaults={"name": person.name, "password": "!"}
        )
        members[person.position] = Member.objects.create(
            team=team, user=user, role=person.role, position=person.position
        )
    return members


def make_accounts(team: Team, members: dict[str, Member]) -> dict[str, Account]:
    """The accounts by platform."""
    return {
        platform: Account.objects.create(
            team=team, platform=platform, name=name, owner=members[position]
        )
        for platform, name, position in ACCOUNTS
    }
