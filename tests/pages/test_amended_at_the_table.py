"""On the page: a figure is proposed, refused and changed at the table; one in force is not
offered.
"""

from __future__ import annotations

from decimal import Decimal

from pledge_app.agreements import queries, versions
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Target
from tests import agreeing, make
from tests.pages.test_agreements import base


def test_a_figure_is_proposed_at_the_table(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "1"
    )
    lead.get(base(made) + "/sua-so-lieu")
    page = lead.post(
        base(made) + "/sua-so-lieu",
        {"target": target.pid, "goal": "1.5", "reason": "x"},
        status=422,
    ).text
    assert "1,5" in page
    to = lead.post(
        base(made) + "/sua-so-lieu",
        {"target": target.pid, "goal": "5", "reason": "Hội nghị thống nhất"},
    ).headers["Location"]
    assert "Chờ UBND xã Hải Lý" in lead.get(to).text
    db.session.expire_all()
    assert (made.state, target.goal, db.session.query(Agreement).count()) == (
        AgreementState.AWAITING,
        Decimal(3),
        1,
    )


def test_a_figure_in_force_is_not_offered_for_change_on_the_next_version(app, cast, visit):
    first = agreeing.agreement(cast, state="awaiting")
    lead = visit("dong")
    assert "/sua-so-lieu" in lead.get(base(first)).text
    agreeing.signed_at_the_table(cast, first)
    newer = versions.new_version(first, "Sửa lời", actor=make.actor(cast, "dong"), at=agreeing.AT)
    db.session.commit()
    assert newer.state is AgreementState.DRAFT
    assert "/sua-so-lieu" not in lead.get(base(newer)).text
    page = lead.get(base(newer) + "/sua-so-lieu", status=409).text
    assert "Số liệu đã có hiệu lực theo phiên bản đã ký" in page
    visit("xa").get(base(newer) + "/sua-so-lieu", status=404)


def test_a_figure_refused_at_the_table_changes_nothing_and_the_paper_still_awaits_its_signatures(
    app, cast, visit
):
    made = agreeing.agreement(cast, state="awaiting")
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "4"
    )
    page = (
        visit("dong")
        .post(
            base(made) + "/sua-so-lieu",
            {"target": target.pid, "goal": "7", "reason": "x"},
            status=422,
        )
        .text
    )
    assert "giữ ở mức 0" in page
    db.session.expire_all()
    assert made.state is AgreementState.AWAITING and target.goal == 0
    assert db.session.query(Agreement).count() == 1


def test_a_share_of_the_hamlets_is_changed_at_the_table_by_its_hamlets(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead, at = visit("dong"), base(made) + "/sua-so-lieu"
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "3"
    )
    page = lead.post(at, {"target": target.pid, "goal": "50", "reason": "x"}, status=422).text
    assert (
        "tính từ các xóm đã chọn là 100 %, không phải 50 %" in page and "Mức của từng xóm" in page
    )
    for name in ("chi-tieu", "target"):  # by a link; by the choice itself, without sending the form
        assert "Mức của từng xóm" in lead.get(f"{at}?{name}={target.pid}").text
    last = target.items[-1]
    lead.post(
        at,
        {
            "target": target.pid,
            "rows": target.pid,
            f"state-{last.pid}": "not_reached",
            "reason": "Xóm 10 chưa kịp",
        },
    )
    row = queries.amendments_of(made)[0]
    visit("ly_leader").post(f"{at}/{row.pid}/dong-y", {"side": "commune"})
    to = visit("rev").post(f"{at}/{row.pid}/dong-y", {"side": "reviewer"}).headers["Location"]
    db.session.expire_all()
    assert (
        str(target.goal) == "66.67" and last.state is not None and last.state.value == "not_reached"
    )
    assert "66,67" in lead.get(to).text
