"""One row of the grid, saved by itself: nothing typed is lost, an older text never lands after a
newer one.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledge_app.campaigns.periods import PeriodKind
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden
from pledge_app.pledges import entry
from pledge_app.pledges.cells import token
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import CellRevision, Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.web.kept_texts import KeptText
from tests import make
from tests.make import target_of
from tests.unchanged import nothing_changes


@pytest.fixture
def made(app, cast):
    return make.pledge(cast)


def save(
    visitor,
    made: Pledge,
    target: Target,
    cells: dict[str, str],
    *,
    status: int = 200,
    ver: str = "",
    tab: str = "tab-a",
    seq: int = 1,
):
    body = {"cells": cells, "ver": ver or token(target), "tab": tab, "seq": seq}
    answer = visitor.post(
        f"/giao-uoc/{made.pid}/dong/{target.pid}", json=body, status=status
    ).get_json()
    db.session.expire_all()
    return answer


def test_a_row_is_saved_and_the_understood_values_come_back(visit, made):
    target = target_of(made, "2")
    said = save(
        visit("lan"), made, target, {"goal": "1234,5", "measures": "Chuyển đổi\r\n giống lúa"}
    )
    assert said["values"]["goal"] == "1.234,5" and said["applied"]
    assert (str(target.goal), target.measures) == ("1234.5", "Chuyển đổi\ngiống lúa")
    assert said["ver"] == token(target) and said["totals"]["entered"] == 2


@pytest.mark.parametrize("typed", ["1.5", "١", "1e9", "NaN", "1_000", "9" * 13, "1,23456", "hai"])
def test_a_bad_number_gets_its_sentence_and_the_rest_of_the_row_is_saved(visit, made, typed):
    target = target_of(made, "2")
    said = save(visit("lan"), made, target, {"goal": typed, "measures": "Biện pháp"}, status=422)
    assert said["errors"]["goal"] and target.goal is None and target.measures == "Biện pháp"


def test_blank_is_not_zero_and_minus_zero_is_zero(visit, made):
    target = target_of(made, "2")
    assert (
        save(visit("lan"), made, target, {"goal": "-0"})["values"]["goal"] == "0"
        and target.goal == 0
    )
    assert (
        save(visit("lan"), made, target, {"goal": " "}, seq=2)["values"]["goal"] == ""
        and target.goal is None
    )


def test_an_older_text_of_the_same_tab_never_lands_after_a_newer_one(visit, made):
    target = target_of(made, "2")
    opened = token(target)
    save(visit("lan"), made, target, {"goal": "2"}, ver=opened, seq=2)
    assert not save(visit("lan"), made, target, {"goal": "1"}, ver=opened, seq=1)["applied"]
    assert target.goal == 2


def test_an_older_text_does_not_land_even_when_the_newest_went_back_to_what_was_stored(visit, made):
    target = target_of(made, "2")
    save(visit("lan"), made, target, {"goal": "3"}, seq=1)
    save(visit("lan"), made, target, {"goal": "3"}, seq=3)
    save(visit("lan"), made, target, {"goal": "4"}, seq=2)
    assert target.goal == 3


def test_a_tab_whose_answer_was_lost_goes_on_without_a_conflict(visit, made):
    target = target_of(made, "2")
    opened = token(target)
    save(visit("lan"), made, target, {"goal": "2"}, ver=opened, seq=1)
    save(visit("lan"), made, target, {"goal": "3"}, ver=opened, seq=2)
    assert target.goal == 3


def test_two_clerks_on_one_row_the_second_gets_the_other_text(visit, made):
    target = target_of(made, "2")
    opened = token(target)
    save(visit("lan"), made, target, {"goal": "2"}, ver=opened, tab="a")
    said = save(visit("hung"), made, target, {"goal": "5"}, ver=opened, tab="b", status=409)
    assert said["values"]["goal"] == "2" and target.goal == 2
    save(visit("hung"), made, target, {"goal": "5"}, ver=said["ver"], tab="b", seq=2)
    assert target.goal == 5


def test_the_same_text_twice_is_no_conflict(visit, made):
    target = target_of(made, "2")
    opened = token(target)
    save(visit("lan"), made, target, {"goal": "2"}, ver=opened, tab="a")
    save(visit("hung"), made, target, {"goal": "2"}, ver=opened, tab="b")
    assert target.goal == 2


def test_hamlets_make_the_percentage(visit, made):
    target = target_of(made, "3")
    cells = {
        f"state-{target.items[0].pid}": "reached",
        f"state-{target.items[1].pid}": "nearly",
        f"by-{target.items[1].pid}": "3",
        f"state-{target.items[2].pid}": "xyz",
        "goal": "100",
    }
    said = save(visit("lan"), made, target, cells)
    assert said["values"]["goal"] == "66,67"
    assert [row.name for row in target.items] == ["Xóm 1", "Xóm 2", "Xóm 10"]
    third = make.period_id(target, 3)
    assert (target.items[1].state, target.items[1].period_id) == (RowState.NEARLY, third)
    opened = token(target)
    save(visit("lan"), made, target, {f"by-{target.items[0].pid}": "1"}, seq=2)
    assert token(target) != opened


def test_a_late_text_is_refused_kept_and_shown_to_its_author_alone(visit, cast, app):
    made = make.pledge(cast, state="with_leader")
    target = target_of(made, "2")
    said = save(visit("lan"), made, target, {"goal": "999"}, status=409)
    assert said["closed"] and target.goal == 160
    kept = db.session.query(KeptText).one()
    assert kept.user_id == cast.users["lan"] and list(kept.fields.values()) == [["999"]]
    save(visit("lan"), made, target, {"goal": "160"}, seq=2)  # nothing new: acknowledged
    assert db.session.query(KeptText).count() == 1


def test_a_goal_lower_than_assigned_asks_for_the_reason(visit, made):
    said = save(visit("lan"), made, target_of(made, "2"), {"goal": "149,9"})
    assert said["lower"] and said["hints"][0]["cell"] == "reason_lower"


def test_strangers_reviewers_and_members_may_not_type(visit, cast, app):
    made = make.pledge(cast, state="sent")
    target = target_of(made, "2")
    for who, status in (("xa", 404), ("tay", 404), ("rev", 403), ("van", 403)):
        visitor = visit(who)
        with nothing_changes():
            save(visitor, made, target, {"goal": "1"}, status=status)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"cells": 1},
        {"cells": {"goal": 1}, "tab": "t", "seq": 1},
        {"cells": {}, "tab": "", "seq": 1},
        {"cells": {}, "tab": "t", "seq": "1"},
        {"cells": {}, "tab": "t", "seq": 10**30},
        {"cells": {}, "tab": "t", "seq": True},
    ],
)
def test_a_malformed_request_changes_nothing(visit, made, body):
    lan, target = visit("lan"), target_of(made, "2")
    with nothing_changes():
        lan.post(f"/giao-uoc/{made.pid}/dong/{target.pid}", json=body, status=400)


def test_the_last_twenty_texts_of_a_row_are_kept_and_who_typed_is_remembered(app, made, cast):
    lan, target = make.actor(cast, "lan"), target_of(made, "2")
    for n in range(25):
        assert entry.save_row(
            target,
            RowEntry(goal=Decimal(n)),
            version=target.version,
            actor=lan,
            at=make.AT,
            tab="t",
            seq=n + 1,
        )
    assert db.session.query(CellRevision).filter_by(target_id=target.id).count() == 20
    assert made.author_ids == [lan.user_id]


def test_the_verb_refuses_a_stale_version_and_a_stranger(app, made, cast):
    target = target_of(made, "2")
    with pytest.raises(Conflict):
        entry.save_row(
            target, RowEntry(goal=Decimal(1)), version=0, actor=make.actor(cast, "lan"), at=make.AT
        )
    with pytest.raises(Forbidden):
        entry.save_row(
            target, RowEntry(goal=Decimal(1)), version=1, actor=make.actor(cast, "rev"), at=make.AT
        )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(1, 7)))
def test_in_whatever_order_saves_arrive_the_newest_stands(app, made, cast, order):
    lan, target = make.actor(cast, "lan"), target_of(made, "1")
    opened, tab = (
        target.version,
        "t" + "".join(map(str, order)) + str(db.session.query(CellRevision).count()),
    )
    for seq in order:
        entry.save_row(
            target,
            RowEntry(goal=Decimal(seq)),
            version=opened,
            actor=lan,
            at=make.AT,
            tab=tab,
            seq=seq,
        )
    assert target.goal == 6


def test_a_goal_of_a_period_counts_as_a_change_of_the_row_and_a_blank_one_has_no_row(visit, made):
    target = target_of(made, "1")
    opened, version = token(target), target.version
    told = save(visit("lan"), made, target, {"q2": "1", "q3": "0"})
    assert [told["values"][name] for name in ("q1", "q2", "q3", "q4")] == ["", "1", "0", ""]
    assert target.split == make.split(target, None, 1, 0)
    assert target.version > version
    save(visit("lan"), made, target, {"q2": "7"}, ver=opened, tab="tab-b", status=409)
    save(visit("lan"), made, target, {"q2": "", "q3": "2"}, seq=2)
    assert target.split == make.split(target, None, None, 2)


def test_a_year_without_periods_for_goals_has_no_columns_of_them(visit, made):
    for period in made.emulation_year.goal_periods:
        period.kind = PeriodKind.MONTH
    db.session.commit()
    page = visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    assert 'data-order="goal measures reason_lower" data-split=""' in page
    assert 'data-cell="q1"' not in page
    target = target_of(made, "1")
    told = save(visit("lan"), made, target, {"goal": "5", "q1": "3"})
    assert (told["values"]["goal"], target.split) == ("5", {})
