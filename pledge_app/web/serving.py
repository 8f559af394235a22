"""Between granian and the application: a request is handed over once all of it is here.

A body that comes a byte a second would otherwise hold one of the few threads for as long as it
likes; most offices have no nginx in front that buffers it. Read here, it holds a file.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from pledge_app.kernel.numbers import whole_number

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

THREADS = 2  # that answer, of one process
MOST_BYTES = 32 * 1024 * 1024  # above the largest that any page takes
IN_MEMORY = 256 * 1024
IDLE_SECONDS, WHOLE_SECONDS = 20, 300  # 20 MB within it is 0.6 Mbit/s
MOST_COMING = 100  # bodies of one process that are not whole yet: the oldest makes room
TOO_SLOW = "pledge.too_slow"
"""In the environment of a request whose body did not come: the application says so in its words."""
ONCE = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}
Head = list[tuple[str, str]]


class Buffered:
    """A WSGI application as granian's RSGI serves it."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self._threads = ThreadPoolExecutor(THREADS, "web")
        self._coming: dict[object, asyncio.Timeout] = {}

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        self._threads.shutdown(wait=True)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        environ = _environment(scope)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            if scope.method in ("GET", "HEAD") or _announced(environ) > MOST_BYTES:
                environ["wsgi.input"] = io.BytesIO()  # the application refuses it by its length
            elif not await self._receive(protocol, environ, body):
                return
            loop = asyncio.get_running_loop()
            status, head, answer = await loop.run_in_executor(self._threads, self._call, environ)
        if answer:
            protocol.response_bytes(status, head, answer)
        else:
            protocol.response_empty(status, head)

    async def _receive(
        self, protocol: HTTPProtocol, environ: WSGIEnvironment, body: IO[bytes]
    ) -> bool:
        """Take the body in. False: who sent it has gone, and nobody waits for an answer."""
        size = 0
        try:
            async with asyncio.timeout(WHOLE_SECONDS) as whole:
                self._make_room()
                self._coming[body] = whole
                parts = aiter(protocol)
                while size <= MOST_BYTES:
                    try:
                        part = await asyncio.wait_for(anext(parts), IDLE_SECONDS)
                    except StopAsyncIteration:
                        break
                    body.write(part)
                    size += len(part)
        except TimeoutError:
            environ[TOO_SLOW] = True
        finally:
            self._coming.pop(body, None)
        if TOO_SLOW not in environ and size < _announced(environ):
            return False
        body.seek(0)
        is_taken = TOO_SLOW not in environ and size <= MOST_BYTES
        environ["wsgi.input"] = body if is_taken else io.BytesIO()
        environ["CONTENT_LENGTH"] = str(size)
        return True

    def _make_room(self) -> None:
        """Whoever comes now is let in, however many hold their bodies back."""
        while len(self._coming) >= MOST_COMING:
            oldest = self._coming.pop(next(iter(self._coming)))
            oldest.reschedule(asyncio.get_running_loop().time())

    def _call(self, environ: WSGIEnvironment) -> tuple[int, Head, bytes]:
        """The whole answer: who reads it slowly holds no thread either."""
        told: list[tuple[int, Head]] = []

        def start(status: str, head: Head, _exc_info: object = None) -> object:
            told.append((int(status.split(" ", 1)[0]), head))
            return None

        parts: Iterable[bytes] = self.app(environ, start)  # type: ignore[arg-type]
        try:
            answer = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        status, head = told[-1]
        return status, head, answer


def _announced(environ: WSGIEnvironment) -> int:
    """The length that the request says it has; 0 where it says none."""
    return whole_number(environ.get("CONTENT_LENGTH")) or 0


def _environment(scope: Scope) -> WSGIEnvironment:
    """A request's head as PEP 3333 wants it. A name with "_" would pass for another with "-": it
    is left out, as nginx does.
    """
    name, _colon, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REQUEST_URI": quote(scope.path) + (f"?{scope.query_string}" * bool(scope.query_string)),
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.version": (1, 0),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for head, value in scope.headers.items():
        if "_" in head:
            continue
        key = f"HTTP_{head.upper().replace('-', '_')}"
        key = ONCE.get(key, key)
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    if scope.authority is not None:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ
