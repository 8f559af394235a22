"""The pages of the wordings: edit, preview as a paper, versions."""

from __future__ import annotations

from pledge_app.documents.models import Envelope
from pledge_app.documents.wording import wording
from pledge_app.kernel.base import db
from pledge_app.pledges.paper import REGISTRATION
from tests import make

ADDRESS = "/quan-tri/mau-van-ban/registration"
TYPED = dict(REGISTRATION.words()) | {"ver": "0", "note": "theo hướng dẫn mới"}


def test_words_are_changed_and_an_old_version_is_taken_up_again(visit):
    quan = visit("quan")
    assert "BẢN ĐĂNG KÝ THI ĐUA" in quan.get("/quan-tri/mau-van-ban").text
    assert (
        "Ủy ban nhân dân xã Hải Quang đăng ký thi đua năm 2023 như sau:" in quan.get(ADDRESS).text
    )
    quan.post(ADDRESS, TYPED | {"closing": "Trân trọng báo cáo."})
    assert "Phiên bản 1" in quan.get(ADDRESS).text
    page = quan.get(f"{ADDRESS}/ban/0").text
    assert "Dùng lại phiên bản này" in page
    quan.post(ADDRESS, TYPED | {"ver": "1"})
    assert wording(REGISTRATION).version == 2
    assert "Trân trọng báo cáo." in quan.get(f"{ADDRESS}/ban/1").text
    quan.get(f"{ADDRESS}/ban/7", status=404)
    quan.get("/quan-tri/mau-van-ban/rubbish", status=404)


def test_wrong_words_come_back_with_a_sentence(visit):
    page = visit("quan").post(ADDRESS, TYPED | {"opening": "Kính gửi {ai đó}"}, status=422).text
    assert "Không có chỗ điền {ai đó}" in page
    assert "Kính gửi {ai đó}" in page


def test_a_stale_page_loses_nothing(visit):
    quan = visit("quan")
    quan.post(ADDRESS, TYPED | {"closing": "Một."})
    assert "Câu gõ sau" in quan.post(ADDRESS, TYPED | {"closing": "Câu gõ sau"}, status=409).text


def test_the_preview_is_a_paper_with_the_typed_words_and_nothing_is_kept(visit, cast):
    quan = visit("quan")
    assert "Chưa có văn bản nào" in quan.post(f"{ADDRESS}/xem-truoc", TYPED, status=422).text
    make.pledge(cast, state="sent")
    before = db.session.query(Envelope).count()
    answer = quan.post(f"{ADDRESS}/xem-truoc", TYPED | {"type_name": "BẢN ĐĂNG KÝ MỚI"}, status=200)
    assert answer.data.startswith(b"%PDF-")
    assert db.session.query(Envelope).count() == before
    assert wording(REGISTRATION).version == 0
