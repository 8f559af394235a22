"""What the leader reads before signing: every goal, beside last year and the assigned figure."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.kinds import Direction
from pledge_app.criteria.models import Criterion, Indicator
from pledge_app.kernel.base import db
from pledge_app.pledges import entry, operations
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.sent import since_signing
from pledge_app.pledges.summary import summary_of
from pledge_app.reviews import operations as review
from tests import make
from tests.cast import TODAY


def test_every_goal_stands_there_in_the_order_of_the_set(app, cast):
    made = make.pledge(cast, state="complete", goals={"1": "4", "2": "165"})
    first, second = made.targets[0], made.targets[1]
    first.baseline, second.baseline = Decimal(2), Decimal(180)
    last = {row.criterion.indicator_id for row in made.targets if row.criterion.code != "4"}
    found = summary_of(made, frozenset(last))
    assert [row.code for row in found.rows] == [target.criterion.code for target in made.targets]
    by_code = {row.code: row for row in found.rows}
    assert (by_code["1"].difference, by_code["1"].change) == (Decimal(2), Decimal("100.0"))
    assert [row.code for row in found.rows if row.is_below_last] == ["2"]
    assert [row.code for row in found.rows if row.is_new] == ["4"]


def test_without_last_year_the_goals_stand_there_all_the_same(app, cast):
    made = make.pledge(cast, state="complete", goals={"1": "1", "2": "160"})
    found = summary_of(made, frozenset())
    assert len(found.rows) == len(made.targets)
    assert all(row.baseline is None and row.difference is None for row in found.rows)
    assert [(row.code, row.reason) for row in found.lower] == [("1", "Không có đất mở rộng.")]
    assert not any(row.is_below_last or row.is_new for row in found.rows)


@pytest.mark.parametrize("count", [12, 40])
def test_no_goal_is_left_out_however_many_there_are(app, cast, visit, count):
    chosen = db.session.get_one(EmulationYear, cast.year).criteria_set
    assert chosen is not None
    make.free_criteria()
    here = len([row for row in chosen.criteria if not row.is_group])
    for n in range(here, count):
        db.session.add(
            Criterion(
                criteria_set_id=chosen.id,
                code=f"9.{n}",
                name=f"Tiêu chí thêm {n}",
                indicator=Indicator(name=f"Tiêu chí thêm {n}"),
                unit_of_measure="hộ",
                position=100 + n,
                direction=Direction.HIGHER,
                kind=chosen.criteria[0].kind,
                cadence=chosen.criteria[0].cadence,
            )
        )
    db.session.commit()
    made = make.pledge(cast, state="draft")
    lan = make.actor(cast, "lan")
    for n, target in enumerate(made.targets):
        if not target.items and not target.criterion.is_yes_no:
            entry.save_row(
                target,
                RowEntry(goal=Decimal(1000 + n), reason_lower="x"),
                version=target.version,
                actor=lan,
                at=make.AT,
            )
    db.session.commit()
    typed = [target.goal for target in made.targets if target.goal is not None]
    page = visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat").text
    assert page.count('<tr class="row"') == len(made.targets) == count
    assert all(f"<strong>1.{goal - 1000:03}</strong>" in page for goal in typed if goal >= 1000)


def test_the_second_time_the_leader_reads_what_was_asked_and_what_changed(app, cast, visit):
    made = make.pledge(cast, state="returned")
    target = next(row for row in made.targets if row.criterion.code == "1")
    assert target.goal is not None
    assert since_signing(made) == []
    entry.save_row(
        target,
        RowEntry(goal=target.goal + 5),
        version=target.version,
        actor=make.actor(cast, "lan"),
        at=make.AT,
    )
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    db.session.commit()
    assert [(row.criterion, row.before, row.after) for row in since_signing(made) or []] == [
        (target.criterion.pid, "3", "8")
    ]
    page = visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat").text
    assert "Yêu cầu của cấp trên" in page and "Chỉ tiêu OCOP thấp so với khả năng." in page
    assert page.count("<del>3</del> → <ins>8</ins>") == 2, "at its goal, and in the list of changes"
    button = re.search(r">\s*Ký duyệt\s*</button>", page)
    assert button is not None and 0 < page.index('class="sticky"') < button.start()
    db.session.rollback()


def test_the_first_time_nothing_is_said_of_changes(app, cast, visit):
    made = make.pledge(cast, state="with_leader")
    page = visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat").text
    assert "Thay đổi từ lần gửi trước" not in page and "Yêu cầu của cấp trên" not in page


def test_a_neighbour_reads_the_goals_and_not_what_was_asked(app, cast, visit):
    made = make.pledge(cast, state="returned")
    operations.submit_to_leader(made, actor=make.actor(cast, "lan"), at=make.AT)
    operations.sign_off(made, actor=make.actor(cast, "hung"), at=make.AT, office="Chủ tịch")
    operations.send_up(made, actor=make.actor(cast, "lan"), at=make.AT, today=TODAY)
    review.approve(made, version=made.version_id, actor=make.actor(cast, "rev"), at=make.AT)
    db.session.commit()
    page = visit("tay").get(f"/giao-uoc/{made.pid}/tom-tat").text
    assert '<tr class="row"' in page
    assert "Chỉ tiêu OCOP thấp so với khả năng." not in page
