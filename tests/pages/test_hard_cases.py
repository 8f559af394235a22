"""Hard cases of the pledge on its pages: many criteria, no hamlets, zeros, two people, the same
step twice.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from pledge_app.campaigns.models import AssignedFigure, EmulationYear
from pledge_app.criteria.models import Criterion, Indicator
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster, Unit
from pledge_app.pledges import entry, operations
from pledge_app.pledges.entry import RowEntry
from pledge_app.pledges.models import Pledge, PledgeSnapshot, Target
from pledge_app.pledges.states import PledgeState
from pledge_app.reviews import operations as review
from pledge_app.web.kept_texts import KeptText
from tests import make
from tests.make import AT, target_of


def ver(pledge: Pledge) -> str:
    db.session.refresh(pledge)
    return str(pledge.version_id)


def save(
    visitor,
    made: Pledge,
    target: Target,
    cells: dict[str, str],
    *,
    tab: str = "lan",
    ver: int = 0,
    status: int = 200,
):
    body = {"cells": cells, "ver": f"{ver or target.version}.x", "tab": tab, "seq": 1}
    return visitor.post(
        f"/giao-uoc/{made.pid}/dong/{target.pid}", json=body, status=status
    ).get_json()


def many_criteria(cast, n: int) -> None:
    year = db.session.get_one(EmulationYear, cast.year)
    make.free_criteria()
    for i in range(n):
        criterion = Criterion(
            criteria_set_id=year.criteria_set_id,
            position=100 + i,
            code=f"9.{i}",
            name=f"Tiêu chí {i}",
            indicator=Indicator(name=f"Tiêu chí {i}"),
        )
        db.session.add(criterion)
    db.session.commit()


def test_two_hundred_criteria_are_entered_sent_and_judged(visit, cast):
    many_criteria(cast, 200)
    made = make.pledge(cast, state="draft")
    make.fill(
        made, make.GOALS | {f"9.{i}": str(i) for i in range(200)}, actor=make.actor(cast, "lan")
    )
    db.session.commit()
    lan, rev = visit("lan"), visit("rev")
    assert lan.get(f"/giao-uoc/{made.pid}/nhap").text.count('data-cell="q1"') == 204
    lan.post(f"/giao-uoc/{made.pid}/trinh")
    visit("hung").post(f"/giao-uoc/{made.pid}/ky-duyet", {"ver": ver(made)})
    lan.post(f"/giao-uoc/{made.pid}/gui", {"ver": ver(made)})
    assert "204 chỉ tiêu" in rev.get(f"/tham-dinh/{made.pid}").text
    assert (
        "204 tiêu chí"
        in rev.get(f"/tham-dinh/bang/{db.session.get_one(Cluster, cast.cluster).pid}").text
    )


def test_a_commune_without_hamlets_goes_the_whole_way(visit, cast):
    for unit_id in cast.hamlets["Hải Quang"]:
        db.session.get_one(Unit, unit_id).exists_to = AT.date().replace(month=1)
    db.session.commit()
    made = make.pledge(cast, state="sent", goals={"3": "95"})
    assert not target_of(made, "3").items
    assert "Mục tiêu từng xóm" not in visit("lan").get(f"/giao-uoc/{made.pid}").text
    page = visit("rev").get(f"/tham-dinh/{made.pid}").text
    assert "95" in page and "trên 0 xóm" not in page
    visit("rev").post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": ver(made)})
    db.session.refresh(made)
    assert made.state is PledgeState.AGREED


def test_goals_assigned_figures_and_last_years_of_zero_divide_nothing(visit, cast):
    for figure in db.session.query(AssignedFigure):
        figure.value = Decimal(0)
    db.session.commit()
    made = make.pledge(cast, state="draft")
    for target in made.targets:
        target.baseline = Decimal(0)
    make.fill(made, {"1": "0", "2": "0", "4": "0"}, actor=make.actor(cast, "lan"))
    db.session.commit()
    lan = visit("lan")
    for path in ("", "/nhap", "/tom-tat"):
        lan.get(f"/giao-uoc/{made.pid}{path}")
    lan.post(f"/giao-uoc/{made.pid}/trinh")
    visit("hung").get(f"/giao-uoc/{made.pid}/tom-tat")
    visit("hung").post(f"/giao-uoc/{made.pid}/ky-duyet", {"ver": ver(made)})
    lan.post(f"/giao-uoc/{made.pid}/gui", {"ver": ver(made)})
    assert "0" in visit("rev").get(f"/tham-dinh/{made.pid}").text


def test_sending_twice_sends_once_and_says_why(visit, cast):
    made = make.pledge(cast, state="signed_off")
    form = {"ver": ver(made)}
    lan, van = visit("lan"), visit("van")
    lan.post(f"/giao-uoc/{made.pid}/gui", form)
    for again in (lan, van):
        assert "hãy tải lại trang" in again.post(f"/giao-uoc/{made.pid}/gui", form, status=409).text
    db.session.refresh(made)
    assert (
        made.round == 1
        and db.session.query(PledgeSnapshot).filter_by(pledge_id=made.id).count() == 1
    )


def test_handing_in_twice_is_told_and_does_no_harm(visit, cast):
    made = make.pledge(cast, state="complete")
    visit("lan").post(f"/giao-uoc/{made.pid}/trinh")
    visit("lan").post(f"/giao-uoc/{made.pid}/trinh", status=409)
    db.session.refresh(made)
    assert made.state is PledgeState.WITH_LEADER


def test_two_clerks_on_one_pledge_both_keep_what_they_typed(visit, cast):
    made = make.pledge(cast)
    first, second = target_of(made, "1"), target_of(made, "2")
    lan, hung = visit("lan"), visit("hung")
    opened = first.version
    save(lan, made, first, {"goal": "3"})
    save(hung, made, second, {"goal": "160"}, tab="hùng")
    refused = save(
        hung, made, first, {"goal": "9", "measures": "của Hùng"}, tab="hùng", ver=opened, status=409
    )
    assert refused["values"]["goal"] == "3", "the second is shown what the first wrote"
    db.session.expire_all()
    assert (target_of(made, "1").goal, target_of(made, "2").goal) == (Decimal(3), Decimal(160))


def test_the_reviewer_asks_while_the_clerk_takes_it_back_and_types(visit, cast):
    made = make.pledge(cast, state="sent")
    stale, lan = ver(made), make.actor(cast, "lan")
    operations.withdraw(made, actor=lan, at=AT)
    target = target_of(made, "1")
    entry.save_row(target, RowEntry(goal=Decimal(7)), version=target.version, actor=lan, at=AT)
    db.session.commit()
    page = visit("rev").post(
        f"/tham-dinh/{made.pid}/yeu-cau-bo-sung",
        {"ver": stale, "reason": "Thiếu biện pháp"},
        status=409,
    )
    assert "Thiếu biện pháp" in page.text and "Đơn vị đã rút lại" in page.text
    assert db.session.query(KeptText).filter_by(user_id=cast.users["rev"]).count() == 1
    db.session.expire_all()
    assert made.state is PledgeState.DRAFT and target_of(made, "1").goal == 7


@pytest.mark.parametrize("late", ["a second round", "agreed"])
def test_what_the_clerk_typed_late_is_kept_when_the_level_above_was_faster(visit, cast, late):
    """Lan's page is of the answer to a request; a colleague sent the pledge before she finished."""
    made, visitor = make.pledge(cast, state="returned"), visit("lan")
    target, lan, hung = target_of(made, "1"), make.actor(cast, "lan"), make.actor(cast, "hung")
    visitor.get(f"/giao-uoc/{made.pid}/nhap")
    operations.submit_to_leader(made, actor=lan, at=AT)
    operations.sign_off(made, actor=hung, at=AT)
    operations.send_up(made, actor=lan, at=AT, today=AT.date())
    if late == "agreed":
        review.approve(made, version=made.version_id, actor=make.actor(cast, "rev"), at=AT)
    db.session.commit()
    refused = save(visitor, made, target, {"goal": "987654"}, status=409)
    assert refused["closed"] and "987654" in visitor.get("/noi-dung-da-giu").text
    assert "987654" not in visit("rev").get(f"/tham-dinh/{made.pid}?tat-ca=1").text
