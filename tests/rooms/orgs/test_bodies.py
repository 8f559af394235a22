"""A body is founded, described, ended; its old papers keep its old name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs import bodies
from pledge_app.orgs.models import Body, BodyKind, OfficeHolding, Unit
from tests import make

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


def values(**more: Any) -> dict[str, Any]:
    return {
        "kind": BodyKind.MTTQ,
        "name": "UBMTTQ xã Hải Quang",
        "full_name": "Ủy ban MTTQ Việt Nam xã Hải Quang",
        "superior_name": "",
        "symbol": "MTTQ-BTT",
        "place": "Hải Quang",
        "exists_from": None,
    } | more


def add(cast, who: str = "quan", unit: str = "Hải Quang", **more: Any) -> Body:
    return bodies.add_body(
        db.session.get_one(Unit, cast.units[unit]),
        values(**more),
        actor=make.actor(cast, who),
        at=AT,
    )


def test_a_body_is_added_and_the_trail_says_so(app, cast):
    made = add(cast)
    assert made.unit_id == cast.units["Hải Quang"]
    assert (
        db.session.query(TrailEvent).filter_by(verb="body.added", subject_pid=made.pid).count() == 1
    )


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_adds(app, cast, who):
    with pytest.raises(Forbidden):
        add(cast, who)


def test_a_unit_has_no_two_bodies_of_one_name(app, cast):
    add(cast)
    with pytest.raises(DomainError, match="đã có cơ quan"):
        add(cast)


def test_a_body_is_not_older_than_its_unit_nor_younger_than_its_end(app, cast):
    unit = db.session.get_one(Unit, cast.units["Hải Tây"])
    unit.exists_from, unit.exists_to = date(2000, 1, 1), date(2025, 7, 1)
    for day in (date(1999, 1, 1), date(2025, 7, 1), None):
        with pytest.raises(DomainError):
            add(cast, unit="Hải Tây", exists_from=day)


def test_the_head_of_a_hamlet_belongs_to_a_hamlet(app, cast):
    with pytest.raises(DomainError, match="không hợp với cấp"):
        add(cast, kind=BodyKind.HAMLET)


def described(cast, version: int = 1, **more: Any) -> Body:
    body = db.session.get_one(Body, cast.bodies["Hải Quang"])
    kept = {name: getattr(body, name) for name in bodies.DESCRIBED}
    bodies.describe_body(body, kept | more, version=version, actor=make.actor(cast, "quan"), at=AT)
    return body


def test_what_was_changed_is_in_the_trail_before_and_after(app, cast):
    described(cast, place="Xã Hải Quang")
    event = db.session.query(TrailEvent).filter_by(verb="body.described").one()
    assert (event.data["before"], event.data["after"]) == (
        {"place": "Hải Quang"},
        {"place": "Xã Hải Quang"},
    )


def test_the_same_again_leaves_no_trail(app, cast):
    described(cast)
    assert db.session.query(TrailEvent).filter_by(verb="body.described").count() == 0


def test_a_stale_page_is_refused(app, cast):
    with pytest.raises(Conflict):
        described(cast, version=3, place="Nơi khác")


def end(cast, name: str, on: date = date(2023, 3, 1), who: str = "quan") -> Body:
    body = db.session.get_one(Body, cast.bodies[name])
    bodies.end_body(body, on=on, version=body.version_id, actor=make.actor(cast, who), at=AT)
    return body


def test_a_body_with_roles_or_clusters_does_not_end(app, cast):
    with pytest.raises(DomainError, match="vai trò đang giao"):
        end(cast, "Hải Quang")


def test_a_body_ends_with_its_offices(app, cast):
    made = add(cast, exists_from=date(2022, 1, 1))
    held = OfficeHolding(
        person=db.session.get_one(OfficeHolding, cast.holdings["hung"]).person,
        body=made,
        title="Chủ tịch",
        held_from=date(2022, 1, 1),
    )
    db.session.add(held)
    db.session.flush()
    bodies.end_body(made, on=date(2023, 3, 1), version=1, actor=make.actor(cast, "quan"), at=AT)
    assert (made.exists_to, held.held_to) == (date(2023, 3, 1), date(2023, 3, 1))
    with pytest.raises(DomainError, match="đã kết thúc"):
        bodies.end_body(
            made,
            on=date(2023, 3, 1),
            version=made.version_id,
            actor=make.actor(cast, "quan"),
            at=AT,
        )
