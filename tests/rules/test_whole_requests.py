"""The application is handed a request once all of it is here, or is told that it will not come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from pledge_app.web import serving
from pledge_app.web.serving import TOO_SLOW, Buffered

Asked = list[dict[str, Any]]


class Sent:
    """A request's body in parts, and what is answered. None: the next part is long in coming."""

    def __init__(self, *parts: bytes | None) -> None:
        self.parts = parts
        self.answers: list[tuple[int, bytes]] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            if part is None:
                await asyncio.sleep(30)
            else:
                yield part

    def response_bytes(self, status: int, _head: object, body: bytes) -> None:
        self.answers.append((status, body))

    def response_empty(self, status: int, _head: object) -> None:
        self.answers.append((status, b""))


def scope(*heads: tuple[str, str], method: str = "POST", path: str = "/a") -> Any:
    return SimpleNamespace(
        method=method,
        path=path,
        query_string="b=%20",
        server="127.0.0.1:8000",
        client="[::1]:4000",
        scheme="http",
        http_version="1.1",
        authority=None,
        headers=SimpleNamespace(items=lambda: list(heads)),
    )


def served(sent: Sent, *heads: tuple[str, str], **more: str) -> dict[str, Any] | None:
    """The environment with the body that the application was given, or None."""
    asked: Asked = []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append({**environ, "body": environ["wsgi.input"].read()})
        start("200 OK", [])
        return [b"o", b"k"]

    line = scope(*heads, **more) if heads else scope(("host", "x"), **more)
    asyncio.run(Buffered(app).__rsgi__(line, sent))  # type: ignore[arg-type]
    return asked[0] if asked else None


def test_the_parts_of_a_body_come_as_one_and_the_answer_goes_back() -> None:
    sent = Sent(b"ab", b"c")
    environ = served(sent, ("host", "x"), ("content-length", "3"))
    assert environ is not None
    assert (environ["body"], environ["CONTENT_LENGTH"]) == (b"abc", "3")
    assert sent.answers == [(200, b"ok")]


def test_a_body_of_no_stated_length_gets_the_one_that_it_had() -> None:
    environ = served(Sent(b"abcd"), ("host", "x"), ("transfer-encoding", "chunked"))
    assert environ is not None
    assert (environ["CONTENT_LENGTH"], "HTTP_TRANSFER_ENCODING" in environ) == ("4", False)


def test_a_body_that_was_cut_off_is_given_to_nobody() -> None:
    sent = Sent(b"ab")
    assert served(sent, ("content-length", "3")) is None
    assert sent.answers == []


@pytest.mark.parametrize("limit", ["IDLE_SECONDS", "WHOLE_SECONDS"])
def test_a_body_that_does_not_come_is_waited_for_so_long(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, limit, 0.05)
    environ = served(Sent(b"ab", None), ("content-length", "3"))
    assert environ is not None
    assert (environ[TOO_SLOW], environ["body"]) == (True, b"")


def test_the_oldest_unfinished_body_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_COMING", 1)
    told: list[bool] = []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        told.append(TOO_SLOW in environ)
        start("200 OK", [])
        return []

    async def both() -> None:
        server = Buffered(app)
        line = scope(("content-length", "3"))
        waiting = asyncio.create_task(server.__rsgi__(line, Sent(b"a", None)))  # type: ignore[arg-type]
        await asyncio.sleep(0.02)
        await server.__rsgi__(line, Sent(b"abc"))  # type: ignore[arg-type]
        await waiting

    asyncio.run(both())
    assert sorted(told) == [False, True]


def test_more_than_any_page_takes_is_refused_by_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_BYTES", 4)
    for heads in [("content-length", "6")], [("host", "x")]:
        environ = served(Sent(b"abc", b"def"), *heads)
        assert environ is not None
        assert (environ["body"], environ["CONTENT_LENGTH"]) == (b"", "6")


def test_the_head_is_what_an_application_expects() -> None:
    environ = served(
        Sent(),
        ("host", "x"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x_forwarded_for", "6.6.6.6"),
        ("content-type", "text/plain"),
        method="GET",
        path="/tệp 1",
    )
    assert environ is not None
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/tệp 1"
    assert environ["REQUEST_URI"] == "/t%E1%BB%87p%201?b=%20"
    assert (environ["HTTP_COOKIE"], environ["CONTENT_TYPE"]) == ("a=1; b=2", "text/plain")
    assert (environ["REMOTE_ADDR"], environ["HTTP_HOST"]) == ("::1", "x")
    assert "HTTP_X_FORWARDED_FOR" not in environ
