"""`yunce check`: what of a plan adds up and what it lacks. Two engines meet here, no Django."""

from __future__ import annotations

from yunce.config.plancheck.checking import Checked, check_plan
from yunce.config.plancheck.telling import as_json, as_text

__all__ = ["Checked", "as_json", "as_text", "check_plan"]
