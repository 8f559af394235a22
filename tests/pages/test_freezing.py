"""What the page asks before an agreement is frozen, and times of a meeting as they are typed."""

from __future__ import annotations

import pytest

from pledge_app.agreements import operations
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from tests import agreeing, make
from tests.pages.test_agreements import base


def test_the_freezing_page_links_what_is_missing_to_its_field(app, cast, visit):
    made = agreeing.agreement(cast)
    made.measures, made.recipients = "", "Lưu: VT"
    db.session.commit()
    page = visit("dong").get(base(made) + "/chot").text
    assert f'href="{base(made)}/soan#measures"' in page
    assert f'href="{base(made)}/soan#recipients"' in page
    assert "Nơi nhận thiếu: UBND xã Hải Quang" in page
    assert "button primary" in page and "disabled" in page


def test_the_freezing_page_tells_silence_from_dissent_and_lists_every_remark(app, cast, visit):
    made = agreeing.agreement(cast, state="circulated")
    read = operations.content_now(made)
    for who, commune, agrees, text in (("tay", "Hải Tây", True, "Đề nghị sửa Điện Biên Phủ"),
                                       ("ly", "Hải Lý", False, "Chỉ tiêu cao")):
        operations.comment(made, db.session.get_one(Body, cast.bodies[commune]), agrees=agrees, text=text,
                           read_sha256=read, actor=make.actor(cast, who), at=agreeing.AT)
    db.session.commit()
    for page in (base(made), base(made) + "/chot"):
        shown = " ".join(visit("dong").get(page).text.split())
        assert "Chưa trả lời: <strong>UBND xã Hải Quang</strong>" in shown
        assert "Có ý kiến, chưa nhất trí: <strong>UBND xã Hải Lý</strong>" in shown
        assert "Đã nhất trí: <strong>UBND xã Hải Tây</strong>" in shown
        assert "Đề nghị sửa Điện Biên Phủ" in shown


def test_what_cannot_be_printed_is_asked_on_the_freezing_page(app, cast, visit):
    made = agreeing.agreement(cast)
    made.purpose = "Vận động ông ថាច់"
    db.session.commit()
    lead = visit("dong")
    page = lead.get(base(made) + "/chot").text
    assert f'href="{base(made)}/soan#purpose"' in page
    assert "“ថ”" in page
    lead.post(base(made) + "/chot", {"ver": made.version_id}, status=422)


@pytest.mark.parametrize(("typed", "kept"), [("8h30", "08 giờ 30"), ("14:05", "14 giờ 05")])
def test_a_time_is_kept_as_papers_write_it(app, cast, visit, typed, kept):
    made = agreeing.agreement(cast, state="awaiting")
    form = {"ver": 0, "place": "Hội trường", "on_date": "10/02/2023", "begins": typed, "ends": ""}
    visit("dong").post(base(made) + "/hoi-nghi", form)
    db.session.expire_all()
    assert made.meeting is not None and made.meeting.begins == kept


@pytest.mark.parametrize(("typed", "said"), [("24 giờ", "Giờ phải viết theo dạng"), ("1400", "Ý bạn là 14 giờ 00?")])
def test_what_is_no_time_is_asked_when_it_is_typed(app, cast, visit, typed, said):
    made = agreeing.agreement(cast, state="awaiting")
    form = {"ver": 0, "place": "Hội trường", "on_date": "10/02/2023", "begins": typed, "ends": ""}
    assert said in visit("dong").post(base(made) + "/hoi-nghi", form, status=422).text
