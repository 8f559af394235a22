"""A figure assigned, corrected or taken back after a pledge was begun reaches it, and its people
are told.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.sentences import sentence
from pledge_app.campaigns import assigned_figures
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.rows import CriterionRow
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError
from pledge_app.notices.models import Notice
from pledge_app.pledges import assigned, entry, operations
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Pledge
from tests import make
from tests.make import AT, target_of
from tests.rooms.criteria.test_indicators import new_set
from tests.rooms.pledges.test_save_target import save


def assign(cast, code: str, value: str | None, commune: str = "Hải Quang") -> int:
    year = db.session.get_one(EmulationYear, cast.year)
    figure = (cast.bodies[commune], cast.criteria[code], Decimal(value) if value else None)
    changed = assigned_figures.assign_figures(year, [figure], actor=make.actor(cast, "rev"), at=AT)
    db.session.commit()
    return changed


def told(cast, who: str) -> list[str]:
    rows = select(Notice.sentence).where(Notice.user_id == cast.users[who]).order_by(Notice.id)
    return [text for text in db.session.scalars(rows) if "chỉ tiêu giao thay đổi" in text]


def events_of(pledge: Pledge) -> list[TrailEvent]:
    return list(
        db.session.scalars(
            select(TrailEvent).where(
                TrailEvent.subject_pid == pledge.pid, TrailEvent.verb == "pledge.assigned_changed"
            )
        )
    )


@pytest.mark.parametrize("state", ["draft", "with_leader", "sent", "returned", "agreed"])
def test_a_pledge_that_is_begun_gets_the_figure_of_now_and_nothing_typed_changes(app, cast, state):
    made = make.pledge(cast, state=state)
    target = target_of(made, "2")
    goal, version = target.goal, target.version
    assign(cast, "2", "180")
    assert target.assigned == 180
    assert (target.goal, target.version) == (goal, version + 1)
    assert made.state.value == state
    assert told(cast, "lan") == [
        "UBND xã Hải Quang: chỉ tiêu giao thay đổi: 2. Thu nhập trên 1 ha canh tác: 150 → 180"
    ]


@pytest.mark.parametrize(("state", "is_told"), [("draft", False), ("sent", True), ("agreed", True)])
def test_the_level_above_is_told_once_it_has_the_pledge(app, cast, state, is_told):
    make.pledge(cast, state=state)
    assign(cast, "2", "180")
    assert bool(told(cast, "rev2")) == is_told


@pytest.mark.parametrize(
    ("state", "is_told"), [("draft", False), ("with_leader", True), ("sent", False)]
)
def test_the_leader_is_told_while_it_lies_on_the_desk(app, cast, state, is_told):
    make.pledge(cast, state=state)
    assign(cast, "2", "180")
    assert bool(told(cast, "hung")) == is_told


def test_the_trail_tells_from_what_to_what(app, cast):
    made = make.pledge(cast)
    assign(cast, "2", "180,5".replace(",", "."))
    (event,) = events_of(made)
    assert sentence(event.verb, event.data) == "nhận chỉ tiêu giao mới (2: 150 → 180,5)"


def test_a_signed_pledge_keeps_what_it_was_signed_with(app, cast):
    made = make.pledge(cast, state="in_force")
    assert assign(cast, "2", "180") == 1
    assert target_of(made, "2").assigned == 150
    assert not told(cast, "lan")
    assert not events_of(made)


def test_what_was_never_sent_has_no_figures_of_its_sending(app, cast):
    made = make.pledge(cast)
    assign(cast, "2", "180")
    assert assigned.figures_at_sending(made) == {}


def test_of_many_figures_the_first_few_are_named_and_the_others_counted(app, cast):
    year = db.session.get_one(EmulationYear, cast.year)
    rows = [CriterionRow(str(n), f"Việc thứ {n}", unit_of_measure="việc") for n in range(1, 8)]
    year.criteria_set_id = new_set("Bộ bảy việc", rows, make.actor(cast, "quan")).id
    db.session.commit()
    make.pledge(cast)
    assert year.criteria_set is not None
    body = cast.bodies["Hải Quang"]
    figures = [(body, row.id, Decimal(2)) for row in year.criteria_set.criteria]
    assigned_figures.assign_figures(year, figures, actor=make.actor(cast, "rev"), at=AT)
    (said,) = told(cast, "lan")
    assert said.count("Việc thứ") == 5
    assert said.endswith("; và 2 chỉ tiêu khác")


def test_a_figure_for_one_commune_leaves_the_others_alone(app, cast):
    other = make.pledge(cast, "Hải Đông")
    assign(cast, "2", "180")
    assert target_of(other, "2").assigned == 150
    assert not told(cast, "dong")


def test_the_same_figure_again_tells_nobody(app, cast):
    made = make.pledge(cast)
    assert assign(cast, "2", "150") == 0
    assert not told(cast, "lan")
    assert not events_of(made)


def test_a_figure_that_is_taken_back_leaves_the_pledge_too(app, cast):
    made = make.pledge(cast)
    assign(cast, "2", None)
    assert target_of(made, "2").assigned is None
    assert told(cast, "lan")[0].endswith("150 → không giao")
    assert assign(cast, "2", None) == 0


def test_an_open_sheet_hears_of_it_and_a_goal_that_is_lower_now_asks_for_its_reason(
    visit, cast, app
):
    made = make.pledge(cast, state="complete")
    target = target_of(made, "2")
    assign(cast, "2", "180")
    said = save(visit("lan"), made, target, {"measures": "Chuyển đổi giống"})
    assert (said["assigned"], said["given"], said["lower"]) == ("180", "180", True)
    assert said["hints"][0]["cell"] == "reason_lower"


def test_what_waits_for_the_leader_is_not_signed_off_without_the_reason_that_is_needed_now(
    app, cast
):
    made = make.pledge(cast, state="with_leader")
    assign(cast, "2", "180")
    leader, clerk = make.actor(cast, "hung"), make.actor(cast, "lan")
    with pytest.raises(DomainError, match="chỉ tiêu giao đã thay đổi"):
        operations.sign_off(made, actor=leader, at=AT)
    operations.recall(made, actor=clerk, at=AT)
    target = target_of(made, "2")
    row = RowEntry(goal=Decimal(160), reason_lower="Hạn hán kéo dài.")
    entry.save_row(target, row, version=target.version, actor=clerk, at=AT)
    operations.submit_to_leader(made, actor=clerk, at=AT)
    operations.sign_off(made, actor=leader, at=AT)
    assert made.signed_off_at is not None


def test_what_is_signed_off_does_not_go_up_without_the_reason_that_is_needed_now(app, cast):
    made = make.pledge(cast, state="signed_off")
    assign(cast, "2", "180")
    with pytest.raises(DomainError, match="chỉ tiêu giao đã thay đổi"):
        operations.send_up(made, actor=make.actor(cast, "lan"), at=AT, today=AT.date())


def test_a_reviewer_who_read_the_old_figure_is_asked_to_look_again(visit, cast, app):
    made = make.pledge(cast, state="sent")
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "150" in page
    opened = made.version_id
    assign(cast, "2", "180")
    assert made.version_id > opened
    answer = visit("rev").post(
        f"/tham-dinh/{made.pid}/thong-nhat", {"ver": str(opened)}, status=409
    )
    assert "vừa được người khác sửa" in answer.text
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "180" in page
    assert "Thấp hơn mức giao" in page
