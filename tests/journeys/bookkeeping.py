"""A team whose numbers are also kept by hand: what its pages and its ledger have to say."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan, nan
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine

from tests.journeys.recount import Key, Said, newest, recount
from tests.journeys.told_files import DAILY, TAUGHT
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import close_store
from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import receive, teach
from yunce.ground.imports.tests.files import csv
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Role
from yunce.kit.months import Month

MAY = Month(2025, 5)


class Bookkeeping(RuleBasedStateMachine):
    def __init__(self, uploads: Path) -> None:
        super().__init__()
        close_store()
        self.uploads = uploads
        user = User.objects.create_user(username="bob", name="王文案")
        self.team = Team.objects.create(name="内容电商组", slug="content")
        member = Member.objects.create(team=self.team, user=user, role=Role.MEMBER)
        self.access = Access(team=self.team, member=member, user=user)
        self.accounts = {
            name: Account.objects.create(team=self.team, platform="xiaohongshu", name=name)
            for name in ("小红书甲", "小红书乙")
        }
        first = receive(access=self.access, file=csv(DAILY, "2025-05-01,,1"), name="教.csv")
        teach(access=self.access, upload=first, mapping=TAUGHT)
        self.typed: dict[int, Said] = {}
        self.lines: dict[int, tuple[int, int, int]] = {}
        self.states: dict[int, BatchState] = {}
        self.closed_at: int | None = None  # the newest batch that counts; None: May is open

    def teardown(self) -> None:
        self.team.delete()
        self.access.user.delete()

    def said(self) -> dict[int, Said]:
        return recount(self.team, self.uploads, self.typed)

    def now(self) -> Said:
        return newest(self.said())

    def counted(self) -> Said:
        """What pages show: of a closed month the numbers it closed with."""
        said = self.said()
        return newest({b: said[b] for b in said if self.closed_at is None or b <= self.closed_at})

    def typed_cells(self) -> Said:
        """Cells whose number was typed last, and what a file told of each: no number, if none."""
        said, shown = self.said(), self.counted()
        typed = set(Batch.objects.filter(kind=BatchKind.GRID).values_list("pk", flat=True))
        last = {key: batch for batch in sorted(said) for key in said[batch]}
        beneath = {k: v for b in sorted(said) if b not in typed for k, v in said[b].items()}
        cells = (key for key in self.now() if key in shown and last[key] in typed)
        return {key: beneath.get(key, nan) for key in cells}

    def counts(self, said: Mapping[Key, float]) -> tuple[int, int, int]:
        """(added, updated, unchanged) if this were written now."""
        now = self.now()
        added = sum(key not in now for key, value in said.items() if not isnan(value))
        unchanged = sum(now.get(key) == value for key, value in said.items())
        return added, len(said) - added - unchanged, unchanged

    def note(self, number: int, counts: tuple[int, int, int]) -> None:
        self.lines[number] = counts
        self.states[number] = BatchState.COMMITTED

    def living(self) -> list[Batch]:
        return list(Batch.objects.filter(team=self.team, state=BatchState.COMMITTED).order_by("pk"))

    def is_kept(self, content: bytes, known: set[str]) -> bool:
        kept = [self.uploads / sha[:2] / sha for sha in known if sha]
        return any(path.read_bytes() == content for path in kept)

    def asked(self, metric: str, *by: str) -> dict[tuple[object, ...], float | None]:
        rows = answer(self.team, [metric], start=MAY.first, end=MAY.last, by=by).rows
        return {row.group: row.value for row in rows if row.value is not None}
