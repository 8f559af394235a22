"""Mergers, renames, abolitions: previewed whole, carried out at once, the old papers untouched."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.agreements.models import Agreement
from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, Forbidden
from pledge_app.orgs import clusters, queries
from pledge_app.orgs.models import Body, Cluster, Line, OfficeHolding, Succession, Unit
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState
from pledge_app.reorganisation.models import Kind, Reorganisation
from pledge_app.reorganisation.operations import carry_out, digest
from pledge_app.reorganisation.outlook import foresee
from pledge_app.reorganisation.plan import Plan, renamed
from tests import agreeing, make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
ON = date(2023, 2, 1)
BASIS = "Nghị quyết 1234/NQ-UBTVQH15"


def unit(cast, name: str) -> Unit:
    return db.session.get_one(Unit, cast.units[name])


def body(cast, name: str) -> Body:
    return db.session.get_one(Body, cast.bodies[name])


def merge(cast, *names: str, **more: Any) -> Plan:
    given = {"name": "Xã Hải Tiến", "code": "14299"} | more
    return Plan(
        Kind.MERGE,
        tuple(unit(cast, name) for name in names or ("Hải Quang", "Hải Tây")),
        given.pop("on", ON),
        BASIS,
        **given,
    )


def do(
    cast,
    plan: Plan,
    who: str = "quan",
    keep: tuple[str, ...] = (),
    today: date = TODAY,
    seen: str = "",
) -> Reorganisation:
    shown = foresee(plan, today=today)
    return carry_out(
        plan,
        seen=seen or digest(shown),
        kept_roles=keep,
        actor=make.actor(cast, who),
        at=AT,
        today=today,
    )


def problems(plan: Plan) -> str:
    return " ".join(problem.sentence for problem in foresee(plan, today=TODAY).problems)


def test_two_communes_become_one_new_commune(app, cast):
    done = do(cast, merge(cast))
    new = done.unit
    assert new is not None
    assert (new.names[0].name, new.names[0].code, new.exists_from) == ("Xã Hải Tiến", "14299", ON)
    assert [unit(cast, name).exists_to for name in ("Hải Quang", "Hải Tây")] == [ON, ON]
    assert {row.predecessor_id for row in db.session.query(Succession)} == {
        cast.units["Hải Quang"],
        cast.units["Hải Tây"],
    }
    assert new.parents[0].parent_id == cast.units["Hải Hậu"]
    assert [(row.name, row.place, row.exists_from) for row in queries.bodies_of(new)] == [
        ("UBND xã Hải Tiến", "Hải Tiến", ON)
    ]
    assert (
        db.session.query(TrailEvent)
        .filter_by(verb="reorganisation.carried_out")
        .one()
        .data["basis"]
        == BASIS
    )


def test_yesterday_keeps_its_names_and_today_has_the_new_ones(app, cast):
    do(cast, merge(cast))
    before, after = (
        {row.name for row in db.session.execute(queries.units(on=day, under=unit(cast, "Hải Hậu")))}
        for day in (date(2023, 1, 31), ON)
    )
    assert {"Xã Hải Quang", "Xã Hải Tây"} <= before
    assert after == {"Xã Hải Tiến", "Xã Hải Đông", "Xã Hải Lý"}


def test_the_hamlets_follow(app, cast):
    new = do(cast, merge(cast)).unit
    assert new is not None
    assert len(queries.hamlets_of(new.id, TODAY)) == 6
    assert queries.hamlets_of(cast.units["Hải Quang"], TODAY) == []


def test_offices_and_roles_end_and_those_marked_go_on_at_the_new_body(app, cast):
    lan = db.session.query(RoleGrant).filter_by(user_id=cast.users["lan"]).one()
    new = do(cast, merge(cast), keep=(lan.pid,)).unit
    assert new is not None
    heir = queries.bodies_of(new)[0]
    held = {
        user: {
            (row.body_id, row.held_to) for row in db.session.get_one(User, cast.users[user]).grants
        }
        for user in ("lan", "hung")
    }
    assert held == {
        "lan": {(cast.bodies["Hải Quang"], ON), (heir.id, None)},
        "hung": {(cast.bodies["Hải Quang"], ON)},
    }
    assert db.session.get_one(OfficeHolding, cast.holdings["hung"]).held_to == ON


def test_an_open_pledge_is_discontinued_and_stays_readable(app, cast):
    pledge = make.pledge(cast, "Hải Quang", state="sent")
    do(cast, merge(cast))
    assert pledge.state is PledgeState.DISCONTINUED
    event = (
        db.session.query(TrailEvent)
        .filter_by(verb="pledge.discontinued", subject_pid=pledge.pid)
        .one()
    )
    assert "Nhập Xã Hải Quang, Xã Hải Tây thành Xã Hải Tiến" in event.data["reason"]


def test_the_new_body_takes_the_places_in_a_cluster_that_nothing_binds(app, cast):
    do(cast, merge(cast, "Hải Đông", "Hải Tây"))
    cluster = db.session.get_one(Cluster, cast.cluster)
    rows = sorted(cluster.members, key=lambda row: row.position)
    assert [row.body.name for row in rows] == [
        "UBND xã Hải Quang",
        "UBND xã Hải Tiến",
        "UBND xã Hải Lý",
    ]
    lead = queries.lead_of(cluster, on=ON)
    assert lead is not None
    assert lead.body.name == "UBND xã Hải Tiến"


def test_a_role_and_a_lead_with_an_end_date_go_on_until_that_day_and_no_longer(app, cast):
    until = ON + timedelta(days=90)
    dong = db.session.query(RoleGrant).filter_by(user_id=cast.users["dong"]).one()
    first = queries.lead_of(db.session.get_one(Cluster, cast.cluster), on=ON)
    assert first is not None
    dong.held_to = first.held_to = until
    new = do(cast, merge(cast, "Hải Đông", "Hải Tây"), keep=(dong.pid,)).unit
    assert new is not None
    heir = queries.bodies_of(new)[0]
    grants = {
        (row.body_id, row.held_to) for row in db.session.get_one(User, cast.users["dong"]).grants
    }
    assert grants == {(cast.bodies["Hải Đông"], ON), (heir.id, until)}
    cluster = db.session.get_one(Cluster, cast.cluster)
    leads = [(row.body_id, row.held_from, row.held_to) for row in cluster.leads]
    assert (heir.id, ON, until) in leads
    assert queries.lead_of(cluster, on=until) is None


def test_a_cluster_with_an_agreed_pledge_keeps_its_members_of_the_year(app, cast):
    make.pledge(cast, "Hải Lý", state="agreed")
    do(cast, merge(cast))
    assert len(db.session.get_one(Cluster, cast.cluster).members) == 4


def test_a_draft_loses_the_party_and_a_paper_that_awaits_signatures_forbids_the_act(app, cast):
    draft = agreeing.agreement(cast, state="draft", communes=("Hải Đông", "Hải Tây"))
    do(cast, merge(cast))
    assert [party.body.place for party in db.session.get_one(Agreement, draft.id).parties] == [
        "Hải Đông"
    ]


def test_a_paper_that_awaits_signatures_forbids_the_act(app, cast):
    agreeing.agreement(cast, state="awaiting", communes=("Hải Đông", "Hải Tây"))
    assert "đang chờ ký" in problems(merge(cast))
    with pytest.raises(DomainError):
        do(cast, merge(cast))
    assert unit(cast, "Hải Tây").exists_to is None


def test_one_commune_is_merged_into_another(app, cast):
    done = do(cast, merge(cast, "Hải Lý", name="", code="", into=unit(cast, "Hải Tây")))
    assert done.unit_id == cast.units["Hải Tây"]
    assert unit(cast, "Hải Tây").exists_to is None
    assert len(queries.bodies_of(unit(cast, "Hải Tây"))) == 1
    assert len(queries.hamlets_of(cast.units["Hải Tây"], TODAY)) == 6


def test_what_was_frozen_does_not_change(app, cast):
    pledge = make.pledge(cast, "Hải Quang", state="sent")
    kept = dict(db.session.execute(db.text("select id, content_sha256 from envelope")).all())
    do(cast, merge(cast))
    assert (
        dict(db.session.execute(db.text("select id, content_sha256 from envelope")).all()) == kept
    )
    assert db.session.get_one(Pledge, pledge.id).body.name == "UBND xã Hải Quang"


def rename(cast, name: str = "Xã Hải Quang Mới", code: str = "") -> Plan:
    return Plan(Kind.RENAME, (unit(cast, "Hải Quang"),), ON, BASIS, name, code)


def test_a_commune_is_renamed_and_its_pledges_and_roles_stay(app, cast):
    pledge = make.pledge(cast, "Hải Quang", state="sent")
    do(cast, rename(cast))
    named = unit(cast, "Hải Quang")
    assert [(row.name, row.used_from, row.used_to) for row in named.names] == [
        ("Xã Hải Quang", None, ON),
        ("Xã Hải Quang Mới", ON, None),
    ]
    renamed_body = body(cast, "Hải Quang")
    assert (renamed_body.name, renamed_body.full_name, renamed_body.place) == (
        "UBND xã Hải Quang Mới",
        "Ủy ban nhân dân xã Hải Quang Mới",
        "Hải Quang Mới",
    )
    assert pledge.state is PledgeState.SENT
    assert db.session.query(RoleGrant).filter_by(user_id=cast.users["lan"]).one().held_to is None


def test_abolishing_asks_where_the_hamlets_go(app, cast):
    plan = Plan(Kind.ABOLISH, (unit(cast, "Hải Lý"),), ON, BASIS)
    assert "Còn 3 đơn vị trực thuộc" in problems(plan)
    do(cast, Plan(Kind.ABOLISH, (unit(cast, "Hải Lý"),), ON, BASIS, parent=unit(cast, "Hải Tây")))
    assert len(queries.hamlets_of(cast.units["Hải Tây"], TODAY)) == 6
    assert body(cast, "Hải Lý").exists_to == ON


def test_abolishing_a_district_waits_until_its_clusters_have_another_reviewer(app, cast):
    plan = Plan(Kind.ABOLISH, (unit(cast, "Hải Hậu"),), ON, BASIS, parent=unit(cast, "Xa"))
    assert "thẩm định" in problems(plan)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": "Xã Hải Đông"}, "Đã có Xã Hải Đông"),
        ({"name": "Hải Tiến"}, "loại đơn vị"),
        ({"on": date(1900, 1, 1), "name": ""}, ""),
    ],
)
def test_a_wrong_plan_says_why(app, cast, more, said):
    assert said in problems(merge(cast, **more))


def test_units_that_have_ended_are_not_merged_again(app, cast):
    do(cast, merge(cast))
    db.session.commit()
    assert "không tồn tại vào ngày" in problems(merge(cast, name="Xã Hải Khác", code=""))


def test_the_day_must_have_come_and_the_preview_must_be_of_now(app, cast):
    with pytest.raises(DomainError, match="chưa tới"):
        do(cast, merge(cast, on=date(2023, 7, 1)))
    seen = digest(foresee(merge(cast), today=TODAY))
    make.pledge(cast, "Hải Quang")
    with pytest.raises(Conflict):
        do(cast, merge(cast), seen=seen)


@pytest.mark.parametrize("who", ["lan", "rev", "giam"])
def test_only_the_administrator_carries_out(app, cast, who):
    with pytest.raises(Forbidden):
        do(cast, merge(cast), who=who)


def test_the_new_commune_pledges_next_year_and_the_old_one_does_not(app, cast):
    new = do(cast, merge(cast)).unit
    assert new is not None
    upper = body(cast, "huyện")
    made = clusters.create_cluster(
        "Cụm 2024",
        2024,
        Line.UBND,
        issuer=upper,
        reviewer=upper,
        members=[queries.bodies_of(new)[0]],
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    assert made.members[0].body.name == "UBND xã Hải Tiến"
    with pytest.raises(DomainError, match="không còn hoạt động"):
        clusters.add_members(
            made,
            [body(cast, "Hải Quang")],
            version=made.version_id,
            actor=make.actor(cast, "quan"),
            at=AT,
        )


def test_names_follow_in_every_spelling():
    assert renamed("UBND xã Hải Đông", "Xã Hải Đông", "Phường Cồn") == "UBND phường Cồn"
    assert (
        renamed("ỦY BAN NHÂN DÂN XÃ HẢI ĐÔNG", "Xã Hải Đông", "Phường Cồn")
        == "ỦY BAN NHÂN DÂN PHƯỜNG CỒN"
    )
    assert renamed("Hải Đông", "Xã Hải Đông", "Phường Cồn") == "Cồn"
    assert renamed("Hội Nông dân", "Xã Hải Đông", "Phường Cồn") == "Hội Nông dân"


def test_a_merger_does_not_take_the_last_administrator_with_it(app, cast):
    grant = db.session.query(RoleGrant).filter_by(user_id=cast.users["quan"]).one()
    grant.body_id = cast.bodies["Hải Quang"]
    db.session.flush()
    with pytest.raises(DomainError, match="quản trị viên cuối cùng"):
        do(cast, merge(cast))
    db.session.rollback()
    db.session.query(RoleGrant).filter_by(user_id=cast.users["quan"]).one().body_id = cast.bodies[
        "Hải Quang"
    ]
    db.session.flush()
    do(cast, merge(cast), keep=(grant.pid,))
    assert make.actor(cast, "quan").has(Role.ADMIN)
