"""Fields as typed, days, page numbers as asked, and where a login may lead."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField
from wtforms.validators import AnyOf, Length

from pledge_app.ui.forms import Form, choose, decimal, line
from pledge_app.ui.paging import asked
from pledge_app.ui.typed_values import parse_day
from pledge_app.web.safe_next import safe_next


@pytest.fixture(autouse=True)
def request_context():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield app


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("07/02/2023", date(2023, 2, 7)),
        ("7/2/2023", date(2023, 2, 7)),
        ("29-02-2024", date(2024, 2, 29)),
        ("07022023", date(2023, 2, 7)),
        (" 1.1.1930 ", date(1930, 1, 1)),
    ],
)
def test_days_are_understood(typed, day):
    assert parse_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "30/02/2023",
        "30022023",
        "01/13/2023",
        "29/02/2023",
        "01/01/0001",
        "01/01/9999",
        "2023-02-07x",
        "1/1/23",
        "hôm nay",
        "1/1",
        "١/١/2023",
        "//",
        "32/01/2023",
    ],
)
def test_days_that_do_not_exist_are_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"ngày|Ngày|Năm"):
        parse_day(typed)


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "9" * 40, "١", "1.5"])
def test_a_rubbish_page_number_is_the_first_page(request_context, typed):
    with request_context.test_request_context(query_string={"trang": typed}):
        assert asked() == 1


EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "HTTP://EVIL",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "/%0d%0aLocation:evil",
    "/%0aevil",
    "/\r\nevil",
    "/\tevil",
    "\t//evil",
    " //evil.example",
    "/ /evil",
    "evil.example",
    "evil.example/path",
    "?next=//evil",
    "#//evil",
    "",
    None,
    "/%5cevil.example",
    "/%5Cevil",
    "/%2f%2fevil.example",
    "/%2Fevil",
    "/a;b",
    "/<script>",
    '/"onclick=',
    "/'x",
    "/\u202eevil",
    "/é",
    "/a\x00b",
    "mailto:a@b",
    "file:///etc/passwd",
    "//evil.example/%2f..",
    "/" + "a" * 600,
]


@pytest.mark.parametrize("target", EVIL)
def test_a_login_never_leads_to_another_host(target):
    answer = safe_next(target, "/an-toan")
    assert answer == "/an-toan" or (answer.startswith("/") and not answer.startswith("//"))


def test_a_login_leads_back_to_the_page_that_asked_for_it():
    assert (
        safe_next("/giao-uoc/abc-_1?trang=2&q=hai+quang", "/")
        == "/giao-uoc/abc-_1?trang=2&q=hai+quang"
    )


class Everything(Form):
    """One of each field that WTForms could answer in its own language."""

    name = line("Tên", longest=20)
    pick = choose("Loại", [("1", "một")])
    password = PasswordField("Mật khẩu", [Length(max=5)])
    share = StringField("Tỷ lệ", [AnyOf(["a"])])
    amount = decimal("Số", needed=False)


@pytest.fixture
def filled(request_context):
    request_context.config.update(SECRET_KEY="k", WTF_CSRF_ENABLED=False)

    def fill(**typed):
        with request_context.test_request_context(method="POST"):
            form = Everything(MultiDict(typed))
            form.validate()
            return form

    return fill


def test_the_library_s_own_refusals_are_vietnamese(filled):
    errors = filled(name="a", pick="9", password="123456", share="b").errors
    assert errors == {
        "pick": ["Hãy chọn một mục trong danh sách."],
        "password": ["Nội dung dài quá 5 ký tự."],
        "share": ["Nội dung chưa đúng dạng."],
    }


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Nguye\u0302\u0303n  Va\u0306n\tA", "Nguyễn Văn A"),
        ("a\x00b", "ab"),
        ("\u202eHải\u200b", "Hải"),
        ("\ufeff x ", "x"),
        ("O'Nâu <b>=1+1", "O'Nâu <b>=1+1"),
        ("xã 🌾", "xã 🌾"),
    ],
)
def test_a_line_is_one_spelling_without_what_cannot_be_seen(filled, typed, stored):
    assert filled(name=typed).name.data == stored


def test_the_longest_name_is_counted_after_it_became_one_spelling(filled):
    assert "name" not in filled(name="e\u0302\u0301" * 20).errors
    assert filled(name="ế" * 21).errors["name"] == ["Nội dung dài quá 20 ký tự."]


@pytest.mark.parametrize("typed", ["1.5", "١", "1e9", "sNaN", "1e-999999", "9" * 30])
def test_a_refused_number_is_shown_again_as_it_was_typed(filled, typed):
    form = filled(amount=typed)
    assert form.amount.data is None
    assert form.errors["amount"]
    assert f'value="{typed}"' in form.amount()
