"""What a person may say a sheet is: the choices of the preview page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunce.engines.platforms import platforms
from yunce.ground.imports.looks import Look, SheetLook
from yunce.ground.imports.rules import SKIP

MAX_SHEETS = 30  # offered a choice on the page; a workbook of more is no platform's export


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class SheetChoice:
    """One sheet with all it may be read as, by platform."""

    number: int  # its place in the file, which its input is named by
    sheet: SheetLook
    plain: tuple[Option, ...]
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


def sheet_choices(look: Look) -> list[SheetChoice]:
    return [
        SheetChoice(number, sheet, _plain(sheet), () if sheet.is_part else _groups(sheet))
        for number, sheet in enumerate(look.sheets[:MAX_SHEETS])
    ]


def _plain(sheet: SheetLook) -> tuple[Option, ...]:
    return (
        Option("", _("自动识别"), not sheet.choice),
        Option(SKIP, _("不导入这张表"), sheet.choice == SKIP),
    )


def _groups(sheet: SheetLook) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    return tuple(
        (
            platform.label,
            tuple(
                Option(value := f"{platform.key}:{export.key}", export.label, value == sheet.choice)
                for export in platform.exports
            ),
        )
        for platform in platforms().values()
        if platform.exports
    )
