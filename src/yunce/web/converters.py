"""Months in addresses: /t/demo/2025-05/plan/."""

from __future__ import annotations

from django.urls import register_converter

from yunce.kit.months import Month


class MonthConverter:
    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)  # ValueError makes the address unknown: 404

    def to_url(self, value: Month | str) -> str:
        return str(value)


def register() -> None:
    register_converter(MonthConverter, "month")
