"""An answer of a ClickHouse server that breaks off is told, and never given to the next reader."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from yunce.engines.metrics import StoreError, open_store

pytest.importorskip("clickhouse_connect")

ROWS = 100
FAILED = b"Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)"


class Interrupted(BaseException):
    """Like Ctrl-C, or the end of a request's time."""


@dataclass
class Server:
    """Tells ``number`` a hundred times over, in one block; the next answers in other ways."""

    address: str = ""
    ways: list[str] = field(default_factory=list)  # of the next answers to SELECT :number
    callers: list[Any] = field(default_factory=list)  # the address each such question came from
    is_over: threading.Event = field(default_factory=threading.Event)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                told = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                asked = parse_qs(urlsplit(self.path).query)
                if "param_number" not in asked:
                    _answer(self, b"24.8.1.1\tUTC\n" if b"version()" in told else b"")
                    return
                server.callers.append(self.client_address)
                way = server.ways.pop(0) if server.ways else "whole"
                WAYS[way](self, block(int(asked["param_number"][0])), server)

            def log_message(self, *said: object) -> None: ...

        return Handler


def block(number: int) -> bytes:
    """One column of Int64 as ClickHouse's native format has it."""
    return bytes([1, ROWS, 1]) + b"n" + bytes([5]) + b"Int64" + number.to_bytes(8, "little") * ROWS


def _answer(handler: BaseHTTPRequestHandler, content: bytes, *, promised: int = 0) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(promised or len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def _too_short(handler: BaseHTTPRequestHandler, content: bytes, _server: Server) -> None:
    _answer(handler, content[:-300], promised=len(content))
    handler.close_connection = True


def _in_pieces(handler: BaseHTTPRequestHandler, *pieces: bytes, is_whole: bool = False) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    handler.wfile.write(b"0\r\n\r\n" if is_whole else b"")
    handler.close_connection = not is_whole


def _stalls(handler: BaseHTTPRequestHandler, content: bytes, server: Server) -> None:
    """The rest comes when nobody waits for it any more."""
    _answer(handler, content[:-300], promised=len(content))
    server.is_over.wait(10)
    handler.wfile.write(content[-300:])


WAYS: dict[str, Any] = {
    "whole": lambda handler, content, _server: _answer(handler, content),
    "too short": _too_short,
    "a piece is missing": lambda h, content, _server: _in_pieces(h, content[:-300]),
    "cut between blocks": lambda h, content, _server: _in_pieces(h, content),
    "cut inside a piece": lambda h, content, _server: _cut_inside(h, content),
    "an error after rows": lambda h, content, _server: _in_pieces(
        h, content, content[:-300] + FAILED, is_whole=True
    ),
    "no such type": lambda h, content, _server: _answer(h, content.replace(b"Int64", b"Inx64")),
    "no text": lambda h, content, _server: _answer(h, content.replace(b"Int64", b"\xff" * 5)),
    "ends early": lambda h, content, _server: _answer(h, content[:-300]),
    "stalls": _stalls,
}


def _cut_inside(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    _in_pieces(handler)
    handler.wfile.write(b"%x\r\n%s" % (len(content), content[:-300]))


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), told.handler())
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    told.address = f"clickhouse://127.0.0.1:{listening.server_port}/facts"
    yield told
    told.is_over.set()
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def store(server: Server) -> Iterator[Any]:
    opened = open_store(server.address)
    yield opened
    opened.close()


def ask(store: Any, number: int) -> list[int]:
    return [value for (value,) in store._fetch("SELECT :number", number=number)]


def test_readers_share_a_connection(server: Server, store: Any) -> None:
    assert [ask(store, n) for n in (1, 2)] == [[1] * ROWS, [2] * ROWS]
    assert server.callers[0] == server.callers[1]


@pytest.mark.parametrize("way", [way for way in WAYS if way not in ("whole", "stalls")])
def test_an_answer_that_breaks_off_is_told_and_gone(server: Server, store: Any, way: str) -> None:
    server.ways = [way]
    with pytest.raises(StoreError, match="ClickHouse 事实库出错"):
        ask(store, 1)
    assert [ask(store, n) for n in (2, 3)] == [[2] * ROWS, [3] * ROWS]


def test_an_answer_that_stalls_is_told_and_gone(server: Server, store: Any) -> None:
    store._client.timeout = type(store._client.timeout)(connect=5, read=0.1)
    server.ways = ["stalls"]
    with pytest.raises(StoreError, match="ClickHouse 事实库出错"):
        ask(store, 1)
    server.is_over.set()
    assert [ask(store, n) for n in (2, 3)] == [[2] * ROWS, [3] * ROWS]
    assert server.callers[0] != server.callers[1]


def test_a_reader_who_is_interrupted_half_way_drops_the_connection(
    server: Server, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = HTTPResponse.read

    def interrupted(response: HTTPResponse, *_asked: object) -> bytes:
        read(response, 10)
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr(HTTPResponse, "read", interrupted)
        with pytest.raises(Interrupted):
            ask(store, 1)
    assert [ask(store, n) for n in (2, 3)] == [[2] * ROWS, [3] * ROWS]
    assert server.callers[0] != server.callers[1]


def test_a_reader_who_is_interrupted_later_leaves_no_answer_behind(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_given: object) -> None:
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr("clickhouse_connect.datatypes.numeric.Int64.read_column", interrupted)
        with pytest.raises(Interrupted):
            ask(store, 1)
    assert [ask(store, n) for n in (2, 3)] == [[2] * ROWS, [3] * ROWS]


@pytest.mark.parametrize("way", ["too short", "a piece is missing", "cut inside a piece"])
def test_a_command_whose_answer_breaks_off_is_told(server: Server, store: Any, way: str) -> None:
    server.ways = [way]
    with pytest.raises(StoreError, match="ClickHouse 事实库出错"):
        store._command("SELECT :number", number=1)
    assert ask(store, 2) == [2] * ROWS
