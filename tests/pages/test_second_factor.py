"""The second factor in the browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pyotp

from pledge_app.accounts import login_views, second_factor
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.kernel.clock import now
from tests import agreeing

PAGE = "/tai-khoan/xac-thuc"


def ask_of(app, *roles: str) -> None:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, second_factor_roles=frozenset(roles))


def test_it_is_begun_with_the_app_then_asked_at_login(app, cast, visit, monkeypatch):
    password = agreeing.set_password(cast, "lan")
    monkeypatch.setattr(login_views, "installation", lambda: None)  # the cast is a demo's
    app.config["SETTINGS"] = replace(
        app.config["SETTINGS"], second_factor_roles=frozenset({"clerk"})
    )
    visitor = visit("lan")
    assert visitor.get("/", status=303).location == PAGE
    page = visitor.get(PAGE).text
    key = re.search(r'name="app_key"[^>]*value="([^"]+)"', page)
    shown = re.search(r'<strong class="code">([A-Z2-7 ]+)</strong>', page)
    assert key and shown and "data:image/svg+xml" in page
    totp = pyotp.TOTP(shown[1].replace(" ", ""))
    typed = {"app_key": key[1], "one_time_code": totp.at(now()), "password": "sai"}
    assert "Mật khẩu không đúng" in visitor.post(PAGE, typed, status=422).text
    begun = visitor.post(PAGE, {**typed, "password": password}, status=200).text
    codes = re.findall(r"(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}", begun)
    visitor.get("/")
    ask_of(app)
    other = visit(None)
    asked = other.post("/dang-nhap", {"username": "lan", "password": password}, status=200)
    assert "Mã xác thực" in asked.text
    assert other.get("/tai-khoan/phien", status=303)
    wrong = other.post("/dang-nhap/ma", {"one_time_code": "000000"}, status=422)
    assert "Mã không đúng" in wrong.text
    other.post("/dang-nhap/ma", {"one_time_code": codes[0]}, status=303)
    other.get("/tai-khoan/phien")
    factor = second_factor.factor_of(db.session.get_one(User, cast.users["lan"]).id)
    assert factor is not None and second_factor.unused_codes(factor) == 9
