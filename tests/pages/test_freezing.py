"""What the page asks before an agreement is frozen, and times of a meeting as they are typed."""

from __future__ import annotations

from datetime import date

from pledge_app.agreements import freezing, operations
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from tests import agreeing, make
from tests.cast import TODAY
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


def test_a_goal_below_what_was_assigned_later_is_named(app, cast, visit):
    made = agreeing.agreement(cast)
    page = base(made) + "/chot"
    assert "chưa có lý do" not in visit("dong").get(page).text
    pledge = made.parties[0].pledge
    assert pledge is not None
    target = pledge.targets[0]
    target.assigned = target.goal + 1 if target.goal is not None else None
    db.session.commit()
    shown = " ".join(visit("dong").get(page).text.split())
    assert f"{pledge.body.name}, {target.criterion.code}. {target.criterion.name}" in shown


def test_the_freezing_page_tells_silence_from_dissent_and_lists_every_remark(app, cast, visit):
    made = agreeing.agreement(cast, state="circulated")
    read = operations.content_now(made)
    for who, commune, agrees, text in (
        ("tay", "Hải Tây", True, "Đề nghị sửa Điện Biên Phủ"),
        ("ly", "Hải Lý", False, "Chỉ tiêu cao"),
    ):
        operations.comment(
            made,
            db.session.get_one(Body, cast.bodies[commune]),
            agrees=agrees,
            text=text,
            read_sha256=read,
            actor=make.actor(cast, who),
            at=agreeing.AT,
        )
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


def test_the_freezing_page_names_what_the_checker_found_on_the_draft(app, cast, visit):
    made = agreeing.agreement(cast, state="circulated")
    lead, page = visit("dong"), base(made) + "/chot"
    assert "Trình bày chưa được kiểm" in lead.get(page).text
    draft = agreeing.draft_of(made)
    agreeing.rendered(draft)
    draft.findings = ["Bố trí trang (trang 2): cả trang chỉ có Nơi nhận"]
    db.session.commit()
    shown = lead.get(page).text
    assert f'href="{base(made)}#xem-truoc">Bố trí trang (trang 2)' in shown
    assert "Trình bày chưa được kiểm" not in shown


def test_days_that_do_not_go_together_are_named_and_keep_nothing(app, cast):
    made = agreeing.agreement(cast)
    assert freezing.unlike_days(made, today=TODAY) == []
    made.bases[0].text = "Căn cứ Luật ngày 01 tháng 7 năm 2031"
    made.paper_date = date(2030, 1, 5)
    said = freezing.unlike_days(made, today=date(2030, 1, 6))
    assert [row.split(" (")[0].split(":")[0] for row in said] == [
        "Ngày của văn bản",
        "Ngày của văn bản",
        "Ban hành sau ngày của văn bản",
    ]


def test_a_wrong_authority_and_a_missing_party_keep_it_from_being_frozen(app, cast):
    made = agreeing.agreement(cast, communes=("Hải Quang", "Hải Tây", "Hải Lý"))
    make.pledge(cast, "Hải Đông", state="agreed")
    made.parties[0].signatories[0].title = "Phó Chủ tịch"
    said = {row.anchor: row.sentence for row in freezing.freezing_problems(made)}
    assert "Đã thống nhất bản đăng ký nhưng chưa là một bên: UBND xã Hải Đông" in said["parties"]
    assert "ký KT., không ký TM." in said[f"party-{made.parties[0].pid}"]
