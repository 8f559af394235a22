"""What an enemy tries at the door: false addresses and hosts, stolen and fixed sessions, foreign
ids in one's own pages.
"""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import inspect, text

from pledge_app.accounts.models import LoginSession
from pledge_app.kernel.base import db
from pledge_app.kernel.database import set_reading
from pledge_app.pledges.models import Target
from tests import agreeing, make
from tests.conftest import make_app
from tests.pages.access_table import ROWS
from tests.pages.test_access import address, asked, visitor_of, world_place
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


@pytest.fixture
def elsewhere(app):
    """elsewhere(behind_proxy=True) serves the same database with other settings."""
    made = []

    def serve(**settings):
        given = app.config["SETTINGS"]
        made.append(make_app(given.database_url, given.data_dir, **settings))
        return made[-1]

    yield serve
    for one in made:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


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
    assert {one.split("=")[0] for one in given} == {"__Host-form", "__Host-sid", "language"}
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


def test_the_host_that_a_request_claims_is_in_no_page_and_no_address(asked, cast):
    app, made = asked
    for row in ROWS:
        if row.method == "GET" and row.let_in:
            visitor = next(
                one for one in (visitor_of(app, cast, row, letter) for letter in row.let_in) if one
            )
            answer = visitor._ask(
                "GET",
                address(row, made),
                headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
            )
            assert b"evil.example" not in answer.data, row.path
            assert "evil.example" not in str(answer.headers), row.path


def test_a_host_that_is_not_ours_is_refused_where_ours_are_named(app, cast, elsewhere):
    public = elsewhere(trusted_hosts=("thidua.example",))
    with public.app_context():
        stranger = Visitor(public)
        refused = stranger._ask("GET", "/dang-nhap", headers={"Host": "evil.example"})
        assert refused.status_code == 400 and "evil.example" not in refused.text
        assert (
            stranger._ask("GET", "/dang-nhap", headers={"Host": "thidua.example"}).status_code
            == 200
        )


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "http://evil.example/giao-uoc",
        "/%2f%2fevil.example",
        "/\tevil",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:a=b",
    ],
)
def test_the_login_and_the_choice_of_language_lead_nowhere_else(app, cast, visit, target):
    agreeing.set_password(cast, "lan")
    visitor = visit(None)
    answer = visitor.post(
        "/dang-nhap", {"username": "lan", "password": GOOD}, query_string={"next": target}
    )
    assert answer.headers["Location"] == "/"
    answer = visitor.post("/ngon-ngu", {"language": "en", "next": target})
    assert answer.headers["Location"] == "/"


def test_no_address_takes_another_method_than_get_and_post(app, visit):
    for rule in app.url_map.iter_rules():
        assert set(rule.methods or ()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        assert visit("quan")._ask(method, "/giao-uoc").status_code == 405


def test_the_head_of_a_closed_page_is_closed_too(asked, cast):
    app, made = asked
    for row in ROWS:
        if row.method == "GET" and "p" not in row.let_in:
            for method in ("HEAD", "OPTIONS"):
                assert Visitor(app)._ask(method, address(row, made)).status_code in {303, 401}, (
                    method,
                    row.path,
                )


def everything() -> dict[str, list[str]]:
    """Every row of every table but the touch of the session, the operator's pulse and the copy
    of a DOCX that is kept because making it takes a second: the same content, whoever asked
    first.
    """
    found = {}
    for table in inspect(db.engine).get_table_names():
        if table not in {"login_session", "duty", "alembic_version", "document_word"}:
            kept = " WHERE media_type != 'application/x-docx'" if table == "stored_file" else ""
            found[table] = sorted(
                map(repr, db.session.execute(text(f'SELECT * FROM "{table}"{kept}')).all())
            )
    db.session.rollback()
    return found


def test_reading_every_page_changes_nothing(asked, cast):
    app, made = asked
    before = everything()
    for row in ROWS:
        if row.method == "GET" and row.let_in:
            visitor = next(
                one for one in (visitor_of(app, cast, row, letter) for letter in row.let_in) if one
            )
            visitor._ask("GET", address(row, made))
    assert everything() == before


def test_a_form_sent_without_its_token_comes_back_with_its_text(asked, cast):
    app, made = asked
    for row in ROWS:
        if row.method == "POST" and row.endpoint != "accounts.take_part":
            letter = next((one for one in row.let_in if one != "p"), "c")
            visitor = visitor_of(app, cast, row, letter) or Visitor(app, cast.users["lan"])
            answer = visitor._ask(
                "POST", address(row, made), data={"ghi_chu": "điều đã gõ", "password": "bí mật"}
            )
            assert answer.status_code == 400 and "điều đã gõ" in answer.text, row.path
            assert "bí mật" not in answer.text, row.path


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"cells": {"goal": "9"}, "ver": "1", "tab": "a", "seq": 1}},
        {"data": '{"cells": {"goal": "9"}}', "content_type": "text/plain"},
        {
            "data": '{"cells": {"goal": "9"}}',
            "content_type": "application/json",
            "headers": {"X-CSRFToken": "x"},
        },
    ],
)
def test_what_our_script_sends_needs_the_token_too(app, cast, visit, sent):
    made = make.pledge(cast)
    target = made.targets[0]
    path, target_id, before = f"/giao-uoc/{made.pid}/dong/{target.pid}", target.id, target.goal
    answer = visit("lan")._ask("POST", path, **sent)
    assert answer.status_code == 400
    db.session.expire_all()
    assert db.session.get_one(Target, target_id).goal == before


def test_a_foreign_row_is_not_reached_through_ones_own_page(app, cast, visit):
    own, foreign = make.pledge(cast), make.pledge(cast, "Hải Đông")
    target = foreign.targets[0]
    body = {"cells": {"goal": "9"}, "ver": "1", "tab": "a", "seq": 1}
    lan, target_pid, target_id, own_pid, foreign_pid = (
        visit("lan"),
        target.pid,
        target.id,
        own.pid,
        foreign.pid,
    )
    lan.post(f"/giao-uoc/{own_pid}/dong/{target_pid}", status=404, json=body)
    lan.post(f"/giao-uoc/{foreign_pid}/dong/{target_pid}", status=404, json=body)
    fields = {
        f"goal-{target_pid}": "9",
        f"ver-{target_pid}": "1",
        "state": "agreed",
        "unit_id": "1",
        "round": "7",
    }
    lan.post(f"/giao-uoc/{own_pid}/nhap", fields, status=303)
    db.session.expire_all()
    assert db.session.get_one(Target, target_id).goal is None
    assert (own.state.value, own.round, own.unit_id) == ("draft", 0, cast.units["Hải Quang"])


def test_a_line_break_in_an_address_is_no_line_of_the_log(visit, caplog):
    with caplog.at_level(logging.INFO):
        visit(None)._ask("GET", "/khong-co%0AINFO%20refused%20303%20POST%20/quan-tri%1b[31m")
    said = [record.getMessage() for record in caplog.records]
    assert any("khong-co" in one for one in said)
    assert not any("\n" in one or "\x1b" in one for one in said)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pledge_app/config.py",
        "/static/%2e%2e/setup.cfg",
        "/static/..%2fsetup.cfg",
        "/huong-dan/anh/..%2f..%2fREADME.md",
        "/huong-dan/..%2f..%2fREADME.md",
        "/static//etc/passwd",
        "/static/%5c..%5csetup.cfg",
        "/huong-dan/anh/%2fetc%2fpasswd",
        "/console",
        "/.env",
        "/.git/config",
    ],
)
def test_no_address_leads_out_of_what_is_served(visit, path):
    assert visit("quan")._ask("GET", path).status_code in {308, 404}, path


def test_a_fault_tells_a_stranger_nothing(app, visit):
    db.session.execute(text("ALTER TABLE envelope RENAME TO gone"))
    db.session.commit()
    answer = visit(None)._ask("GET", "/kiem-tra/ABCDEFGHJK")
    assert answer.status_code in {500, 503}
    for told in (
        "Traceback",
        "envelope",
        "SELECT",
        "sqlite",
        "psycopg",
        "Werkzeug",
        "/pledge_app",
        str(app.config["SETTINGS"].data_dir),
    ):
        assert told not in answer.text, told
    assert "Werkzeug" not in str(answer.headers)


def test_every_stored_file_goes_out_as_itself_and_opens_nothing(asked, cast):
    app, made = asked
    for row in ROWS:
        if row.method == "GET" and row.path.endswith(("/tep", "/docx", "/anh")) and row.let_in:
            visitor = next(
                one for one in (visitor_of(app, cast, row, letter) for letter in row.let_in) if one
            )
            answer = visitor.get(address(row, made))
            assert (
                answer.mimetype != "text/html"
                and answer.headers["X-Content-Type-Options"] == "nosniff"
            )
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            if (
                row.endpoint != "documents.file"
            ):  # our own paper is shown in its frame; what was uploaded never is
                assert (
                    "sandbox" in answer.headers["Content-Security-Policy"]
                    or "attachment" in answer.headers["Content-Disposition"]
                )
