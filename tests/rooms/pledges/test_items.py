"""What a criterion counts besides hamlets: named by the unit, counted, carried on, taken off."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria.models import CountedItem, Criterion
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from pledge_app.orgs.models import Body, Line
from pledge_app.pledges import entry, items, sent, starting
from pledge_app.pledges.hamlets import take_up
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.rules import RowState
from pledge_app.pledges.snapshot import registration, snapshot
from tests import make
from tests.cast import TODAY
from tests.make import AT, target_of
from tests.pages.test_pledges import form_of


@pytest.fixture
def made(app, cast) -> Pledge:
    """A draft whose criterion 3 counts products."""
    make.free_criteria()
    db.session.get_one(Criterion, cast.criteria["3"]).counts = "product"
    db.session.commit()
    return make.pledge(cast, state="draft")


@pytest.fixture
def lan(cast):
    return make.actor(cast, "lan")


def add(target: Target, *names: str, actor) -> None:
    for name in names:
        items.add_item(target, name, actor=actor, at=AT)


def verbs() -> list[str]:
    chosen = select(TrailEvent.verb).where(TrailEvent.verb.like("pledge.item%"))
    return list(db.session.scalars(chosen.order_by(TrailEvent.seq)))


def test_products_are_no_hamlets(made, lan):
    target = target_of(made, "3")
    assert target.items == [] and items.takes_items(target)
    assert take_up(made, actor=lan, at=AT, today=TODAY) == 0


def test_items_are_counted_as_hamlets_are(made, lan):
    target = target_of(made, "3")
    add(target, "Nước mắm Sa Châu", "Gạo tám", "Bưởi", actor=lan)
    assert target.goal is None, "no state yet: a blank is no zero"
    first, second, third = target.items
    states = {
        first.id: (RowState.REACHED, make.period_id(target, 2)),
        second.id: (RowState.NEARLY, None),
    }
    entry.save_items(target, states | {third.id: (RowState.NOT_REACHED, None)}, actor=lan, at=AT)
    assert str(target.goal) == "66.67"
    row = next(row for row in snapshot(made)["targets"] if row["code"] == "3")
    assert (
        sent.counted(row["hamlets"], "sản phẩm")
        == "1 đạt, 1 cơ bản đạt, 1 chưa đạt trên 3 sản phẩm"
    )
    assert registration(made, today=TODAY)["target_notes"] == [
        f"{target.criterion.name}: Nước mắm Sa Châu: đạt; Gạo tám: cơ bản đạt; Bưởi: chưa đạt"
    ]


def test_a_name_is_counted_once(made, lan):
    target = target_of(made, "3")
    add(target, "Gạo hòa bình", actor=lan)
    with pytest.raises(DomainError, match="đã có trong danh sách"):
        add(target, "GẠO HOÀ BÌNH", actor=lan)
    assert len(target.items) == 1


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_a_name_is_needed_and_of_a_length(made, lan, name):
    with pytest.raises(DomainError):
        add(target_of(made, "3"), name, actor=lan)
    assert verbs() == []


def test_a_criterion_that_counts_nothing_or_hamlets_takes_none(app, cast, lan):
    made = make.pledge(cast, state="draft")
    for code in ("1", "3"):
        with pytest.raises(DomainError, match="không đếm theo danh sách"):
            add(target_of(made, code), "Gạo tám", actor=lan)


def test_who_may_not_type_adds_and_drops_nothing(made, cast, lan):
    target = target_of(made, "3")
    add(target, "Gạo tám", actor=lan)
    rev = make.actor(cast, "rev")
    with pytest.raises(Forbidden):
        add(target, "Bưởi", actor=rev)
    with pytest.raises(Forbidden):
        items.drop_item(target.items[0], actor=rev, at=AT)


def test_a_pledge_that_was_handed_in_keeps_its_items(made, lan):
    target = target_of(made, "3")
    add(target, "Gạo tám", actor=lan)
    make.fill(made, make.GOALS, actor=lan)
    made.move("submit_to_leader", actor=lan)
    with pytest.raises(Conflict):
        add(target, "Bưởi", actor=lan)
    with pytest.raises(Conflict):
        items.drop_item(target.items[0], actor=lan, at=AT)


def test_what_is_dropped_counts_no_more_and_is_forgotten(made, lan):
    target = target_of(made, "3")
    add(target, "Gạo tám", "Bưởi", actor=lan)
    first, second = target.items
    states = {first.id: (RowState.REACHED, None), second.id: (RowState.NOT_REACHED, None)}
    entry.save_items(target, states, actor=lan, at=AT)
    assert target.goal == 50
    version = target.version
    items.drop_item(items.find_item(target, second.pid), actor=lan, at=AT)
    assert target.goal == 100 and target.version > version
    names = select(CountedItem.name).where(CountedItem.kind == "product")
    assert list(db.session.scalars(names)) == ["Gạo tám"]
    assert verbs() == ["pledge.item_added", "pledge.item_added", "pledge.item_dropped"]
    with pytest.raises(NotFound):
        items.find_item(target, second.pid)


def test_the_next_year_begins_with_the_same_items_and_no_states(made, cast, lan):
    target = target_of(made, "3")
    add(target, "Gạo tám", actor=lan)
    entry.save_items(
        target,
        {target.items[0].id: (RowState.REACHED, make.period_id(target, 1))},
        actor=lan,
        at=AT,
    )
    year = made.emulation_year
    made.emulation_year = EmulationYear(
        year=year.year - 1,
        line=Line.UBND,
        issuer_body_id=year.issuer_body_id,
        criteria_set_id=year.criteria_set_id,
    )
    db.session.flush()
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    newer = starting.start_pledge(body, year, actor=lan, at=AT, today=date(2023, 2, 10))
    rows = target_of(newer, "3").items
    assert [(row.name, row.state, row.period_id) for row in rows] == [("Gạo tám", None, None)]
    item = rows[0].item
    assert item is target.items[0].item
    items.drop_item(rows[0], actor=lan, at=AT)
    assert [row.item for row in target.items] == [item], "last year still counts it"
    assert db.session.get(CountedItem, item.id) is item


def test_on_the_page_items_are_added_and_dropped_with_everything_typed_saved(made, visit):
    target, other = target_of(made, "3"), target_of(made, "2")
    page = f"/giao-uoc/{made.pid}/nhap"
    lan = visit("lan")
    assert "Thêm sản phẩm (ghi tên)" in lan.get(page).text
    typed = {f"goal-{other.pid}": "165", f"item-{target.pid}": " Gạo  tám "}
    lan.post(page, form_of(made) | typed | {"then": f"add:{target.pid}"})
    db.session.expire_all()
    assert [row.name for row in target.items] == ["Gạo tám"]
    assert other.goal == 165
    text = lan.get(page).text
    assert "Mục tiêu từng sản phẩm" in text and "1 sản phẩm" in text
    answer = lan.post(page, form_of(made) | {"then": f"add:{target.pid}"}, status=422)
    assert "Hãy ghi tên trước khi thêm." in answer.text
    long = {f"item-{target.pid}": "x" * 300, "then": f"add:{target.pid}"}
    lan.post(page, form_of(made) | long, status=422)
    drop = {"then": f"drop:{target.pid}:{target.items[0].pid}"}
    lan.post(page, form_of(made) | drop)
    db.session.expire_all()
    assert target.items == []
    lan.post(page, form_of(made) | {"then": f"drop:{target.pid}:nobody"}, status=404)
    lan.post(page, form_of(made) | {"then": "add:nobody"}, status=404)


def test_hamlets_read_as_before(app, cast, visit):
    made = make.pledge(cast, state="draft")
    text = visit("lan").get(f"/giao-uoc/{made.pid}/nhap").text
    assert "Mục tiêu từng xóm" in text and "ghi tên" not in text


def test_without_items_there_is_no_share(made, lan):
    target = target_of(made, "3")
    add(target, "Gạo tám", "Bưởi", actor=lan)
    first, second = target.items
    reached = {first.id: (RowState.REACHED, None)}
    entry.save_items(target, reached, actor=lan, at=AT)
    items.drop_item(first, actor=lan, at=AT)
    assert target.goal is None, "what is left has no state"
    items.drop_item(second, actor=lan, at=AT)
    assert target.items == [] and target.goal is None
