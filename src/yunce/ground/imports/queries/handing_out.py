"""The raw file of a batch, to take away; never shown by the browser."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from yunce.ground.facts.models import Batch
from yunce.ground.imports.keeping import read_kept
from yunce.ground.imports.rules import shown_name


def raw_file(batch: Batch) -> HttpResponse:
    """Http404 when the batch came from no file, FileNotFoundError when that is gone."""
    if not batch.file_sha256:
        raise Http404
    content = read_kept(batch.file_sha256)
    answer = HttpResponse(content, content_type="application/octet-stream")
    name = shown_name(batch.file_name)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
