"""The `yunce` command. Every module here that does not start with `_` is one command."""

from __future__ import annotations

from yunce.config.cli._group import main

__all__ = ["main"]
