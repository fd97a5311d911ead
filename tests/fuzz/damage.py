"""Ways to damage a file: its bytes, the parts inside its zip, the text of its markup."""

from __future__ import annotations

import re
import struct
from random import Random

from tests.fuzz.corpus import corpus, parts_of, zipped

SPLICES = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b"<", b">", b"&", b"]]>", b"<!--", b"\r"),
    *(
        b",",
        b"\t",
        b";",
        b"\n" * 50,
        b"," * 2_000,
        b"-",
        b"--",
        "计算中".encode(),
        b"10\xe4\xb8\x87+",
    ),
    *(b"1e999", b"nan", b"-1", b"99999999999999999999", "٣٤".encode(), b"=cmd|' /C calc'!A0"),
    *(b"2026-02-30", b"0000-00-00", b"9999-12-31 23:59:59+23:59", b"20269999", b"46233"),
    *(b'<!DOCTYPE a [<!ENTITY a "b">]>', b"&a;", b"&#0;", b"<![CDATA[", b"<?xml?>", b"<c/>"),
    *(b'<c r="XFD1048576"><v>1</v></c>', b'<row r="1048576"/>', b'<c t="s"><v>4294967295</v></c>'),
    *(b'<dimension ref="A1:XFD1048576"/>', b'<mergeCell ref="A1:XFD1048576"/>', b' r="A0"'),
    *(b"<table><tr><td rowspan=65534 colspan=999>", b"</table>", b"<td>" * 300, b"<b>" * 300),
    *(b"../../", b"C:\\", b"PK\x01\x02", b"PK\x05\x06", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
)
NUMBERS = (0, 1, 2, 255, 256, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def damaged(random: Random) -> tuple[str, bytes]:
    """A file of the corpus, damaged once or a few times, mostly where its format can be hurt."""
    name = random.choice([*corpus()])
    content = corpus()[name]
    if content.startswith(b"PK") and random.random() < 0.8:
        return name, _inside(content, random)
    for _time in range(random.randint(1, 4)):
        content = random.choice(WAYS)(content, random)
    return name, content


def _inside(content: bytes, random: Random) -> bytes:
    """The zip stays whole: what is hurt lies in one of its parts, or in the names."""
    parts = parts_of(content)
    name = random.choice([*parts])
    if random.random() < 0.05:
        parts[random.choice(("../x.csv", "xl/workbook.xml", "__MACOSX/x", "", "/"))] = parts[name]
    for _time in range(random.randint(1, 4)):
        parts[name] = random.choice(WAYS)(parts[name], random)
    return zipped(parts)


def _flip(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.randbytes(random.randint(1, 4)) + content[place + 2 :]


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _splice(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.choice(SPLICES) + content[place:]


def _repeat(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    piece = content[start : start + random.randint(1, 200)]
    return content[:start] + piece * random.choice((2, 3, 50, 500)) + content[start:]


def _drop(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    return content[:start] + content[start + random.randint(1, 100) :]


def _number(content: bytes, random: Random) -> bytes:
    """A number as binary formats write it, with one that hurts."""
    place = random.randrange(max(1, len(content) - 4))
    written = struct.pack("<I", random.choice(NUMBERS))[: random.choice((1, 2, 4))]
    return content[:place] + written + content[place + len(written) :]


def _digits(content: bytes, random: Random) -> bytes:
    """A number as text formats write it, with one that hurts."""
    found = [*re.finditer(rb"[0-9]+", content[:200_000])]
    if not found:
        return content
    number = random.choice(found)
    return (
        content[: number.start()] + str(random.choice(NUMBERS)).encode() + content[number.end() :]
    )


def _marry(content: bytes, random: Random) -> bytes:
    other = corpus()[random.choice([*corpus()])]
    return content[: random.randrange(len(content) + 1)] + other[random.randrange(len(other)) :]


WAYS = (_flip, _cut, _splice, _splice, _repeat, _drop, _number, _digits, _digits, _marry)
