"""A server that answers as a language model would, on this machine, with what a test tells it to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Server:
    endpoint: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def answer(*statements: dict[str, Any]) -> bytes:
    """A chat completion whose content is these statements."""
    return completion(json.dumps({"statements": list(statements)}))


def completion(content: str | None, finish: str = "stop", **message: Any) -> bytes:
    choice = {"message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return json.dumps({"choices": [choice]}).encode()


def said(quote: str, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"sentences": [], "quote": quote, "speaker": None, "figures": [], "victims": [], "blamed": []}
    return {**row, "demand": None, "addressee": None, **values}


@contextmanager
def serving(*replies: bytes | tuple[int, bytes], models: Sequence[dict[str, str]] = ()) -> Iterator[Server]:
    """Serves each reply once and then the last again; a pair is a status and a body."""
    server = Server()
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, json.dumps({"models": list(models)}).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(json.loads(body))
            server.headers.append(dict(self.headers))
            reply = replies[min(len(server.asked), len(replies)) - 1]
            if reply == b"(silence)":
                stop.wait(30)
                return
            self._send(*(reply if isinstance(reply, tuple) else (200, reply)))

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://example.org/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    server.endpoint = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        stop.set()
        http.shutdown()
        http.server_close()
