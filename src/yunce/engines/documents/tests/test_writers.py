"""The formats on offer, and what they cost at start."""

from __future__ import annotations

import subprocess
import sys

from yunce.engines.documents import CONTENT_TYPES, WRITERS

PROBE = """
import sys, yunce.engines.documents
print(sorted({"xlsxwriter", "docx", "lxml", "django"} & set(sys.modules)))
"""


def test_every_format_has_a_writer_and_a_content_type() -> None:
    assert set(WRITERS) == set(CONTENT_TYPES) == {"xlsx", "docx"}


def test_office_libraries_load_only_when_a_document_is_written() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROBE],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
