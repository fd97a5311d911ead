"""What bringing a file in would do, worked out without writing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from yunce.engines.metrics import Comparison, FactColumns, FactRow, Words
from yunce.engines.platforms import Problem, Table, platforms
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import (
    batch_of_file,
    closed_months,
    comparison_of,
)
from yunce.ground.facts.queries.numbering import PostNumbers, known_in_order
from yunce.ground.facts.rules import days_of, split_closed
from yunce.ground.imports.models import SavedMapping
from yunce.ground.imports.reading import Reading, described, read
from yunce.ground.imports.rules import Choices, SheetMapping, header_hashes
from yunce.ground.imports.showing import ChangedCell, Sample, changed_cells, name_of, sample_of
from yunce.ground.imports.whose import NOBODY, Whose, whose
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.text import comparable

SHOWN_NAMES = 5
SURE = 0.9  # from this confidence on nobody is asked to look at the platform again
NOTHING = Comparison(added=0, unchanged=0, changed=())
Owners = Mapping[str, Account]  # a name in the account column (empty: the whole file) → account


@dataclass(frozen=True)
class Incoming:
    """A file and what has been said about it."""

    team: Team
    tables: tuple[Table, ...]
    name: str
    sha256: str
    captured_on: date
    account: Account | None = None
    mapping: SheetMapping | None = None
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True)
class Preview:
    """All a person needs to decide; nothing has been written."""

    incoming: Incoming
    reading: Reading
    accounts: tuple[Account, ...]  # that it may belong to
    whose: Whose
    owners: Owners  # whom the rows belong to, as far as that is known
    account_problem: Problem | None
    comparison: Comparison
    since: Comparison  # of what lies in closed months, whose numbers stay
    closed: tuple[Month, ...]  # closed months with values that will be other ones since
    repeated: Batch | None  # the very same file is already in, and changed nothing since
    first_day: date | None
    last_day: date | None

    @property
    def account(self) -> Account | None:
        """Whose the whole file is; None while unknown, and of a file of several accounts."""
        return self.whose.account

    @property
    def needs_mapping(self) -> bool:
        return self.reading.needs_mapping

    @cached_property
    def suggestion(self) -> SheetMapping | None:
        """How an unknown layout could be read."""
        return self.reading.suggestion() if self.needs_mapping else None

    @property
    def platform(self) -> str:
        return described(self.reading)[0]

    @property
    def export(self) -> str:
        return described(self.reading)[1]

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Each sheet read and what its recognition rests on."""
        return tuple((match.sheet, match.reason) for match in self.reading.recognitions)

    @property
    def confidence(self) -> float:
        return min((match.confidence for match in self.reading.recognitions), default=0.0)

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE

    @property
    def captured_on(self) -> date:
        return self.incoming.captured_on

    @property
    def added(self) -> int:
        return self.comparison.added

    @property
    def updated(self) -> int:
        return len(self.comparison.changed)

    @property
    def unchanged(self) -> int:
        return self.comparison.unchanged

    @property
    def values(self) -> int:
        return self.added + self.updated + self.unchanged

    @property
    def conflicts(self) -> int:
        return self.reading.conflicts

    @property
    def errors(self) -> int:
        return self.reading.errors + (self.account_problem is not None)

    @property
    def closed_values(self) -> int:
        """Values kept beside the numbers a closed month closed with."""
        return self.since.added + len(self.since.changed)

    @property
    def ignored(self) -> int:
        return self.reading.ignored

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*((self.account_problem,) if self.account_problem else ()), *self.reading.problems)

    @cached_property
    def changes(self) -> tuple[ChangedCell, ...]:
        """Every value that would be replaced."""
        if not self.comparison.changed:
            return ()
        numbers = known_numbers(self.reading, self.owners).in_order.tolist()
        asked = {change.row.post for change in self.comparison.changed}
        told = (post for owner, post in self.reading.owned_posts if owner in self.owners)
        names = {
            number: name_of(post)
            for number, post in zip(numbers, told, strict=True)
            if number in asked
        }
        return changed_cells(self.comparison.changed, names)

    @cached_property
    def sample(self) -> Sample:
        return sample_of(self.reading)

    @property
    def blocked(self) -> str:
        """Why it cannot be brought in now; empty when it can."""
        if self.needs_mapping:
            return _("请先指定每一列的含义。")
        if self.account_problem:
            return self.account_problem.hint
        if self.repeated:
            return _("这个文件已经导入过，数值没有变化。")
        if not self.values:
            return _("文件里没有可以导入的数值。")
        return ""


def make_preview(incoming: Incoming, *, today: date, unattended: bool = False) -> Preview:
    """Read the file and compare it with the store as it is now.

    ``unattended``: nobody will look at it, so a mere guess whose it is does not count.
    """
    mapping = incoming.mapping or saved_mapping(incoming.team, incoming.tables)
    reading = read(
        incoming.tables,
        captured_on=incoming.captured_on,
        today=today,
        mapping=mapping,
        choices=incoming.choices,
    )
    accounts = _candidates(incoming.team, reading)
    told = whose(incoming.team, reading, incoming.name, accounts, incoming.account)
    if unattended and not told.is_sure:
        told = NOBODY
    owners = _owners(reading, told.account, accounts)
    problem = None if reading.needs_mapping else _owner_problem(reading, told, accounts, owners)
    rows: Sequence[FactRow] = []
    if owners and not problem:
        rows = fact_rows(reading, owners, known_numbers(reading, owners))
    _open, closed_rows = split_closed(rows, closed_months(incoming.team))
    since = comparison_of(closed_rows) if closed_rows else NOTHING
    comparison = comparison_of(rows) if rows else NOTHING
    days = reading.days
    return Preview(
        incoming=incoming,
        reading=reading,
        accounts=accounts,
        whose=told,
        owners=owners,
        account_problem=problem,
        # Of a file without an account nothing is known yet: all of it is new.
        comparison=Comparison(reading.fact_count, 0, ()) if problem else comparison,
        since=since,
        closed=_months_of(closed_rows) if since.added or since.changed else (),
        repeated=None if problem else _repeated(incoming, told.account, comparison),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )


def saved_mapping(team: Team, tables: Sequence[Table]) -> SheetMapping | None:
    """What the team taught about a header found in this file."""
    hashes = header_hashes(tables)
    saved = SavedMapping.objects.filter(team=team, header_hash__in=hashes).first()
    if saved is None:
        return None
    table, row = hashes[saved.header_hash]
    taught = SheetMapping.from_json({**saved.mapping, "header_row": row})
    return replace(taught, sheet=table.sheet)


def _repeated(incoming: Incoming, account: Account | None, comparison: Comparison) -> Batch | None:
    if comparison.added or comparison.changed:
        return None
    return batch_of_file(incoming.team, incoming.sha256, account.pk if account else None)


def _months_of(rows: Sequence[FactRow]) -> tuple[Month, ...]:
    return tuple(sorted({*map(Month.of, days_of(rows))}))


def _candidates(team: Team, reading: Reading) -> tuple[Account, ...]:
    accounts = accounts_of(team)
    if reading.platform:
        accounts = accounts.filter(platform=reading.platform)
    return tuple(accounts)


def _owners(
    reading: Reading, account: Account | None, accounts: Sequence[Account]
) -> dict[str, Account]:
    """Names a person gave an account, and those that are one account's own name."""
    if not reading.owners:
        return {"": account} if account else {}
    known = {each.pk: each for each in accounts}
    said = reading.mapping.owners if reading.mapping else {}
    named: dict[str, list[Account]] = {}
    for each in accounts:
        named.setdefault(comparable(each.name), []).append(each)
    found: dict[str, Account] = {}
    for owner in reading.owners:
        same = named.get(comparable(owner), [])
        if owner in said:
            if said[owner] in known:
                found[owner] = known[said[owner]]
        elif len(same) == 1:
            found[owner] = same[0]
    return found


def _owner_problem(
    reading: Reading, told: Whose, accounts: Sequence[Account], owners: Owners
) -> Problem | None:
    if not reading.owners:
        return _account_problem(reading, told.account, accounts)
    said = reading.mapping.owners if reading.mapping else {}
    unknown = [name for name in reading.owners if name not in owners and said.get(name) != 0]
    if unknown:
        names = "、".join(f"「{name}」" for name in unknown[:SHOWN_NAMES])
        message = _("账号列里有 %(count)d 个名字还不知道是哪个账号：%(names)s")
        return _about_account(
            message % {"count": len(unknown), "names": names},
            _("请在「指定列」里为每个名字选一个账号，或选「不导入」。"),
        )
    if not owners:
        return _about_account(
            _("账号列里的名字都选了「不导入」"), _("请在「指定列」里至少为一个名字选一个账号。")
        )
    return None


def _account_problem(
    reading: Reading, account: Account | None, accounts: Sequence[Account]
) -> Problem | None:
    label = platforms()[reading.platform].label if reading.platform else ""
    words = {"platform": label, "account": account}
    if account is None and not accounts:
        message = _("团队还没有%(platform)s账号") if label else _("团队还没有账号")
        return _about_account(message % words, _("请先添加账号（「账号」页面），再导入这个文件。"))
    if account is None:
        # Of one platform the names differ; across platforms a team often has one name.
        names = "、".join(one.name if label else str(one) for one in accounts)
        message = _("文件里看不出属于哪个账号，可选：%(names)s") % {"names": names}
        return _about_account(message, _("请选择这个文件属于哪个账号。"))
    if reading.platform and account.platform != reading.platform:
        message = _("文件来自%(platform)s，但选的账号是「%(account)s」")
        hint = _("请换成%(platform)s的账号，或在网页上用「自己指定列」导入。")
        return _about_account(message % words, hint % words)
    return None


def _about_account(message: str, hint: str) -> Problem:
    return Problem(sheet="", row=None, column="", value="", message=message, hint=hint)


def known_numbers(reading: Reading, owners: Owners) -> PostNumbers:
    """Numbers of the posts the team knows; those it does not get passing ones below zero."""

    def names() -> Iterator[tuple[int, str]]:
        return ((owners[owner].pk, key) for owner, key in reading.post_places if owner in owners)

    known = known_in_order(names())
    return PostNumbers(names, np.where(known, known, -1 - np.arange(len(known))))


def fact_rows(reading: Reading, owners: Owners, numbers: PostNumbers) -> Sequence[FactRow]:
    """The facts of every account that is known; those of names left out stay out."""
    if reading.is_plain:
        return FactColumns.joined([*_columns(reading, owners, numbers.in_order)])
    return [
        FactRow(
            account.team_id,
            account.pk,
            0 if fact.post is None else numbers[account.pk, fact.post],
            fact.metric,
            fact.day,
            fact.segment,
            fact.value,
        )
        for owner, fact in reading.owned_facts
        if (account := owners.get(owner)) is not None
    ]


def _columns(reading: Reading, owners: Owners, numbers: NDArray[np.int64]) -> Iterator[FactColumns]:
    """Facts by column, part by part; ``numbers``: of the posts of all known owners, in order."""
    first = 0
    for part in reading.parts:
        if part.owner not in owners:
            continue
        account, many = owners[part.owner], len(part.parsed.posts)
        known = np.concatenate(([0], numbers[first : first + many]))  # 0: of the account itself
        first += many
        for facts in part.parsed.facts.arrays():
            yield FactColumns.of(
                team=account.team_id,
                account=account.pk,
                post=known[facts.post + 1],
                metric=Words(facts.metric, facts.metrics),
                day=facts.day,
                segment=Words(facts.segment, facts.segments),
                value=facts.value,
            )
