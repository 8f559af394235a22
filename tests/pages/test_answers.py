"""A request of the level above is answered in words; a leader's reason is on top of the clerk's
pages.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pledge_app.kernel.base import db
from pledge_app.pledges import answers, entry, operations, queries
from pledge_app.pledges.entry import RowEntry
from tests import make
from tests.cast import TODAY
from tests.make import target_of
from tests.pages.test_pledges import form_of


def again(made, cast):
    """Signed off and sent up once more."""
    clerk, leader = make.actor(cast, "lan"), make.actor(cast, "hung")
    operations.sign_off(made, actor=leader, at=make.AT)
    operations.send_up(made, actor=clerk, at=make.AT, today=TODAY)
    db.session.commit()


def test_an_answer_is_kept_and_read_by_leader_and_reviewer(visit, cast):
    made = make.pledge(cast, state="returned")
    asked = made.requests[0]
    field = answers.field_of(asked)
    page = visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    assert f'name="{field}"' in page and "Ghi trả lời" in page
    said = "Xã chỉ có 3 cơ sở đủ điều kiện."
    visit("lan").post(f"/giao-uoc/{made.pid}/nhap", form_of(made) | {field: said})
    assert said in visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    db.session.commit()
    assert said in visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat").text
    again(made, cast)
    review = visit("rev").get(f"/tham-dinh/{made.pid}").text
    row = review[review.index('id="row-') :]
    assert said in row, "beside the change, at its row"


def test_an_answer_that_is_too_long_comes_back_as_typed_and_the_rows_are_saved(visit, cast):
    made = make.pledge(cast, state="returned")
    field = answers.field_of(made.requests[0])
    typed = "d" * 2001
    fields = form_of(made) | {field: typed, f"goal-{target_of(made).pid}": "5"}
    page = visit("lan").post(f"/giao-uoc/{made.pid}/nhap", fields, status=422).text
    assert typed in page and f'href="#{field}"' in page
    db.session.expire_all()
    assert target_of(made).goal == 5 and made.requests[0].answer == ""


def test_an_answer_stands_once_it_is_sent_up(app, visit, cast):
    made = make.pledge(cast, state="returned")
    asked = made.requests[0]
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    again(made, cast)
    fields = {answers.field_of(asked): "Muộn"}
    visit("lan").post(f"/giao-uoc/{made.pid}/nhap", fields)
    db.session.expire_all()
    assert asked.answer == "" and queries.open_requests(made) == []


def test_the_leaders_reason_is_on_top_of_the_page_and_of_the_sheet(visit, cast):
    made = make.pledge(cast, state="with_leader")
    reason = "Nâng chỉ tiêu OCOP lên 4."
    operations.hand_back(made, reason, actor=make.actor(cast, "hung"), at=make.AT)
    db.session.commit()
    for path in ("", "/nhap"):
        page = visit("lan").get(f"/giao-uoc/{made.pid}{path}").text
        assert reason in page and page.index(reason) < page.index("<table")
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    operations.recall(made, actor=make.actor(cast, "lan"), at=make.AT)
    db.session.commit()
    page = visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    assert reason not in page, "it was answered by handing in again"


def test_what_the_level_above_asked_stays_while_the_leader_wants_more(visit, cast):
    made = make.pledge(cast, state="returned")
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    operations.hand_back(made, "Viết rõ hơn.", actor=make.actor(cast, "hung"), at=make.AT)
    db.session.commit()
    page = visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    assert "Viết rõ hơn." in page and "Chỉ tiêu OCOP thấp so với khả năng." in page


def test_signed_off_is_not_sent(visit, cast):
    made = make.pledge(cast, state="signed_off")
    page = visit("lan").get(f"/giao-uoc/{made.pid}").text
    badge = re.search(r'class="badge[^>]*>.*?</span>', page, re.S)
    assert badge is not None and "Đã ký duyệt, chưa gửi" in badge.group()


def test_the_leader_reads_what_changed_since_a_signature_that_was_never_sent(visit, cast):
    made = make.pledge(cast, state="signed_off")
    clerk = make.actor(cast, "lan")
    operations.recall(made, actor=clerk, at=make.AT)
    target = target_of(made)
    typed = RowEntry(goal=Decimal(5))
    entry.save_row(target, typed, version=target.version, actor=clerk, at=make.AT)
    operations.submit_to_leader(made, actor=clerk, at=make.AT)
    db.session.commit()
    page = visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat").text
    assert "Thay đổi từ lần ký duyệt ngày" in page and "<del>3</del> → <ins>5</ins>" in page
