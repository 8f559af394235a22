"""The frame of the site: who sees what before and after the login, and that old cookies are
worthless.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest

from pledge_app.accounts import passwords
from pledge_app.accounts.models import LoginSession, User
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from pledge_app.kernel.database import set_reading
from pledge_app.web.kept_texts import KeptText
from tests.conftest import make_app

GOOD = "ruộng muối bên đê chắn sóng"


@pytest.mark.parametrize(
    "path", ["/", "/dang-nhap", "/kiem-tra", "/huong-dan", "/tro-nang", "/healthz"]
)
def test_a_stranger_sees_only_the_public_pages(visit, path):
    visit(None).get(path)


@pytest.mark.parametrize(
    "path",
    ["/giao-uoc", "/tham-dinh", "/don-vi", "/bao-cao-quy", "/thong-bao", "/quan-tri/nguoi-dung"],
)
def test_every_other_page_leads_a_stranger_to_the_login_and_back(visit, path):
    answer = visit(None).get(path, status=303)
    assert unquote(answer.headers["Location"]) == f"/dang-nhap?next={path}"


@pytest.mark.parametrize("who", ["lan", "hung", "van", "dong", "rev", "quan", "giam", "xa"])
def test_everybody_has_a_dashboard(visit, who):
    visit(who).get("/")
    for path in (
        "/thong-bao",
        "/noi-dung-da-giu",
        "/tim?q=hai",
        "/don-vi",
        "/tai-khoan/phien",
        "/tai-khoan/mat-khau",
    ):
        visit(who).get(path)


def test_the_login_leads_to_the_page_that_was_asked_for(app, cast, visit):
    user = db.session.get_one(User, cast.users["lan"])
    user.password_hash = passwords.hash_password(GOOD)
    db.session.commit()
    visitor = visit(None)
    answer = visitor.post("/dang-nhap?next=/don-vi", {"username": "LAN", "password": GOOD})
    assert answer.headers["Location"] == "/don-vi"
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("sid="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    visitor.get("/don-vi")


def test_a_wrong_password_says_so_and_keeps_the_name(app, cast, visit):
    answer = visit(None).post("/dang-nhap", {"username": "lan", "password": "sai"}, status=422)
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    assert 'value="lan"' in answer.text
    assert "sai" not in answer.text.split("</form>")[0].split("<form")[-1].replace(
        "Tên đăng nhập", ""
    )


def test_over_https_the_cookie_is_bound_to_the_host(app, base, tmp_path):
    with_https = make_app(
        app.config["SETTINGS"].database_url, tmp_path, public_url="https://thi-dua.example"
    )
    with with_https.test_client() as client:
        answer = client.get("/dang-nhap", base_url="https://thi-dua.example")
        set_reading(False)  # the request shares the context of the test
        assert "__Host-form=" in answer.headers["Set-Cookie"]
        assert answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("end", ["logout", "idle", "disabled"])
def test_an_ended_session_opens_nothing(app, cast, visit, end):
    visitor = visit("lan")
    visitor.get("/giao-uoc")
    if end == "logout":
        cookie = visitor.client.get_cookie("sid").value
        visitor.post("/dang-xuat")
        visitor.client.set_cookie("sid", cookie)
    elif end == "idle":
        db.session.query(LoginSession).one().seen_at = now() - timedelta(minutes=61)
    else:
        db.session.get_one(User, cast.users["lan"]).disabled_at = now()
    visitor.get("/giao-uoc", status=303)


def test_a_form_sent_after_the_session_ended_comes_back_with_its_text_and_is_not_stored(app, visit):
    answer = visit(None).post("/nam-thi-dua/mo", {"year": "nội dung đã nhập"}, status=401)
    assert "nội dung đã nhập" in answer.text
    assert db.session.query(KeptText).count() == 0


def test_a_missing_form_token_is_refused_and_the_text_comes_back(app, visit):
    visitor = visit("lan")
    visitor.sends_token = False
    answer = visitor.post(
        "/tai-khoan/mat-khau", {"current": "bí mật", "note": "giữ lại"}, status=400
    )
    assert "giữ lại" in answer.text
    assert "bí mật" not in answer.text.replace("note", "")


@pytest.mark.parametrize(
    "path",
    [
        "/giao-uoc/" + "9" * 30,
        "/don-vi/%00",
        "/don-vi/../x",
        "/van-ban/%F0%9F%98%80",
        "/giao-uoc?trang=" + "9" * 40,
        "/don-vi?ngay=30/02/2023",
        "/don-vi?thuoc=x",
        "/tim?q=" + "%E2%80%AE" * 50,
    ],
)
def test_rubbish_in_the_address_is_never_a_fault(visit, path):
    answer = visit("lan").client.get(path)
    set_reading(False)
    assert answer.status_code in {200, 303, 308, 404, 422}


def test_only_the_demo_has_parts_to_take(visit):
    visit(None).post("/vao-vai/khong-co", status=404)
