"""Large request bodies: written to disk piece by piece, and cut off at the limit."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yunce.engines.platforms import MAX_BYTES
from yunce.ground.imports.rules import shown_name

MEGABYTE = 1024 * 1024


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Never holds a file in memory; what is too large is skipped and noted on the request."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MAX_BYTES:
            note_too_large(self.request, self.file_name or "")
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def note_too_large(request: Any, name: str) -> None:
    too_large = getattr(request, "too_large", [])
    request.too_large = [*too_large, shown_name(name)]


def too_large(request: HttpRequest) -> list[str]:
    """A sentence for each file that was cut off."""
    limit = MAX_BYTES // MEGABYTE
    return [
        _("「%(name)s」超过 %(limit)d MB，没有收下。请在平台后台缩短时间范围、分几次导出后再上传。")
        % {"name": name, "limit": limit}
        for name in getattr(request, "too_large", [])
    ]
