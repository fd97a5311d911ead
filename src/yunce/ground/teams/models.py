"""People, teams, and the secrets that let people in (kept as hashes only)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yunce.ground.teams.rules import Role

# `choices` are labels for people; the rules live in rules.py.
ROLE_LABELS = [
    (Role.OWNER, _("管理员")),
    (Role.LEAD, _("运营组长")),
    (Role.MEMBER, _("成员")),
    (Role.VIEWER, _("只读（上级）")),
    (Role.GUEST, _("访客（跨部门）")),
]


class User(AbstractUser):
    """A person who can sign in. Shown by `name`, signs in by `username`."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)

    def __str__(self) -> str:
        return self.name or self.username


class Team(models.Model):
    """The tenant: everything belongs to one."""

    name = models.CharField(_("团队名称"), max_length=60)
    slug = models.SlugField(
        _("网址标识"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("只用小写字母、数字和连字符。"))],
    )
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """One person in one team. `queries.members_of` leaves out who has left."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("角色"), max_length=10, choices=ROLE_LABELS)
    position = models.CharField(_("岗位"), max_length=20, blank=True)  # 文案专员, 社群专员 …
    joined_at = models.DateTimeField(auto_now_add=True)
    # Who leaves loses all access, but the row stays: past tasks and goals keep their owner.
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_person"),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]), name="member_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.position or self.user.name


class Secret(models.Model):
    """A random token handed out once; only its SHA-256 is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SignInLink(Secret):
    """Signs one person in, once."""

    user = models.ForeignKey(User, models.CASCADE)


class Invitation(Secret):
    """Lets one new person into a team with a role."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="invitations")
    role = models.CharField(_("角色"), max_length=10, choices=ROLE_LABELS)
    position = models.CharField(_("岗位"), max_length=20, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.team} {self.position or self.role}"


class ApiToken(Secret):
    """Lets a program act as its user; shown once, revocable."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("用途"), max_length=40)
    hint = models.CharField(max_length=12)  # first characters, to tell tokens apart
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
