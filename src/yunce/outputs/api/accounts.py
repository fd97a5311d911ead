"""A team's accounts on platforms."""

from __future__ import annotations

from ninja import Router, Schema, Status

from yunce.ground.channels.actions import add_account, set_active
from yunce.ground.channels.queries import account_in, all_accounts_of
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["accounts"])


class AccountOut(Schema):
    id: int
    platform: str
    name: str
    group: str  # the team's own word; queries split and narrow by it
    is_active: bool


class AccountIn(Schema):
    platform: str
    name: str
    group: str = ""


class AccountUse(Schema):
    is_active: bool


@router.get("/teams/{slug}/accounts", response=list[AccountOut], operation_id="list_accounts")
def list_accounts(request: SignedInRequest, slug: str) -> object:
    """Also the ones out of use; those come last."""
    return all_accounts_of(access_for(request.auth, slug, Capability.SEE_ALL).team)


@router.post("/teams/{slug}/accounts", response={201: AccountOut}, operation_id="add_account")
def post_account(request: SignedInRequest, slug: str, account: AccountIn) -> object:
    """A new account on a platform (`xiaohongshu`, `douyin` …)."""
    access = access_for(request.auth, slug, Capability.PLAN)
    made = add_account(access=access, **account.dict())
    return Status(201, made)


@router.patch(
    "/teams/{slug}/accounts/{int:account_id}", response=AccountOut, operation_id="use_account"
)
def patch_account(
    request: SignedInRequest, slug: str, account_id: int, change: AccountUse
) -> object:
    """Take an account out of use, or back into use; its numbers stay."""
    access = access_for(request.auth, slug, Capability.PLAN)
    account = account_in(access.team, account_id)
    return set_active(access=access, account=account, is_active=change.is_active)
