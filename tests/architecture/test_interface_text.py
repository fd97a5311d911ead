"""Every Chinese sentence people read goes through gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "yunce"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Tags whose content is translated, comments, and script islands' JSON.
TRANSLATED = re.compile(
    r"{%\s*(?:blocktranslate|blocktrans)\b.*?{%\s*end(?:blocktranslate|blocktrans)\s*%}"
    r"|{%\s*comment\b.*?endcomment\s*%}|{#.*?#}|<!--.*?-->|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
# Words of the field that are data, not interface: names of festivals, what platforms write in
# their files, what the demo team's month says, how numbers and days are written, what vague
# sentences lack.
DATA = (
    "engines/calendars/",
    "engines/platforms/",
    "engines/metrics/",
    "engines/plantables/",
    "engines/documents/number_formats",
    "outputs/dashboards/demo",
    "config/demo",
    "config/plancheck/vocabulary",
    "engines/plantables/",
    "loop/plans/efforts",
    "loop/plans/recurrence",
    "loop/plans/intake/vocabulary",
    "loop/reviews/vocabulary",
    "ground/imports/vocabulary",
    "kit/",
    "engines/explain/titles",
    "tests/",
)


def templates() -> list[Path]:
    return sorted(SOURCE.rglob("templates/**/*.html"))


def modules() -> list[Path]:
    return [
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if not any(part in f"{path.relative_to(SOURCE).as_posix()}" for part in DATA)
        and "migrations" not in path.parts
    ]


@pytest.mark.parametrize("path", templates(), ids=lambda p: p.name)
def test_templates_translate_their_text(path: Path) -> None:
    bare = TRANSLATED.sub("", path.read_text())
    assert not [line.strip() for line in bare.splitlines() if CHINESE.search(line)]


def docstrings(tree: ast.AST) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, holders)]
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def translated(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in GETTEXT:
                yield from (id(part) for part in ast.walk(node))


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_modules_translate_their_text(path: Path) -> None:
    tree = ast.parse(path.read_text())
    allowed = docstrings(tree) | set(translated(tree))
    bare = [
        f"line {node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if len(CHINESE.findall(node.value)) > 1 and id(node) not in allowed
    ]
    assert not bare
