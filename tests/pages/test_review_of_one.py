"""The page on which one pledge is judged, and entering on a commune's behalf."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.orgs.models import Body, Cluster
from pledge_app.pledges import entry, operations
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from pledge_app.web.kept_texts import KeptText
from tests import make
from tests.cast import TODAY
from tests.make import target_of

AT = make.AT


def again(pledge: Pledge, cast, goal: str = "5", at=AT) -> None:
    """The clerk answers a request: one goal changed, handed in, signed off, sent again."""
    lan, hung = make.actor(cast, "lan"), make.actor(cast, "hung")
    target = target_of(pledge, "1")
    entry.save_row(target, RowEntry(goal=Decimal(goal)), version=target.version, actor=lan, at=at)
    operations.submit_to_leader(pledge, actor=lan, at=at)
    operations.sign_off(pledge, actor=hung, at=at)
    operations.send_up(pledge, actor=lan, at=at, today=TODAY)
    db.session.commit()


def ver(pledge: Pledge) -> str:
    db.session.refresh(pledge)
    return str(pledge.version_id)


def has_begun(pledge: Pledge) -> bool:
    db.session.refresh(pledge)
    return pledge.review_begun_at is not None


def test_each_goal_stands_beside_last_year_the_median_and_the_assigned_figure(visit, cast):
    made = make.pledge(cast, state="sent", goals={"1": "1"})
    make.pledge(cast, "Hải Đông", state="sent", goals={"1": "9"})
    target_of(made, "2").baseline = Decimal(170)
    db.session.commit()
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "Thấp hơn mức giao" in page and "Không có đất mở rộng." in page
    assert "Năm trước đã đạt mức này" in page and "Thấp hơn năm trước" in page
    assert "so với trung vị cụm" in page and "Thấp hơn trung vị" not in page
    assert "3 đạt trên 3 xóm" in page


def test_reading_does_not_begin_the_review_the_button_does(visit, cast):
    made = make.pledge(cast, state="sent")
    visitor = visit("rev")
    visitor.get(f"/tham-dinh/{made.pid}")
    assert not has_begun(made)
    for _twice in range(2):
        visitor.post(f"/tham-dinh/{made.pid}/bat-dau")
    assert has_begun(made)
    assert "Bắt đầu thẩm định" not in visitor.get(f"/tham-dinh/{made.pid}").text
    visit("lan").post(f"/giao-uoc/{made.pid}/rut-lai", {"ver": ver(made)}, status=409)


def test_several_reasons_go_at_once_each_pinned_where_it_belongs(visit, cast):
    made = make.pledge(cast, state="sent")
    target = target_of(made, "1")
    visit("rev").post(
        f"/tham-dinh/{made.pid}/yeu-cau-bo-sung",
        {
            "ver": ver(made),
            "reason": "Bổ sung biện pháp chung.",
            f"reason_{target.pid}": "Nêu rõ tên\r\nsản phẩm.",
        },
    )
    db.session.refresh(made)
    assert made.state is PledgeState.RETURNED
    assert [(row.target_id, row.reason) for row in made.requests] == [
        (None, "Bổ sung biện pháp chung."),
        (target.id, "Nêu rõ tên\nsản phẩm."),
    ]
    told = set(
        db.session.scalars(
            select(Notice.user_id).where(Notice.sentence.contains("yêu cầu bổ sung"))
        )
    )
    assert {cast.users["lan"], cast.users["hung"]} <= told


def test_without_a_reason_nothing_is_sent_back_and_the_field_is_named(visit, cast):
    made = make.pledge(cast, state="sent")
    page = (
        visit("rev")
        .post(
            f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", {"ver": ver(made), "reason": " \u200b "}, 422
        )
        .text
    )
    assert 'href="#reason"' in page
    db.session.refresh(made)
    assert made.state is PledgeState.SENT and made.review_begun_at is None


def test_a_reason_too_long_comes_back_whole(visit, cast):
    made = make.pledge(cast, state="sent")
    target = target_of(made, "1")
    long = "Dài " * 1200
    page = (
        visit("rev")
        .post(
            f"/tham-dinh/{made.pid}/yeu-cau-bo-sung",
            {"ver": ver(made), "reason": "Ngắn", f"reason_{target.pid}": long},
            422,
        )
        .text
    )
    assert long.strip() in page and "Ngắn" in page and f'href="#reason_{target.pid}"' in page


def test_text_of_a_stale_page_is_kept_in_place_and_as_a_draft(visit, cast):
    made = make.pledge(cast, state="sent")
    page = (
        visit("rev")
        .post(
            f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", {"ver": "1", "reason": "Giữ lại câu này"}, 409
        )
        .text
    )
    assert "Giữ lại câu này" in page and f'name="ver" value="{ver(made)}"' in page
    kept = db.session.scalars(select(KeptText)).all()
    assert [row.fields["reason"] for row in kept] == [["Giữ lại câu này"]]
    assert made.state is PledgeState.SENT and not made.requests


@pytest.mark.parametrize("rubbish", ["", "abc", "-1", "٣", "9" * 30])
def test_a_rubbish_version_is_a_conflict(visit, cast, rubbish):
    made = make.pledge(cast, state="sent")
    visit("rev").post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": rubbish}, 409)


def test_what_was_withdrawn_while_the_reviewer_typed_is_a_conflict_and_the_text_is_kept(
    visit, cast
):
    made = make.pledge(cast, state="sent")
    seen = ver(made)
    operations.withdraw(made, actor=make.actor(cast, "lan"), at=AT)
    db.session.commit()
    page = (
        visit("rev")
        .post(
            f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", {"ver": seen, "reason": "Câu đang viết"}, 409
        )
        .text
    )
    assert "đã rút lại" in page and "Câu đang viết" in page
    assert db.session.scalars(select(KeptText)).one().fields["reason"] == ["Câu đang viết"]
    visit("revxa").post(
        f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", {"ver": seen, "reason": "Lạ"}, 404
    )


def test_a_double_click_does_no_harm(visit, cast):
    made = make.pledge(cast, state="sent")
    form = {"ver": ver(made), "reason": "Một lần thôi"}
    for _twice in range(2):
        visit("rev").post(f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", form)
    assert len(made.requests) == 1
    visit("rev").post(f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", {**form, "reason": "Câu khác"}, 409)
    other = make.pledge(cast, "Hải Đông", state="sent")
    form = {"ver": ver(other)}
    for _twice in range(2):
        visit("rev").post(f"/tham-dinh/{other.pid}/thong-nhat", form)
    assert (
        len(
            db.session.scalars(select(TrailEvent).where(TrailEvent.verb == "pledge.approved")).all()
        )
        == 1
    )


def test_after_a_resend_only_what_changed_or_was_asked_is_shown(visit, cast):
    made = make.pledge(cast, state="returned")
    again(made, cast, "5")
    visitor = visit("rev")
    page = visitor.get(f"/tham-dinh/{made.pid}").text
    assert "Chỉ hiện 1 chỉ tiêu" in page and "<del>3</del> → <ins>5</ins>" in page
    assert "Chỉ tiêu OCOP thấp so với khả năng." in page and "Thu nhập trên 1 ha" not in page
    whole = visitor.get(f"/tham-dinh/{made.pid}?tat-ca=1").text
    assert "Thu nhập trên 1 ha" in whole and "<ins>5</ins>" in whole


def test_what_was_asked_and_left_as_it_was_is_shown_too(visit, cast):
    made = make.pledge(cast, state="returned")
    again(made, cast, "3")
    assert "chưa thay đổi gì ở tiêu chí này" in visit("rev").get(f"/tham-dinh/{made.pid}").text


def test_changes_of_titles_and_campaigns_are_worded(visit, cast):
    made = make.pledge(cast, state="sent")
    rev, lan, hung = (make.actor(cast, who) for who in ("rev", "lan", "hung"))
    review.send_back(
        made, [review.Ask("Đăng ký danh hiệu.")], version=made.version_id, actor=rev, at=AT
    )
    first = min(made.campaigns, key=lambda row: row.campaign.quarter)
    entry.save_plan(
        made,
        joins={first.campaign_id: (True, "Thu ngân sách đạt 25 %")},
        titles=[("Tập thể Lao động xuất sắc", "UBND xã")],
        resolution="NQ 05",
        version=made.version_id,
        actor=lan,
        at=AT,
    )
    operations.submit_to_leader(made, actor=lan, at=AT)
    operations.sign_off(made, actor=hung, at=AT)
    operations.send_up(made, actor=lan, at=AT, today=TODAY)
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "Tập thể Lao động xuất sắc – UBND xã" in page and "Thu ngân sách đạt 25 %" in page
    assert "Đợt thi đua quý I: mục tiêu" in page and "{&#39;" not in page


def test_what_is_being_answered_shows_the_sent_figures_never_the_draft(visit, cast):
    made = make.pledge(cast, state="returned")
    target = target_of(made, "1")
    entry.save_row(
        target,
        RowEntry(goal=Decimal(777)),
        version=target.version,
        actor=make.actor(cast, "lan"),
        at=AT,
    )
    cluster = db.session.get_one(Cluster, cast.cluster)
    visitor = visit("rev")
    for path in (f"/tham-dinh/{made.pid}", f"/tham-dinh/bang/{cluster.pid}"):
        page = visitor.get(path).text
        assert "777" not in page and "<strong>3</strong>" in page


def test_the_word_of_the_button_is_the_lines_or_the_years_own(visit, cast):
    made = make.pledge(cast, state="sent")
    assert ">Phê duyệt</button>" in visit("rev").get(f"/tham-dinh/{made.pid}").text
    made.emulation_year.approve_word = "Nhất trí"
    db.session.commit()
    assert ">Nhất trí</button>" in visit("rev").get(f"/tham-dinh/{made.pid}").text


def test_agreeing_with_reasons_typed_beside_it_asks_what_was_meant(visit, cast):
    made = make.pledge(cast, state="sent")
    page = (
        visit("rev")
        .post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": ver(made), "reason": "Còn thiếu"}, 422)
        .text
    )
    assert "Còn thiếu" in page and "chưa thực hiện" in page
    db.session.refresh(made)
    assert made.state is PledgeState.SENT


def test_agreed_is_agreed(visit, cast):
    made = make.pledge(cast, state="sent")
    visit("rev").post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": ver(made)})
    db.session.refresh(made)
    assert made.state is PledgeState.AGREED
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "<textarea" not in page and "Phê duyệt</button>" not in page


# nhập hộ


def test_a_pledge_entered_on_behalf_is_confirmed_by_the_commune_and_agreed_by_another(visit, cast):
    body, year = (
        db.session.get_one(Body, cast.bodies["Hải Tây"]),
        db.session.get_one(EmulationYear, cast.year),
    )
    assert "Nhập hộ" in visit("rev").get("/tham-dinh").text
    visit("rev").post("/tham-dinh/nhap-ho", {"body": body.pid, "year": year.pid})
    visit("rev").post("/tham-dinh/nhap-ho", {"body": body.pid, "year": year.pid}, 409)
    made = db.session.scalar(select(Pledge).where(Pledge.body_id == body.id))
    assert made is not None and made.on_behalf
    rev = make.actor(cast, "rev")
    make.fill(made, make.GOALS, actor=rev)
    db.session.commit()
    page = visit("rev").get("/tham-dinh").text
    assert "nhập hộ" in page and made.pid in page
    assert (
        visit("rev").get(f"/tham-dinh/{made.pid}", 303).location.endswith(f"/giao-uoc/{made.pid}")
    )
    operations.submit_to_leader(made, actor=rev, at=AT)
    operations.sign_off(made, actor=make.actor(cast, "tay_leader"), at=AT)
    operations.send_up(made, actor=make.actor(cast, "tay"), at=AT, today=TODAY)
    assert "không tự thống nhất được" in visit("rev").get(f"/tham-dinh/{made.pid}").text
    visit("rev").post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": ver(made)}, 403)
    visit("rev2").post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": ver(made)})
    db.session.refresh(made)
    assert made.state is PledgeState.AGREED


def test_nobody_enters_for_a_commune_of_another_cluster(visit, cast):
    body, year = (
        db.session.get_one(Body, cast.bodies["Hải Tây"]),
        db.session.get_one(EmulationYear, cast.year),
    )
    visit("revxa").post("/tham-dinh/nhap-ho", {"body": body.pid, "year": year.pid}, 404)
    visit("rev").post("/tham-dinh/nhap-ho", {"body": "x", "year": year.pid}, 404)
    visit("rev").post("/tham-dinh/nhap-ho", {}, 404)


def test_the_level_above_never_sees_what_is_being_typed(visit, cast):
    made = make.pledge(cast, state="sent")
    visit("rev").post(
        f"/tham-dinh/{made.pid}/yeu-cau-bo-sung", {"ver": ver(made), "reason": "Nâng chỉ tiêu"}
    )
    target = made.targets[0]
    target.goal = Decimal(777777)
    db.session.commit()
    for path in (f"/giao-uoc/{made.pid}", f"/giao-uoc/{made.pid}/tom-tat"):
        answer = visit("rev").get(path, status=303)
        assert answer.location == f"/tham-dinh/{made.pid}"
    assert "777.777" in visit("lan").get(f"/giao-uoc/{made.pid}").text
    assert "777.777" not in visit("rev").get(f"/tham-dinh/{made.pid}").text


@pytest.mark.parametrize("held", ["returned", "with_leader", "handed_back"])
def test_what_came_back_is_read_as_it_was_sent_wherever_the_level_above_looks(visit, cast, held):
    """The clerk types 987.654 and "gõ dở"; the reviewer sees neither on any page nor in any
    table.
    """
    made, lan, hung = (
        make.pledge(cast, state="returned"),
        make.actor(cast, "lan"),
        make.actor(cast, "hung"),
    )
    target, pid, cluster = (
        target_of(made, "1"),
        made.pid,
        db.session.get_one(Cluster, cast.cluster).pid,
    )
    entry.save_row(
        target,
        RowEntry(goal=Decimal(987654), measures="gõ dở"),
        version=target.version,
        actor=lan,
        at=AT,
    )
    if held != "returned":
        operations.submit_to_leader(made, actor=lan, at=AT)
    if held == "handed_back":
        operations.hand_back(made, "Xem lại.", actor=hung, at=AT)
    db.session.commit()
    visitor = visit("rev")
    shown = [
        visitor.get(path).text
        for path in (
            f"/tham-dinh/{pid}",
            f"/tham-dinh/{pid}?tat-ca=1",
            "/tham-dinh",
            "/giao-uoc",
            f"/tham-dinh/bang/{cluster}",
            f"/bao-cao-quy/cum/{cluster}",
            "/",
            "/tim?q=hai+quang",
        )
    ]
    assert "Toàn bộ hồ sơ" not in shown[0] and f"/tham-dinh/{pid}" in shown[2]
    for path in ("", "/nhap", "/tom-tat", "/dot-thi-dua"):
        answer = visitor.get(f"/giao-uoc/{pid}{path}", status=303)
        assert "gõ dở" not in answer.text
    for path in (f"/tham-dinh/bang/{cluster}/xlsx", "/tham-dinh/xlsx", "/giao-uoc/xlsx"):
        with zipfile.ZipFile(io.BytesIO(visitor.post(path, status=200).data)) as book:
            shown += [book.read(name).decode() for name in book.namelist()]
    assert not [text for text in shown if "987654" in text or "987.654" in text or "gõ dở" in text]


def test_after_the_resend_only_what_changed_is_shown(visit, cast):
    made = make.pledge(cast, state="returned")
    again(made, cast, "5")
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "Chỉ hiện 1 chỉ tiêu" in page and "<del>3</del> → <ins>5</ins>" in page
    assert "Thu nhập trên 1 ha canh tác" not in page


def test_a_pledge_taken_back_before_anybody_asked_is_not_read_any_more(visit, cast):
    made = make.pledge(cast, state="sent")
    operations.withdraw(made, actor=make.actor(cast, "lan"), at=AT)
    db.session.commit()
    visit("rev").get(f"/tham-dinh/{made.pid}", status=404)
    assert made.pid not in visit("rev").get("/tham-dinh").text
