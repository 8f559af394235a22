"""What an enemy tries at the door: claimed addresses, and cookies that were planted, stolen or made
up.
"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from pledge_app.accounts.models import LoginSession
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from tests import agreeing, make
from tests.pages.access_table import ROWS
from tests.pages.test_access import address, asked, world_place
from tests.site import Visitor

__all__ = ["asked", "world_place"]

GOOD = "một câu rất dài để vào"
TOO_MANY = "Hãy chờ"


def log_in(
    visitor: Visitor,
    password: str = "sai mật khẩu rồi",
    name: str = "lan",
    status: int = 422,
    **headers: str,
):
    return visitor.post(
        "/dang-nhap",
        {"username": name, "password": password},
        status=status,
        headers={key.replace("_", "-"): value for key, value in headers.items()},
    )


def newest_session() -> LoginSession:
    return db.session.query(LoginSession).order_by(LoginSession.id.desc()).limit(1).one()


def cookie_of(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("sid")
    assert found is not None
    return found.value


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_a_claimed_address_does_not_loosen_the_delay_after_wrong_passwords(app, cast, visit):
    agreeing.set_password(cast, "lan")
    said = [
        log_in(
            visit(None),
            X_Forwarded_For=f"10.0.0.{n}",
            X_Real_IP=f"10.0.0.{n}",
            Forwarded=f"for=10.0.0.{n}",
        ).text
        for n in range(8)
    ]
    assert TOO_MANY in said[-1]


def test_a_claimed_address_is_not_written_down(app, cast, visit):
    agreeing.set_password(cast, "lan")
    log_in(visit(None), GOOD, status=303, X_Forwarded_For="6.6.6.6")
    assert newest_session().address == "127.0.0.1"


def test_behind_our_proxy_a_stranger_does_not_make_everybody_wait(app, cast, elsewhere):
    agreeing.set_password(cast, "lan")
    proxied = elsewhere(behind_proxy=True)
    db.session.execute(
        text(
            "INSERT INTO login_throttle (key, failures, last_at) VALUES ('address:6.6.6.6', 110, "
            ":at)"
        ),
        {"at": make.AT.replace(year=2099, tzinfo=None)},
    )
    db.session.commit()
    with proxied.app_context():
        assert TOO_MANY in log_in(Visitor(proxied), GOOD, X_Forwarded_For="1.2.3.4, 6.6.6.6").text
        log_in(Visitor(proxied), GOOD, status=303, X_Forwarded_For="7.7.7.7")
        assert newest_session().address == "7.7.7.7"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_over_https_every_cookie_is_secure_and_bound_to_the_host(app, cast, elsewhere, scheme):
    agreeing.set_password(cast, "lan")
    public = elsewhere(public_url="https://thidua.example")
    base = f"{scheme}://localhost"  # as nginx passes it on, or a server with a certificate
    given: list[str] = []

    def ask(path, data=None):
        answer = visitor._ask("POST" if data else "GET", path, data=data, base_url=base)
        given.extend(answer.headers.getlist("Set-Cookie"))
        return answer

    with public.app_context():
        visitor = Visitor(public)
        token = token_in(ask("/dang-nhap").text)
        assert (
            ask(
                "/dang-nhap", {"username": "lan", "password": GOOD, "csrf_token": token}
            ).status_code
            == 303
        )
        page = ask("/")
        token = token_in(page.text)
        assert page.headers["Strict-Transport-Security"]
        assert (
            ask("/ngon-ngu", {"language": "vi", "next": "/", "csrf_token": token}).status_code
            == 303
        )
        assert ask("/dang-xuat", {"csrf_token": token}).status_code == 303
    assert {one.split("=")[0] for one in given} == {
        "__Host-form",
        "__Host-known",
        "__Host-sid",
        "language",
    }
    for (
        cookie
    ) in given:  # also the ones that take a cookie away: browsers ignore those without Secure
        assert (
            "Secure" in cookie
            and "HttpOnly" in cookie
            and "SameSite=Lax" in cookie
            and "Path=/" in cookie
        ), cookie
        assert "Domain" not in cookie


def test_a_session_that_was_planted_before_the_login_is_not_the_one_that_logs_in(app, cast, visit):
    agreeing.set_password(cast, "lan")
    victim = visit(None)
    victim.client.set_cookie("sid", "planted-by-somebody-else")
    log_in(victim, GOOD, status=303)
    assert cookie_of(victim) != "planted-by-somebody-else"
    thief = visit(None)
    thief.client.set_cookie("sid", "planted-by-somebody-else")
    thief.get("/giao-uoc", status=303)


@pytest.mark.parametrize(
    "cookie", ["", "x" * 8000, "é😀", "'; DROP TABLE app_user; --", "../../etc", "a b;c"]
)
def test_a_rubbish_cookie_is_nobody(visit, cookie):
    stranger = visit(None)
    answer = stranger._ask(
        "GET",
        "/giao-uoc",
        headers={
            "Cookie": f"sid={cookie}; form={cookie}; language={cookie}".encode().decode("latin-1")
        },
    )
    assert answer.status_code == 303 and "/dang-nhap" in answer.headers["Location"]


def test_a_stolen_cookie_opens_nothing_after_the_logout(asked, cast):
    app, made = asked
    owner = Visitor(app, cast.users["quan"])
    stolen = cookie_of(owner)
    owner.post("/dang-xuat")
    for row in ROWS:
        if row.method == "GET" and "p" not in row.let_in:
            thief = app.test_client()
            thief.set_cookie("sid", stolen)
            answer = thief.get(address(row, made))
            set_reading(False)
            assert answer.status_code == 303 and "/dang-nhap" in answer.headers["Location"], (
                row.path
            )
