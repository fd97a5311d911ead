"""What the web server says before any page sees the request."""

from __future__ import annotations

import http.client
import threading

import pytest

from yunce.config.process import web


def never(environ: object, start: object) -> list[bytes]:
    raise AssertionError("the application saw it")


def test_a_body_above_the_limit_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "LARGEST_BODY", 2 * 1024 * 1024)
    listener = web.bind("127.0.0.1", 0)
    port = listener.getsockname()[1]
    server = web.WebServer(never, listener, threads=1)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        client.putrequest("POST", "/t/content/imports/drop/")
        client.putheader("Content-Length", str(500 * 1024 * 1024))
        client.endheaders()
        answer = client.getresponse()
        assert answer.status == 413
        assert "超过 2 MB，没有收下" in answer.read().decode()
        client.close()
    finally:
        server.stop()
        thread.join(15)
