"""Which state of a month's plan may follow which, and who may let it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yunce.kit.wording import gettext as _

REASON_LENGTH = 200  # letters of a reason


class Step(StrEnum):
    """What can be done to a plan as a whole."""

    SUBMIT = "submit"  # 提交审批: draft → submitted
    APPROVE = "approve"  # 批准: submitted → locked, by somebody else
    SEND_BACK = "send_back"  # 退回: submitted or locked → draft, by somebody else, with a reason
    FINALISE = "finalise"  # 直接定稿: draft → locked, where there is nobody else
    TAKE_BACK = "take_back"  # 撤回: submitted → draft; locked → draft where there is nobody else
    CLOSE = "close"  # 关账
    REOPEN = "reopen"  # 重新开账


@dataclass(frozen=True)
class Way:
    """A step's way: from which states it starts, where it ends."""

    starts: frozenset[str]
    ends: str


WAYS = {
    Step.SUBMIT: Way(frozenset({"draft"}), "submitted"),
    Step.APPROVE: Way(frozenset({"submitted"}), "locked"),
    Step.SEND_BACK: Way(frozenset({"submitted", "locked"}), "draft"),
    Step.FINALISE: Way(frozenset({"draft", "submitted"}), "locked"),
    Step.TAKE_BACK: Way(frozenset({"submitted", "locked"}), "draft"),
    Step.CLOSE: Way(frozenset({"draft", "submitted", "locked"}), "closed"),
    Step.REOPEN: Way(frozenset({"closed"}), "locked"),
}
# Steps that let a plan stand, or set it loose: nobody takes them for what they submitted.
OTHERS_STEPS = frozenset({Step.APPROVE, Step.SEND_BACK})


def step_problem(step: Step, state: str) -> str:
    """Why the plan, as it is, cannot take this step; empty when it can, or has taken it."""
    way = WAYS[step]
    if state in way.starts or state == way.ends:
        return ""
    if state == "closed":
        if way.ends == "draft":
            return _("这个月已关账。请先重新开账，再撤回定稿。")
        return _("这个月已关账。请先重新开账。")
    if step is Step.REOPEN:
        return _("这个月还没有关账，不用重新开账。")
    if state == "locked":
        return _("计划已经定稿，不用再提交。")
    return _("计划还没有提交，不能审批。请先提交审批。")


def person_problem(step: Step, *, state: str, is_submitter: bool, others: Sequence[str]) -> str:
    """Why this person cannot take the step; `others` are the names of who else may approve."""
    if not others:
        return ""
    names = "、".join(others[:3])
    if step in OTHERS_STEPS and is_submitter:
        return _("自己提交的计划不能自己审批。请 %s 审批。") % names
    if step is Step.FINALISE and state != "locked":
        return _("还有 %s 可以审批。请提交审批，由别人定稿。") % names
    if step is Step.TAKE_BACK and state == "locked":
        return _("定稿后不能自己撤回。请逐格提出变更，或请 %s 退回修改。") % names
    if step is Step.CLOSE and state in ("draft", "submitted"):
        return _("计划还没有定稿。请先提交审批，由 %s 批准后再关账。") % names
    return ""


def reason_problem(reason: str) -> str:
    """What is wrong with a reason, in a sentence; empty when nothing is."""
    if not reason.strip():
        return _("请写明原因，一句话就够。")
    if len(reason) > REASON_LENGTH:
        return _("原因最多 %s 个字。请写短一些。") % REASON_LENGTH
    return ""
