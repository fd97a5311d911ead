"""Write the generated pages: metrics, platforms, and the changelog's unreleased part."""

from __future__ import annotations

from pathlib import Path

from yunce.engines.metrics.reference import as_markdown as metrics_page
from yunce.engines.platforms._reference import as_markdown as platforms_page

REPOSITORY = Path(__file__).resolve().parent.parent


def changelog() -> str:
    notes = sorted((REPOSITORY / "changes").glob("*.md"))
    lines = [f"- {note.read_text().strip()}" for note in notes if note.name != "README.md"]
    return "\n".join(["# Changelog", "", "## Unreleased", "", *lines, ""])


def main() -> None:
    pages = {
        "docs/metrics.md": metrics_page(),
        "docs/platforms.md": platforms_page(),
        "CHANGELOG.md": changelog(),
    }
    for name, text in pages.items():
        (REPOSITORY / name).write_text(text)
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
