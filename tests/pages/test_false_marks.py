"""A signature that was none is taken back: by whose it would be, or by the reviewer, also with
the whole scan.
"""

from __future__ import annotations

import pytest

from pledge_app.home.tasks import tasks as tasks_of
from pledge_app.kernel.base import db
from pledge_app.notices.models import Notice
from pledge_app.pledges.models import Pledge
from tests import agreeing, make
from tests.cast import TODAY, Cast

WHY = "Tôi không ký tờ này"


def base(made) -> str:
    return f"/giao-uoc-cum/{made.pid}"


def judge(made, scan) -> str:
    return f"{base(made)}/ban-quet/{scan.pid}"


def falsely_seen(cast: Cast, visit):
    """A white page of Hải Tây's, on which Hải Lý's clerk sees the mark of Hải Đông."""
    made = agreeing.agreement(cast, state="awaiting")
    scan = agreeing.scan(cast, made, "tay")
    step = agreeing.step(cast, made, "Hải Đông")
    visit("ly").post(judge(made, scan), {f"seen-{step.pid}": "1", "act": "confirm"})
    db.session.expire_all()
    assert step.is_inked
    return made, scan, step


def told(cast: Cast, who: str) -> bool:
    rows = db.session.query(Notice).filter_by(user_id=cast.users[who])
    return any(WHY in str(row.sentence) for row in rows)


@pytest.mark.parametrize("who", ["dong_leader", "rev"])
def test_whose_mark_it_is_and_the_reviewer_dispute_what_others_saw(app, cast, visit, who):
    made, _scan, step = falsely_seen(cast, visit)
    assert "Chữ ký này không đúng" in visit(who).get(base(made) + "/hoi-nghi").text
    visit(who).post(f"{base(made)}/ky/{step.pid}/phan-anh", {"reason": WHY})
    db.session.expire_all()
    assert step.state == "pending" and not step.is_inked and step.marks == []
    assert WHY in visit("ly").get(base(made)).text
    assert told(cast, "ly") and told(cast, "dong")


def test_the_page_still_shows_who_had_made_the_disputed_marks_and_for_whom(app, cast, visit):
    made, _scan, step = falsely_seen(cast, visit)
    page = visit("rev").get(base(made) + "/hoi-nghi").text
    assert "Thấy trên bản quét: Bà Lý" in page and "(UBND xã Hải Lý)" in page
    assert "Không còn tính" not in page
    visit("rev").post(f"{base(made)}/ky/{step.pid}/phan-anh", {"reason": WHY})
    db.session.expire_all()
    page = visit("ly").get(base(made) + "/hoi-nghi").text
    assert "Thấy trên bản quét: Bà Lý" in page and "Không còn tính: Ông Rev" in page
    taken = [
        (mark.by_name, mark.withdrawn_by_name, mark.withdrawn_reason) for mark in step.withdrawn
    ]
    assert taken == [("Bà Lý", "Ông Rev", WHY)] * 2


@pytest.mark.parametrize("who", ["tay", "ly", "dong", "tay_leader"])
def test_nobody_else_disputes_it(app, cast, visit, who):
    made, _scan, step = falsely_seen(cast, visit)
    visit(who).post(f"{base(made)}/ky/{step.pid}/phan-anh", {"reason": WHY}, status=403)
    assert step.is_inked


def test_only_the_reviewer_rejects_a_scan_on_which_somebody_saw_a_mark(app, cast, visit):
    made, scan, step = falsely_seen(cast, visit)
    visit("dong").post(judge(made, scan), {"act": "reject", "reason": WHY}, status=403)
    assert "Bản quét không đúng" in visit("rev").get(judge(made, scan)).text
    visit("rev").post(judge(made, scan), {"act": "reject", "reason": WHY})
    db.session.expire_all()
    assert scan.rejected_reason == WHY and step.state == "pending" and not step.is_inked
    assert told(cast, "ly") and told(cast, "tay")


def test_what_was_recorded_at_the_table_outlives_the_scan(app, cast, visit):
    made = agreeing.agreement(cast, state="inked")
    scan = agreeing.seen_on_scan(cast, made)
    assert made.state == "signed"
    visit("rev").post(judge(made, scan), {"act": "reject", "reason": WHY})
    db.session.expire_all()
    assert made.state == "inked" and made.in_force_on is not None
    assert agreeing.opened(made).state == "open"
    again = agreeing.seen_on_scan(cast, made)
    assert made.state == "signed" and not again.rejected_reason


def test_what_came_into_force_by_a_false_scan_falls_back_and_is_a_task(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    scan = agreeing.seen_on_scan(cast, made)
    assert made.state == "signed"
    visit("rev").post(judge(made, scan), {"act": "reject", "reason": WHY})
    db.session.expire_all()
    assert made.state == "awaiting" and made.in_force_on is not None
    assert {row.state.value for row in db.session.query(Pledge)} == {"in_force"}
    with app.test_request_context():
        for who in ("rev", "dong"):
            tasks = {row.title for row in tasks_of(make.actor(cast, who), today=TODAY)}
            assert "Chữ ký bị phản ánh: ký và ghi nhận lại" in tasks
    agreeing.signed_at_the_table(cast, made)
    assert made.state == "inked"


def test_at_the_table_a_mark_is_disputed_until_the_paper_is_signed(app, cast, visit):
    made = agreeing.agreement(cast, state="inked")
    step = agreeing.step(cast, made, "Hải Tây")
    visit("tay_leader").post(f"{base(made)}/ky/{step.pid}/phan-anh", {"reason": WHY})
    db.session.expire_all()
    assert made.state == "confirmed" and not step.is_inked and step.confirmed_at is not None
    agreeing.signed_at_the_table(cast, made)
    agreeing.seen_on_scan(cast, made)
    visit("tay_leader").post(f"{base(made)}/ky/{step.pid}/phan-anh", {"reason": WHY}, status=409)
    assert made.state == "signed"


@pytest.mark.parametrize("verb", ["vang", "tu-choi", "phan-anh"])
def test_a_reason_that_is_too_long_is_refused_and_never_cut(app, cast, visit, verb):
    made, _scan, _step = falsely_seen(cast, visit)
    step = agreeing.step(cast, made, "Hải Tây")
    visit("rev").post(f"{base(made)}/ky/{step.pid}/{verb}", {"reason": "a" * 2001}, status=422)
    db.session.expire_all()
    assert step.state == "pending" and step.reason == ""
