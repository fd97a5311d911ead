from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yunce.web"
    label = "web"

    def ready(self) -> None:
        from yunce.web.converters import register  # any app's urls.py may be imported first

        register()
