"""After an act: who is above, who reviews, what the bodies below print above their names."""

from __future__ import annotations

from datetime import date

from pledge_app.accounts.models import RoleGrant
from pledge_app.kernel.base import db
from pledge_app.orgs import queries
from pledge_app.orgs.models import Cluster, Unit, UnitName, UnitParent
from pledge_app.reorganisation.models import Kind
from pledge_app.reorganisation.plan import Plan
from tests.rooms.reorganisation.test_carry_out import BASIS, ON, body, do, merge, unit

BEFORE = date(2020, 1, 1)


def parents(of: Unit) -> list[tuple[int, date | None, date | None]]:
    return [(row.parent_id, row.used_from, row.used_to) for row in of.parents]


def districts_merged(cast) -> Unit:
    """Both districts of the cast are one; the administrator's role goes on there."""
    grant = db.session.query(RoleGrant).filter_by(user_id=cast.users["quan"]).one()
    plan = merge(cast, "Hải Hậu", "Xa", name="Huyện Hải Xa", code="")
    done = do(cast, plan, keep=(grant.pid,))
    assert done.unit is not None
    return done.unit


def test_bodies_below_a_renamed_district_print_its_new_name(app, cast):
    do(cast, Plan(Kind.RENAME, (unit(cast, "Hải Hậu"),), ON, BASIS, "Huyện Hải Mới"))
    said = {body(cast, name).superior_name for name in ("Hải Quang", "Hải Tây")}
    assert said == {"ỦY BAN NHÂN DÂN HUYỆN HẢI MỚI"}


def test_the_cluster_of_merged_districts_is_reviewed_by_the_new_one(app, cast):
    heir = queries.bodies_of(districts_merged(cast))[0]
    reviewed = {row.name: row.reviewer_body_id for row in db.session.query(Cluster)}
    assert reviewed == {"Vùng thi đua Quang Đông": heir.id, "Cụm Xa": heir.id}


def test_a_district_without_a_province_is_merged_into_one_without_a_province(app, cast):
    made = districts_merged(cast)
    assert made.parents == []
    assert (made.id, ON, None) in parents(unit(cast, "Hải Lý"))


def test_what_was_above_a_unit_before_keeps_its_days(app, cast):
    moved = unit(cast, "Hải Quang/Xóm 1")
    (row,) = moved.parents
    row.used_from = BEFORE
    earlier = UnitParent(unit_id=moved.id, parent_id=cast.units["Hải Tây"], used_to=BEFORE)
    db.session.add(earlier)
    old = unit(cast, "Hải Quang")
    old.names[0].used_from = BEFORE
    old.names.append(
        UnitName(name="Xã Quang", search_key="xa quang", sort_key="quang", used_to=BEFORE)
    )
    db.session.flush()
    db.session.expire_all()
    done = do(cast, merge(cast))
    assert done.unit is not None
    db.session.expire_all()
    said = set(parents(unit(cast, "Hải Quang/Xóm 1")))
    assert said == {
        (cast.units["Hải Tây"], None, BEFORE),
        (cast.units["Hải Quang"], BEFORE, ON),
        (done.unit.id, ON, None),
    }
    ends = {row.name: row.used_to for row in unit(cast, "Hải Quang").names}
    assert ends == {"Xã Quang": BEFORE, "Xã Hải Quang": ON}
