from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "yunce.config"
    label = "config"

    def ready(self) -> None:
        from yunce.config import checks  # noqa: F401  registers the system checks
