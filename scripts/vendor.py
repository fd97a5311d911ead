"""Copy the few front-end files pages load from node_modules to static/vendor (git-ignored)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCE = REPOSITORY / "node_modules"
TARGET = REPOSITORY / "src" / "yunce" / "web" / "static" / "vendor"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "fonts/tabler-icons.woff2",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    for source, target in FILES.items():
        copy = TARGET / target
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / source, copy)
        if copy.suffix in (".css", ".js"):
            _forget_source_map(copy)
    _keep_only_woff2(TARGET / "tabler-icons.min.css")


def _forget_source_map(file: Path) -> None:
    """Source maps are not copied, so nothing may point at one."""
    file.write_text(re.sub(r"(//|/\*)# sourceMappingURL=\S+(\s*\*/)?", "", file.read_text()))


def _keep_only_woff2(css: Path) -> None:
    """Every browser Yunce runs in reads woff2; the sheet must not name files that are not here."""
    text = css.read_text()
    start = text.index("src:url(")
    end = text.index("}", start)
    source = 'src:url("./fonts/tabler-icons.woff2") format("woff2")'
    css.write_text(text[:start] + source + text[end:])


if __name__ == "__main__":
    main()
