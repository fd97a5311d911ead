"""内容对比: posts at equal age against their own account's usual, and what makes a difference."""

from __future__ import annotations
