"""The screens in English where a browser chose it; what is kept and what is printed stays
Vietnamese.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pledge_app.documents.models import Envelope
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from tests import make


def test_a_visitor_chooses_the_language_and_stays_on_the_page(visit):
    clerk = visit("lan")
    assert ">Việc của tôi<" in clerk.get("/").text
    answer = clerk.post("/ngon-ngu", {"language": "en", "next": "/giao-uoc"})
    assert answer.location == "/giao-uoc"
    page = clerk.get("/giao-uoc").text
    assert '<html lang="en">' in page and ">My work<" in page
    clerk.post("/ngon-ngu", {"language": "vi", "next": "/"})
    assert ">Việc của tôi<" in clerk.get("/").text


def test_the_switch_keeps_what_was_searched_for(visit):
    assert (
        'name="next" value="/tim?q=h%E1%BA%A3i+quang"'
        in visit("lan").get("/tim?q=h%E1%BA%A3i+quang").text
    )


@pytest.mark.parametrize("given", ["fr", "", "en-GB", "<script>", None])
def test_an_unknown_language_changes_nothing(visit, given):
    clerk = visit("lan")
    clerk.post("/ngon-ngu", {"language": given or "", "next": "/"})
    assert '<html lang="vi">' in clerk.get("/").text
    clerk.client.set_cookie("language", given or "xx")
    assert '<html lang="vi">' in clerk.get("/").text


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"]
)
def test_the_switch_leads_nowhere_else(visit, target):
    assert visit(None).post("/ngon-ngu", {"language": "en", "next": target}).location == "/"


def test_refusals_are_in_the_language_of_the_browser(visit):
    clerk = visit("lan")
    clerk.client.set_cookie("language", "en")
    assert "There is no such pledge" in clerk.get("/giao-uoc/khong-co", status=404).text


def test_notices_and_papers_stay_vietnamese(visit, cast):
    made = make.pledge(cast, state="complete")
    at = f"/giao-uoc/{made.pid}"
    for who, step in (("lan", "trinh"), ("hung", "ky-duyet"), ("van", "gui")):
        visitor = visit(who)
        visitor.client.set_cookie("language", "en")
        db.session.refresh(made)
        visitor.post(f"{at}/{step}", {"ver": str(made.version_id)})
    said = db.session.scalars(select(Notice.sentence)).all()
    assert any("chờ ký duyệt" in sentence for sentence in said)
    assert any("đã gửi bản đăng ký" in sentence for sentence in said)
    frozen = db.session.scalars(select(Envelope.content_json)).one()
    assert "đăng ký thi đua năm 2023" in frozen and "Pledge" not in frozen
