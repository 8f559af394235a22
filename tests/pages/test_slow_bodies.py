"""However slowly a body comes, nobody waits for it: nothing of the database is held while it is
read.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask, g
from sqlalchemy import delete, update

from pledge_app.accounts.models import LoginSession, RoleGrant
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.database import own_writer, set_reading
from pledge_app.web.serving import TOO_SLOW
from tests.cast import Cast
from tests.site import Visitor

FORM = "application/x-www-form-urlencoded"
UPLOAD = "multipart/form-data; boundary=X"


class Slow(io.BytesIO):
    """A body that looks, each time it is asked for more, at how many connections are in use."""

    def __init__(self, body: bytes, meanwhile: Callable[[], None] = lambda: None) -> None:
        super().__init__(body)
        self.held: list[int] = []
        self.meanwhile = meanwhile

    def read(self, size: int | None = -1) -> bytes:
        self.held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        if len(self.held) == 1:
            self.meanwhile()
        return super().read(size)

    def readinto(self, buffer: Any) -> int:
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def send(who: Visitor, path: str, body: Slow, kind: str, token: str = "") -> int:
    """One POST by a bare client; the transaction of the test is over before, as another process'
    would be.
    """
    db.session.remove()
    for name in list(g):
        g.pop(name)
    set_reading(False)
    answer = who.client.post(
        path,
        input_stream=body,
        content_type=kind,
        content_length=len(body.getvalue()),
        headers={"X-CSRFToken": token},
    )
    db.session.remove()
    for name in list(g):
        g.pop(name)
    set_reading(False)
    return answer.status_code


def token_of(who: Visitor) -> str:
    sent: dict[str, Any] = who._with_token(None, {"json": {}})[1]
    return str(sent["headers"]["X-CSRFToken"])


@pytest.mark.parametrize("kind", [FORM, UPLOAD, "application/json", "text/plain"])
@pytest.mark.parametrize(
    "path", ["/giao-uoc/lap", "/thong-bao/da-doc", "/dang-nhap", "/kiem-tra", "/ngon-ngu", "/x"]
)
def test_a_stranger_with_a_made_up_cookie_holds_nothing(
    app: Flask, visit: Any, path: str, kind: str
) -> None:
    stranger = visit(None)
    stranger.client.set_cookie("sid", "A" * 43)
    body = Slow(b"a=" + b"b" * 5000)
    assert send(stranger, path, body, kind) in {400, 401, 404, 405}
    assert not any(body.held)


@pytest.mark.parametrize("kind", [FORM, UPLOAD, "application/json", "text/plain"])
@pytest.mark.parametrize(
    "path",
    ["/thong-bao/da-doc", "/giao-uoc/lap", "/bao-cao-quy/x/dong/y", "/bao-cao-quy/x/minh-chung"],
)
def test_somebody_logged_in_holds_nothing_either(
    app: Flask, visit: Any, path: str, kind: str
) -> None:
    lan = visit("lan")
    parts = (
        b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        + b"b" * 9000
        + b"\r\n--X--\r\n"
    )
    body = Slow(parts if kind == UPLOAD else b'{"ver": "1"}' if "json" in kind else b"a=b")
    assert send(lan, path, body, kind, token_of(lan)) in {200, 303, 403, 404, 422}
    assert body.held
    assert not any(body.held)


def test_a_stranger_s_file_is_not_received(app: Flask, visit: Any) -> None:
    body = Slow(b"b" * (2 * 1024 * 1024))
    assert send(visit(None), "/bao-cao-quy/x/minh-chung", body, UPLOAD) == 401
    assert not body.held


def test_a_body_that_did_not_come_is_told_in_words(app: Flask, visit: Any) -> None:
    answer = visit(None).client.post("/dang-nhap", environ_overrides={TOO_SLOW: True})
    assert answer.status_code == 408
    assert "đến quá chậm nên máy chủ đã dừng nhận và chưa ghi gì" in answer.text


def test_a_login_that_ended_while_the_body_came_does_nothing(
    app: Flask, visit: Any, cast: Cast
) -> None:
    lan = visit("lan")
    user_id = cast.users["lan"]

    def end() -> None:
        with own_writer(db.engine) as connection:
            connection.execute(
                update(LoginSession)
                .where(LoginSession.user_id == user_id)
                .values(ended_at=clock.now())
            )

    body = Slow(urlencode({"remind": "1"}).encode(), end)
    assert send(lan, "/thong-bao/da-doc", body, FORM, token_of(lan)) == 401


def test_a_role_that_was_taken_while_the_body_came_does_nothing(
    app: Flask, visit: Any, cast: Cast
) -> None:
    admin, user_id = visit("quan"), cast.users["quan"]

    def take() -> None:
        with own_writer(db.engine) as connection:
            connection.execute(delete(RoleGrant).where(RoleGrant.user_id == user_id))

    body = Slow(urlencode({"then": "shipped"}).encode(), take)
    assert send(admin, "/quan-tri/don-vi/nhap", body, FORM, token_of(admin)) == 403
