"""What an enemy tries past the door: false hosts, forms without a token, foreign ids in one's own
pages, files. The door itself: test_access_sessions.py.
"""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import inspect, text

from pledge_app.kernel.base import db
from pledge_app.pledges.models import Target
from tests import agreeing, make
from tests.pages.access_table import ROWS
from tests.pages.test_access import address, asked, visitor_of, world_place
from tests.pages.test_access_sessions import GOOD
from tests.site import Visitor

__all__ = ["asked", "world_place"]


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
