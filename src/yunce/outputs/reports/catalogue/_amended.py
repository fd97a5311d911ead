"""What a report says of a plan that was changed after its lock."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yunce.engines.documents import Note
from yunce.loop.goals.models import ChangeVerb
from yunce.loop.goals.queries.changes import Amendments


def changed_since_lock(amendments: Amendments) -> Iterator[Note]:
    """Old and new beside each other, with the reason; nothing where nothing was changed."""
    lines = [
        _("%(label)s：原「%(was)s」，因「%(reason)s」改过")
        % {"label": change.label, "was": change.was_text, "reason": change.reason}
        if change.verb == ChangeVerb.EDIT
        else _("%(label)s：因「%(reason)s」删除") % {"label": change.label, "reason": change.reason}
        for change in amendments.first.values()
    ]
    if lines:
        yield Note("\n".join((_("定稿后变更"), *lines)))
