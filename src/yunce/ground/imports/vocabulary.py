"""Words of the field by which tables of a team's own making are known."""

from __future__ import annotations

# What a column that names each row's account is headed.
OWNER_WORDS = ("账号", "帐号", "账号名称", "账号名", "公众号", "作者", "达人", "account")
