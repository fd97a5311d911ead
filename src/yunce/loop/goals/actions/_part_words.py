"""What people say of a part, as texts: to be compared, to wait for approval, to be sent along."""

from __future__ import annotations

from decimal import Decimal

from yunce.loop.goals.models import Part, PartWords


def part_texts(words: PartWords) -> dict[str, str]:
    """What is said of a part, as texts that `_splits.ACTS` read again."""
    return {
        "name": words.name,
        "kind": str(words.kind),
        "amount": written(words.amount),
        "weight": written(words.weight),
        "unit": words.unit,
        "owner": str(words.owner.pk) if words.owner else "",
        "metric": words.metric,
        "account": str(words.account.pk) if words.account else "",
        "platform": words.platform,
        "segment": words.segment,
        "week": words.week.isoformat() if words.week else "",
    }


def written(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def words_held(part: Part) -> PartWords:
    """What is said of a part now."""
    return PartWords(**{name: getattr(part, name) for name in PartWords.__dataclass_fields__})
