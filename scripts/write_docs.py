"""Write the generated pages: metrics, platforms, and the changelog's unreleased part."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from yunce.engines.metrics.reference import as_markdown as metrics_page
from yunce.engines.platforms import platforms
from yunce.engines.platforms._reference import as_markdown as platforms_page

REPOSITORY = Path(__file__).resolve().parent.parent


def feeds() -> dict[str, list[str]]:
    """By metric the platforms' exports that state it: the two engines do not know each other."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for platform in platforms().values():
        for export in platform.exports:
            for column in export.stating:
                headers = found[column.metric][f"{platform.label} {export.label}"]
                if column.header not in headers:
                    headers.append(column.header)
    return {
        code: [f"{export}「{'」「'.join(headers)}」" for export, headers in exports.items()]
        for code, exports in found.items()
    }


def changelog() -> str:
    notes = sorted((REPOSITORY / "changes").glob("*.md"))
    lines = [f"- {note.read_text().strip()}" for note in notes if note.name != "README.md"]
    return "\n".join(["# Changelog", "", "## Unreleased", "", *lines, ""])


def main() -> None:
    pages = {
        "docs/metrics.md": metrics_page(feeds=feeds()),
        "docs/platforms.md": platforms_page(),
        "CHANGELOG.md": changelog(),
    }
    for name, text in pages.items():
        (REPOSITORY / name).write_text(text)
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
