"""A file to take away; never shown by the browser."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.utils.http import content_disposition_header


class Attachment(NamedTuple):
    name: str
    content: bytes
    content_type: str = "application/octet-stream"

    def response(self) -> HttpResponse:
        answer = HttpResponse(self.content, content_type=self.content_type)
        disposition = content_disposition_header(as_attachment=True, filename=self.name)
        answer["Content-Disposition"] = disposition or "attachment"
        return answer
