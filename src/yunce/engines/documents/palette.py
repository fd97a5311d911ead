"""Paper and ink: the product's colours and fonts as office files use them (RRGGBB)."""

from __future__ import annotations

FONT = "Microsoft YaHei"  # on every Windows and Mac Office; others substitute their Chinese font
INK = "1C222D"
MUTED = "5F6673"
HEADER_FILL = "F2F0EB"
LINE = "CDC8BC"
TONES = {"": INK, "good": "1A7355", "warn": "944F00", "bad": "B42336", "muted": MUTED}
ACCENT = "2C4A8F"  # 墨蓝: the numbers a chart is about
PALE = "D9E0F0"  # beside them: what there is to reach or to use
PROMPT_FILL = "FBF7EC"  # where people still have to write
