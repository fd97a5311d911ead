"""The raw file of a batch, to take away."""

from __future__ import annotations

from django.http import Http404

from yunce.ground.facts.models import Batch
from yunce.ground.imports.keeping import read_kept
from yunce.ground.imports.rules import shown_name
from yunce.web.attachments import Attachment


def raw_file(batch: Batch) -> Attachment:
    """Http404 when the batch came from no file, FileNotFoundError when that is gone."""
    if not batch.file_sha256:
        raise Http404
    return Attachment(shown_name(batch.file_name), read_kept(batch.file_sha256))
