"""Who may be the second person beside a signature, where several bodies take part and where only
one does.
"""

from __future__ import annotations

from datetime import date

import pytest

from pledge_app.accounts.models import RoleGrant
from pledge_app.agreements import signing, vouching
from pledge_app.agreements.models import Agreement, Party
from pledge_app.audit.models import TrailEvent
from pledge_app.home import work
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden
from pledge_app.orgs import concurrent
from pledge_app.orgs.models import Body, BodyKind, Cluster, ClusterMembership
from pledge_app.signing.models import SigningMark
from pledge_app.signing.states import MarkKind, Vouched
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY, Cast

EVERYBODY = (
    "lan",
    "hung",
    "van",
    "dong",
    "dong_leader",
    "tay",
    "tay_leader",
    "ly",
    "ly_leader",
    "rev",
    "rev2",
    "xa",
    "revxa",
    "quan",
    "giam",
)


def may(cast: Cast, made: Agreement, commune: str, first: str) -> set[str]:
    """Who of the cast may vouch for a commune's mark that `first` recorded or uploaded."""
    step = agreeing.step(cast, made, commune)
    return {
        who
        for who in EVERYBODY
        if vouching.vouches(made, step, cast.users[first], make.actor(cast, who))
    }


def role(
    cast: Cast,
    who: str,
    given: Role,
    body: str,
    since: date = date(2022, 1, 1),
    to: date | None = None,
) -> None:
    db.session.add(
        RoleGrant(
            user_id=cast.users[who],
            role=given,
            body_id=cast.bodies[body],
            held_from=since,
            held_to=to,
        )
    )
    db.session.commit()


def test_of_what_the_lead_brought_everybody_vouches_for_the_others_marks(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    others = {"lan", "hung", "tay", "tay_leader", "ly", "ly_leader", "rev", "rev2"}
    assert may(cast, made, "Hải Đông", "dong") == others
    assert may(cast, made, "Hải Tây", "dong") == others - {"tay", "tay_leader"}


def test_of_what_the_reviewer_brought_another_party_vouches(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    assert may(cast, made, "Hải Tây", "rev") == {
        "lan",
        "hung",
        "dong",
        "dong_leader",
        "ly",
        "ly_leader",
    }


def test_who_acts_for_the_signing_body_too_does_not_vouch_as_somebody_else(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    role(cast, "rev", Role.CLERK, "Hải Tây")
    assert "rev" not in may(cast, made, "Hải Tây", "dong")
    assert "rev" in may(cast, made, "Hải Lý", "dong")


def test_who_left_the_uploaders_body_yesterday_uploaded_for_it(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    grant = db.session.query(RoleGrant).filter_by(user_id=cast.users["tay"]).one()
    grant.held_to = TODAY
    role(cast, "tay", Role.CLERK, "Hải Lý")
    assert "tay_leader" not in may(cast, made, "Hải Đông", "tay")
    assert "ly_leader" not in may(cast, made, "Hải Đông", "tay")


def test_another_body_of_the_same_commune_is_no_stranger(app, cast):
    """The lead writes its own Fatherland Front into the paper as witness, whose clerk is a
    friend.
    """
    front = Body(
        unit_id=cast.units["Hải Đông"],
        kind=BodyKind.MTTQ,
        name="MTTQ xã Hải Đông",
        full_name="Ủy ban MTTQ xã Hải Đông",
        symbol="MTTQ",
        place="Hải Đông",
        superior_name="",
    )
    db.session.add(front)
    db.session.flush()
    cast.bodies["MTTQ"] = front.id
    made = agreeing.agreement(cast, state="awaiting")
    made.parties.append(Party(body=front, is_witness=True, position=9))
    role(cast, "van", Role.CLERK, "MTTQ")
    assert "van" not in may(cast, made, "Hải Lý", "dong")
    assert "van" not in may(cast, made, "Hải Đông", "tay")


def test_where_all_bodies_are_of_one_unit_the_body_counts(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    for body in db.session.query(Body):
        body.unit_id = cast.units["Hải Hậu"]
    db.session.commit()
    db.session.expire_all()
    assert may(cast, made, "Hải Tây", "dong") == {"lan", "hung", "ly", "ly_leader", "rev", "rev2"}


def test_who_recorded_the_signature_does_not_see_it_on_the_scan(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    step = agreeing.step(cast, made, "Hải Lý")
    signing.sign_on_paper(made, step, on=TODAY, actor=make.actor(cast, "dong"), at=AT, today=TODAY)
    assert may(cast, made, "Hải Lý", "tay") == {"lan", "hung", "dong_leader", "rev", "rev2"}


def alone(cast: Cast) -> Agreement:
    """One body is lead, party and reviewer: Hải Đông with itself."""
    cluster = db.session.get_one(Cluster, cast.cluster)
    made = agreeing.agreement(cast, state="awaiting", communes=("Hải Đông",))
    cluster.reviewer_body_id = cast.bodies["Hải Đông"]
    db.session.query(ClusterMembership).filter(
        ClusterMembership.cluster_id == cluster.id,
        ClusterMembership.body_id != cast.bodies["Hải Đông"],
    ).delete()
    db.session.commit()
    db.session.expire_all()
    return made


def test_where_one_body_is_everything_its_second_official_vouches(app, cast):
    made = alone(cast)
    role(cast, "van", Role.CLERK, "Hải Đông")
    step = agreeing.step(cast, made, "Hải Đông")
    assert may(cast, made, "Hải Đông", "dong") == {"van"}  # the leader is who signed
    signing.sign_on_paper(made, step, on=TODAY, actor=make.actor(cast, "dong"), at=AT, today=TODAY)
    signing.attest(made, [step], actor=make.actor(cast, "van"), at=AT)
    mark = db.session.query(SigningMark).filter_by(kind=MarkKind.TABLE).one()
    assert (made.state, mark.how) == ("inked", Vouched.SECOND_OFFICIAL)


def test_one_official_vouches_alone_only_where_an_administrator_allowed_it(app, cast, visit):
    made = alone(cast)
    dong, step = make.actor(cast, "dong"), agreeing.step(cast, made, "Hải Đông")
    signing.sign_on_paper(made, step, on=TODAY, actor=dong, at=AT, today=TODAY)
    with pytest.raises(Forbidden):
        signing.attest(made, [step], actor=dong, at=AT)
    concurrent.allow_concurrent(
        db.session.get_one(Body, cast.bodies["Hải Đông"]),
        valid_from=TODAY,
        valid_to=None,
        reason="Một cán bộ",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    signing.attest(made, [step], actor=dong, at=AT)
    scan = agreeing.scan(cast, made)
    signing.confirm_scan(made, scan, [step], actor=dong, at=AT, on=TODAY)
    db.session.commit()
    told = db.session.query(TrailEvent).filter_by(verb="step.attested").one()
    assert told.data["how"] == "concurrent"
    page = visit("dong").get(f"/giao-uoc-cum/{made.pid}").text
    assert "một người kiêm nhiệm, theo cho phép của quản trị viên" in page
    assert made.state == "signed"


def test_the_permission_of_one_body_signs_for_no_other(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    for name in ("Hải Đông", "huyện"):
        concurrent.allow_concurrent(
            db.session.get_one(Body, cast.bodies[name]),
            valid_from=TODAY,
            valid_to=None,
            reason="Một cán bộ",
            actor=make.actor(cast, "quan"),
            at=AT,
        )
    assert "dong" not in may(cast, made, "Hải Tây", "dong")
    assert "rev" not in may(cast, made, "Hải Tây", "rev")


def test_several_people_confirm_one_scan_and_each_mark_names_who_saw_it(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    scan = agreeing.scan(cast, made, "tay")
    steps = {name: agreeing.step(cast, made, name) for name in agreeing.LEADERS}
    lan, ly = make.actor(cast, "lan"), make.actor(cast, "ly")
    first = [steps["Hải Đông"], steps["Hải Tây"], steps["Hải Lý"]]
    signing.confirm_scan(made, scan, first, actor=lan, at=AT, on=TODAY)
    assert made.state == "awaiting"
    signing.confirm_scan(made, scan, [steps["Hải Quang"]], actor=ly, at=AT, on=TODAY)
    assert made.state == "signed"
    seen = {step.body_id: step.mark(MarkKind.SCAN) for step in steps.values()}
    names = {mark.by_name for mark in seen.values() if mark is not None}
    assert names == {"Bà Lan", "Bà Lý"} and len(seen) == 4
    assert (scan.confirmed_by_name, scan.confirmed_at) == ("Bà Lan", AT)


def test_a_tick_too_many_takes_none(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    scan = agreeing.scan(cast, made, "tay")
    with pytest.raises(Forbidden):
        signing.confirm_scan(
            made,
            scan,
            agreeing.opened(made).steps,
            actor=make.actor(cast, "lan"),
            at=AT,
            on=TODAY,
        )
    with pytest.raises(DomainError):
        signing.confirm_scan(made, scan, [], actor=make.actor(cast, "lan"), at=AT, on=TODAY)
    assert db.session.query(SigningMark).count() == 0 and scan.confirmed_at is None


def tasks(cast: Cast, who: str) -> set[str]:
    return {task.title for task in work.tasks(make.actor(cast, who), today=TODAY)}


def test_a_scan_that_waits_is_a_task_of_who_may_confirm_it(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    agreeing.scan(cast, made, "tay")
    with app.test_request_context():
        told = {who for who in EVERYBODY if "Đối chiếu bản quét" in tasks(cast, who)}
    assert told == {"lan", "hung", "dong", "dong_leader", "ly", "ly_leader", "rev", "rev2"}


def test_what_was_recorded_at_the_table_is_a_task_of_who_may_attest_it(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    step = agreeing.step(cast, made, "Hải Lý")
    signing.sign_on_paper(made, step, on=TODAY, actor=make.actor(cast, "dong"), at=AT, today=TODAY)
    title = "Xác nhận chữ ký đã ghi nhận tại bàn"
    with app.test_request_context():
        told = {who for who in EVERYBODY if title in tasks(cast, who)}
    assert told == {"lan", "hung", "tay", "tay_leader", "rev", "rev2"}


@pytest.mark.parametrize(
    ("state", "title"),
    [("confirmed", "Ký bản giấy và ghi nhận chữ ký"), ("inked", "Tải lên bản quét bản đã ký")],
)
def test_the_paper_that_is_missing_is_a_task_of_the_lead_and_stops_nothing(app, cast, state, title):
    agreeing.agreement(cast, state=state)
    with app.test_request_context():
        assert {who for who in EVERYBODY if title in tasks(cast, who)} == {"dong", "dong_leader"}
