"""A form sent after the session ended: what was typed by its labels, the login there, sent on."""

from __future__ import annotations

import html
import json
import re

import pytest

from pledge_app.kernel.base import db
from tests import agreeing, make
from tests.make import target_of
from tests.pages.test_pledges import form_of
from tests.site import Visitor

HERE = {"Origin": "http://localhost"}


def lost(made, headers=HERE):
    """(the visitor, the page) of a sheet with one goal changed, sent without a login."""
    stranger = Visitor(made.app)
    field = f"goal-{target_of(made.pledge, '2').pid}"
    said = [["Chỉ tiêu, 2 Giá trị thu nhập", "171"]]
    fields = form_of(made.pledge) | {field: "171", "labels": json.dumps(said)}
    path = f"/giao-uoc/{made.pledge.pid}/nhap"
    return stranger, stranger.post(path, fields, status=401, headers=headers).text


class Sheet:
    """A pledge that is being typed, and the application."""

    def __init__(self, app, pledge) -> None:
        self.app = app
        self.pledge = pledge


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrf_token"}


def test_what_was_typed_stands_under_its_labels_and_is_sent_on_after_the_login(app, cast):
    made = Sheet(app, make.pledge(cast))
    stranger, page = lost(made)
    assert "Chỉ tiêu, 2 Giá trị thu nhập" in page and "ver-" not in page.split("carried")[0]
    carried = hidden(page)["carried"]
    wrong = {"username": "lan", "password": "sai", "carried": carried}
    page = stranger.post("/dang-nhap", wrong, status=422).text
    assert hidden(page)["carried"] == carried, "a wrong password loses nothing"
    right = {"username": "lan", "password": agreeing.set_password(cast, "lan"), "carried": carried}
    page = stranger.post("/dang-nhap", right, status=200).text
    action = re.search(r'action="(/giao-uoc/[^"]+)"', page)
    assert action is not None and "Ghi tiếp" in page
    stranger.post(action.group(1), hidden(page))
    db.session.expire_all()
    assert target_of(made.pledge, "2").goal == 171


def test_a_form_of_another_site_is_never_sent_on(app, cast):
    made = Sheet(app, make.pledge(cast))
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        _stranger, page = lost(made, headers)
        assert 'name="carried"' not in page and "Đăng nhập lại" in page


def test_a_carried_form_goes_to_this_site_only(app, cast):
    stranger = Visitor(app)
    for path in ("//evil.example/", "https://evil.example/", 5, "/\\evil"):
        carried = json.dumps([path, [["a", "b"]]])
        fields = {
            "username": "lan",
            "password": agreeing.set_password(cast, "lan"),
            "carried": carried,
        }
        answer = stranger.post("/dang-nhap", fields)
        assert answer.location == "/"


HOSTILE = ("[" * 10_000, json.dumps([["\ud800", "\0"]]), '[["a"]]', "[]", "{", '"text"')


@pytest.mark.parametrize("said", HOSTILE)
def test_labels_that_no_script_of_ours_wrote_break_no_page(app, cast, said):
    made = Sheet(app, make.pledge(cast))
    fields = form_of(made.pledge) | {"labels": said}
    page = Visitor(app).post(f"/giao-uoc/{made.pledge.pid}/nhap", fields, status=401, headers=HERE)
    assert "Phiên làm việc đã hết" in page.text


@pytest.mark.parametrize("carried", [*HOSTILE, '["//evil.example", []]', '["/giao-uoc", 1]'])
def test_what_no_page_of_ours_carried_is_not_sent_on(app, cast, carried):
    right = {"username": "lan", "password": agreeing.set_password(cast, "lan"), "carried": carried}
    Visitor(app).post("/dang-nhap", right)
