"""JSON as people read it: Chinese as it is written, not as escapes."""

from __future__ import annotations

from typing import Any

from ninja.renderers import JSONRenderer


class ReadableJSON(JSONRenderer):
    def __init__(self) -> None:
        self.json_dumps_params: dict[str, Any] = {"ensure_ascii": False}
