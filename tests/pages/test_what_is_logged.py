"""Failed logins and refusals leave one line each in the log of the service: who, from where,
what; never what was typed.
"""

from __future__ import annotations

import logging

from pledge_app.accounts import passwords
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.web.logs import SHAPE, OneLine
from tests import make

SECRET = "mật khẩu gõ nhầm ô"


def lines(caplog) -> list[str]:
    return [
        record.getMessage() for record in caplog.records if record.name.startswith("pledge_app")
    ]


def test_the_application_speaks_from_info_on_whatever_the_root_says(app):
    ours = logging.getLogger("pledge_app")
    assert ours.isEnabledFor(logging.INFO)
    assert len([one for one in ours.handlers if type(one) is logging.StreamHandler]) == 1, (
        "each line once"
    )


def test_a_wrong_password_names_the_account_and_the_address(app, cast, visit, caplog):
    name = db.session.get_one(User, cast.users["lan"]).username
    visit(None).post("/dang-nhap", {"username": name, "password": SECRET}, status=422)
    assert f"login failed account={name} from=127.0.0.1" in lines(caplog)
    assert not any(SECRET in line for line in lines(caplog))


def test_an_unknown_name_is_not_written_down_for_it_may_be_a_password(app, visit, caplog):
    visit(None).post("/dang-nhap", {"username": SECRET, "password": "x"}, status=422)
    assert "login failed account=(unknown) from=127.0.0.1" in lines(caplog)
    assert not any(SECRET in line for line in lines(caplog))


def test_a_login_that_must_wait_says_so(app, cast, visit, caplog):
    name = db.session.get_one(User, cast.users["lan"]).username
    for _try in range(7):
        visit(None).post("/dang-nhap", {"username": name, "password": "x"}, status=422)
    assert any(line.startswith(f"login held back account={name}") for line in lines(caplog))


def test_a_refusal_says_who_wanted_what(app, cast, visit, caplog):
    made = make.pledge(cast)
    pid = made.pid
    visit("lan").get("/quan-tri/nguoi-dung?q=bimat", status=403)
    visit("xa").get(f"/giao-uoc/{pid}", status=404)
    visit(None).post(f"/giao-uoc/{pid}/nhap", {"goal": SECRET}, status=401)
    without = visit("lan")
    without.sends_token = False
    without.post(f"/giao-uoc/{pid}/nhap", {"goal": SECRET}, status=400)
    said = "\n".join(lines(caplog))
    assert "refused 403 GET '/quan-tri/nguoi-dung' who=lan from=127.0.0.1" in said
    assert f"refused 404 GET '/giao-uoc/{pid}' who=xa from=127.0.0.1" in said
    assert f"refused 401 POST '/giao-uoc/{pid}/nhap' who=- from=127.0.0.1" in said
    assert f"refused 400 csrf POST '/giao-uoc/{pid}/nhap' who=lan" in said
    assert SECRET not in said and "bimat" not in said


def test_a_path_cannot_begin_a_line_of_its_own(app, visit, caplog):
    visit("lan").get("/giao-uoc/x%0d%0a2026-01-01%20WARNING%20login%20ok%e2%80%a8y", status=404)
    record = next(record for record in caplog.records if "refused 404" in record.getMessage())
    record = logging.LogRecord(
        record.name, record.levelno, "", 1, record.getMessage() + "\r\nx\u2028y", None, None
    )
    assert len(OneLine(SHAPE).format(record).splitlines()) == 1


def test_the_administrator_sees_the_failed_logins_of_a_user(app, cast, visit):
    found = db.session.get_one(User, cast.users["lan"])
    pid, name = found.pid, found.username
    assert "Đăng nhập sai" not in visit("quan").get(f"/quan-tri/nguoi-dung/{pid}").text
    for _try in range(3):
        visit(None).post("/dang-nhap", {"username": name, "password": "x"}, status=422)
    assert "Đăng nhập sai 3 lần" in visit("quan").get(f"/quan-tri/nguoi-dung/{pid}").text
    found = db.session.get_one(User, cast.users["lan"])
    found.password_hash = passwords.hash_password("bốn từ không liên quan")
    db.session.commit()
