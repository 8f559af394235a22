"""An attack: the people of one office press everything that the pages of signing offer. Nothing
comes into force.

Every login of one ordinary member, of the lead, and of the reviewing body walks over every verb of
the signing and amend pages, with the ids of everybody's steps: alone, one office signs for nobody
else, not even for itself.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.accounts.separation import conflicts_of
from pledge_app.agreements import amendments, consents, queries
from pledge_app.agreements.consents import Side
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import STANDING
from pledge_app.documents.models import Upload
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden
from pledge_app.pledges.models import Pledge, Target
from pledge_app.signing.models import SigningMark, SigningStep
from pledge_app.signing.states import MarkKind
from tests import agreeing, make
from tests.agreeing import AT
from tests.cast import TODAY, Cast
from tests.site import Visitor

OFFICES = {
    "an ordinary member": ("tay", "tay_leader"),
    "the lead": ("dong", "dong_leader"),
    "the reviewing body": ("rev", "rev2"),
}
ANY = {200, 303, 403, 404, 409, 422}


def blank() -> io.BytesIO:
    """A white page, as the attacker scans it."""
    made = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(made, "PNG", dpi=(200, 200))
    made.seek(0)
    return made


def press(visitor: Visitor, path: str, data: dict[str, Any], **kwargs: Any) -> int:
    """POST with the token, whatever comes back."""
    filled, kwargs = visitor._with_token(data, kwargs)
    answer = visitor._ask("POST", path, data=filled, **kwargs)
    assert answer.status_code in ANY, f"{path}: {answer.status_code}"
    return answer.status_code


def base(made: Agreement) -> str:
    return f"/giao-uoc-cum/{made.pid}"


def everything(visitor: Visitor, made: Agreement) -> None:
    """One login presses every verb, for every step, scan and proposed figure."""
    steps = [row.pid for row in agreeing.opened(made).steps]
    for pid in steps:
        press(visitor, f"{base(made)}/ky/{pid}/giay", {"on": "10/02/2023"})
        press(visitor, f"{base(made)}/ky/{pid}/xac-nhan", {"password": "x", "challenge": "x"})
    press(visitor, f"{base(made)}/ky/thay-tai-ban", {f"attest-{pid}": "1" for pid in steps})
    for pid in steps:  # one by one too: a refusal of all must not be the only thing that holds
        press(visitor, f"{base(made)}/ky/thay-tai-ban", {f"attest-{pid}": "1"})
    press(
        visitor,
        f"{base(made)}/ban-quet",
        {"scan": (blank(), "a.png")},
        content_type="multipart/form-data",
    )
    for upload in [row.pid for row in db.session.query(Upload)]:
        judge = f"{base(made)}/ban-quet/{upload}"
        press(visitor, judge, {"act": "confirm"} | {f"seen-{pid}": "1" for pid in steps})
        for pid in steps:
            press(visitor, judge, {"act": "confirm", f"seen-{pid}": "1"})
    _amend(visitor, made)


def _amend(visitor: Visitor, made: Agreement) -> None:
    for target in [row.pid for row in db.session.query(Target) if row.criterion.code == "1"]:
        press(visitor, f"{base(made)}/sua-so-lieu", {"target": target, "goal": "9", "reason": "x"})
    for row in [row.pid for row in queries.amendments_of(made)]:
        for side in ("commune", "reviewer"):
            press(
                visitor,
                f"{base(made)}/sua-so-lieu/{row}/dong-y",
                {"side": side, "note": "Giấy đã ký"},
            )


def untouched(made: Agreement) -> None:
    """Nothing counts, no figure changed, nothing is in force."""
    db.session.expire_all()
    assert {row.state.value for row in db.session.query(Pledge)} == {"agreed"}
    assert made.state not in STANDING and made.in_force_on is None
    assert {row.goal for row in db.session.query(Target) if row.criterion.code == "1"} == {3}
    assert not any(step.is_inked for step in db.session.query(SigningStep))
    seconds = db.session.query(SigningMark).filter(
        SigningMark.kind.in_((MarkKind.TABLE, MarkKind.SCAN))
    )
    assert seconds.count() == 0


@pytest.mark.parametrize("office", OFFICES)
def test_one_office_alone_brings_nothing_into_force(app, cast, visit, office):
    made = agreeing.agreement(cast, state="awaiting")
    people = [visit(who) for who in OFFICES[office]]
    for visitor in (
        people * 2
    ):  # the second walk meets what the first has recorded, uploaded, proposed
        everything(visitor, made)
    untouched(made)


def test_a_clerk_uploads_a_white_page_and_his_leader_ticks_everybody(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    visit("tay").post(
        base(made) + "/ban-quet", {"scan": (blank(), "a.png")}, content_type="multipart/form-data"
    )
    judge = f"{base(made)}/ban-quet/{db.session.query(Upload).one().pid}"
    page = visit("tay_leader").get(judge).text
    assert "Các chữ ký còn lại không do bạn xác nhận được" in page
    assert 'type="checkbox"' not in page
    seen = {f"seen-{row.pid}": "1" for row in agreeing.opened(made).steps}
    refusal = visit("tay_leader").post(judge, seen | {"act": "confirm"}, status=403).text
    assert "Chưa có gì được ghi" in refusal
    untouched(made)


def test_the_people_of_a_member_tick_only_others_and_the_rest_waits_for_somebody_else(
    app, cast, visit
):
    made = agreeing.agreement(cast, state="confirmed")
    scan = agreeing.scan(cast, made, "dong")
    judge = f"{base(made)}/ban-quet/{scan.pid}"
    page = visit("tay_leader").get(judge).text
    own = agreeing.step(cast, made, "Hải Tây")
    assert page.count('type="checkbox"') == 3 and f"seen-{own.pid}" not in page
    assert "checked" not in page
    others = {f"seen-{row.pid}": "1" for row in agreeing.opened(made).steps if row is not own}
    visit("tay_leader").post(judge, others | {f"seen-{own.pid}": "1", "act": "confirm"}, status=403)
    visit("tay_leader").post(judge, others | {"act": "confirm"})
    db.session.expire_all()
    assert made.state == "confirmed" and own.on_scan_at is None
    shown = visit("ly").get(judge).text
    assert "Thấy trên bản quét: Ông Tây" in shown
    assert "UBND huyện Hải Hậu" in shown and "UBND xã Hải Quang, UBND xã Hải Lý" in shown
    visit("ly").post(judge, {f"seen-{own.pid}": "1", "act": "confirm"})
    db.session.expire_all()
    assert made.state == "signed"
    assert "Thấy trên bản quét: Bà Lý" in visit("dong").get(base(made) + "/hoi-nghi").text


def test_what_the_lead_recorded_at_the_table_waits_for_another_body(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    for step in agreeing.opened(made).steps:
        visit("dong").post(f"{base(made)}/ky/{step.pid}/giay", {"on": "10/02/2023"})
    attest = f"{base(made)}/ky/thay-tai-ban"
    everybody = {f"attest-{row.pid}": "1" for row in agreeing.opened(made).steps}
    assert "Bạn có mặt tại bàn" not in visit("dong_leader").get(base(made) + "/hoi-nghi").text
    visit("dong_leader").post(attest, everybody, status=403)
    visit("tay").post(attest, everybody, status=403)
    assert "Bạn có mặt tại bàn" in visit("rev").get(base(made) + "/hoi-nghi").text
    assert "Chưa đánh dấu ai" in visit("rev").post(attest, {}, status=422).text
    visit("rev").post(attest, everybody)
    db.session.expire_all()
    assert made.state == "inked"
    assert {row.state.value for row in db.session.query(Pledge)} == {"in_force"}
    page = visit("ly").get(base(made)).text
    assert "Đã ký trên giấy, chờ bản quét" in page and "Thấy ký tại bàn: Ông Rev" in page
    assert "xác nhận đã thấy tại bàn chữ ký" in page


def test_a_refusal_is_taken_back_only_as_a_slip(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    step, lead = agreeing.step(cast, made, "Hải Tây"), visit("dong")
    lead.post(f"{base(made)}/ky/{step.pid}/tu-choi", {"reason": "Chỉ tiêu cao"})
    lead.post(f"{base(made)}/ky/{step.pid}/vang", {"reason": "Ốm"}, status=409)
    visit("rev").post(f"{base(made)}/ky/{step.pid}/ghi-nham", {"reason": ""}, status=422)
    lead.post(f"{base(made)}/ky/{step.pid}/ghi-nham", {"reason": "Bấm nhầm dòng"})
    db.session.expire_all()
    assert step.state == "pending"
    assert "Bấm nhầm dòng" in lead.get(base(made)).text


def test_the_page_offers_each_side_its_own_yes(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "1"
    )
    where = base(made) + "/sua-so-lieu"
    assert "Hải Lý" in visit("ly").get(where).text and "Hải Tây" not in visit("ly").get(where).text
    proposed = {"target": target.pid, "goal": "5", "reason": "Hội nghị"}
    visit("tay").post(where, proposed, status=422)
    visit("dong").post(where, proposed)
    row = queries.amendments_of(made)[0]
    page = base(made)
    assert "Đồng ý thay mặt UBND xã Hải Lý" in visit("ly_leader").get(page).text
    assert "Văn bản đồng ý lãnh đạo đã ký" in visit("ly").get(page).text
    assert "Đồng ý thay mặt" not in visit("dong").get(page).text
    visit("ly_leader").post(f"{where}/{row.pid}/dong-y", {"side": "commune"})
    to = visit("rev").post(f"{where}/{row.pid}/dong-y", {"side": "reviewer"}).headers["Location"]
    assert "Phiên bản 2" in visit("ly").get(to).text
    db.session.expire_all()
    assert target.goal == 5


def test_a_version_made_at_the_table_starts_unsigned(app, cast, visit):
    made = agreeing.agreement(cast, state="confirmed")
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "1"
    )
    row = amendments.propose(
        made, target, Decimal(9), "Nâng", actor=make.actor(cast, "rev2"), at=AT
    )
    amendments.consent(row, Side.COMMUNE, actor=make.actor(cast, "ly_leader"), at=AT)
    newer = amendments.consent(row, Side.REVIEWER, actor=make.actor(cast, "rev"), at=AT)
    assert newer is not None
    agreeing.rendered(agreeing.paper(newer))
    assert made.state == "void"
    assert all(step.state == "pending" for step in agreeing.opened(newer).steps)


OF_THE_COMMUNE = [(Role.CLERK, None), (Role.LEADER, None), (Role.RECORDS, date(2023, 2, 1))]
"""What makes somebody one of the commune this year; the last of them ended before today."""


def also(cast: Cast, who: str, what: Role, body: str, to: date | None = None) -> None:
    """A further role of somebody of the cast."""
    db.session.add(
        RoleGrant(
            user_id=cast.users[who],
            role=what,
            body_id=cast.bodies[body],
            held_from=date(2022, 1, 1),
            held_to=to,
        )
    )
    db.session.commit()


@pytest.mark.parametrize(("what", "to"), OF_THE_COMMUNE)
def test_a_reviewer_of_the_commune_does_not_agree_to_its_pledge(app, cast, visit, what, to):
    made = make.pledge(cast, "Hải Tây", state="sent")
    also(cast, "rev", what, "Hải Tây", to)
    assert "Phê duyệt" not in visit("rev").get(f"/tham-dinh/{made.pid}").text
    approve = f"/tham-dinh/{made.pid}/thong-nhat"
    press(visit("rev"), approve, {"ver": str(made.version_id)})
    db.session.expire_all()
    assert made.state == "sent"
    visit("rev2").post(approve, {"ver": str(made.version_id)})
    db.session.expire_all()
    assert made.state == "agreed"


def test_a_reviewer_who_left_the_commune_in_an_earlier_year_agrees(app, cast, visit):
    made = make.pledge(cast, "Hải Tây", state="sent")
    also(cast, "rev", Role.CLERK, "Hải Tây", date(2022, 12, 1))
    visit("rev").post(f"/tham-dinh/{made.pid}/thong-nhat", {"ver": str(made.version_id)})
    db.session.expire_all()
    assert made.state == "agreed"


def test_neither_who_is_of_the_commune_nor_who_typed_for_it_consents_for_the_reviewer(app, cast):
    made = agreeing.agreement(cast, state="awaiting")
    also(cast, "rev", Role.CLERK, "Hải Lý")
    target = next(
        row
        for row in db.session.query(Target)
        if row.pledge.body_id == cast.bodies["Hải Lý"] and row.criterion.code == "1"
    )
    lead = make.actor(cast, "dong")
    row = amendments.propose(made, target, Decimal(9), "Nâng", actor=lead, at=AT)
    assert not consents.may_consent(row, Side.REVIEWER, make.actor(cast, "rev"))
    assert consents.may_consent(row, Side.REVIEWER, make.actor(cast, "rev2"))
    target.pledge.author_ids = [*target.pledge.author_ids, cast.users["rev2"]]
    db.session.flush()
    with pytest.raises(Forbidden, match="cán bộ thẩm định khác"):
        amendments.consent(row, Side.REVIEWER, actor=make.actor(cast, "rev2"), at=AT)


def test_the_pair_of_roles_is_said_when_it_is_given(app, cast):
    also(cast, "rev", Role.RECORDS, "Hải Tây")
    with app.test_request_context():
        said = conflicts_of(db.session.get_one(User, cast.users["rev"]), on=TODAY)
    assert len(said) == 1 and "không thống nhất, xác nhận hồ sơ của đơn vị này" in said[0]
