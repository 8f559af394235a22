"""The page of the meeting: its minutes as they are typed, saved and closed."""

from __future__ import annotations

import pytest

from pledge_app.agreements.models import Agreement
from pledge_app.kernel.base import db
from pledge_app.meetings.models import Attendance, Meeting
from pledge_app.meetings.queries import meeting_of
from pledge_app.orgs.models import ClusterLead, LeadKind
from tests import agreeing
from tests.pages.test_agreements import base


def minutes(made: Agreement, **changes: object) -> dict[str, object]:
    return {
        "ver": 0,
        "place": "Hội trường UBND xã Hải Đông",
        "on_date": "10/02/2023",
        "begins": "08 giờ 00",
        "ends": "",
        "agenda": "Ký kết",
        "proceedings": "",
        "votes_for": "4",
        "votes_against": "",
        "votes_abstained": "",
        "chair_name": "Ông Đông",
        "secretary_name": "Bà Đông",
        "next_lead": made.parties[0].body.pid,
        "next_deputy": "",
        "who-0-name": "Ông Hùng",
        "who-0-office": "Chủ tịch",
        "who-0-party_title": "Phó Bí thư",
        "who-0-attendance": "present",
        "who-0-note": "",
        "who-1-name": "",
        "who-1-office": "",
        "who-1-party_title": "",
        "who-1-attendance": "present",
        "who-1-note": "",
    } | changes


def test_the_meeting_is_recorded_and_its_minutes_closed(app, cast, visit):
    made = agreeing.agreement(cast, state="signed")
    lead = visit("dong")
    page = base(made) + "/hoi-nghi"
    assert "Ông Hùng" in lead.get(page).text
    assert (
        "hãy ghi lý do"
        in lead.post(page, minutes(made, **{"who-0-attendance": "refused"}), status=422).text
    )
    typed = lead.post(page, minutes(made, begins="", agenda="Còn nguyên"), status=422).text
    assert "Còn nguyên" in typed
    lead.post(page, minutes(made, votes_abstained="hai"), status=422)
    lead.post(page, minutes(made))
    db.session.expire_all()
    held = db.session.query(Meeting).one()
    assert (held.votes_for, held.votes_abstained) == (4, None)
    assert [(row.name, row.attendance) for row in held.attendees] == [
        ("Ông Hùng", Attendance.PRESENT)
    ]
    lead.post(page, minutes(made), status=409)
    lead.get(page + "/chot")
    to = lead.post(page + "/chot", {"ver": held.version_id}).headers["Location"]
    assert "Biên bản" in lead.get(to).text
    rows = (
        db.session.query(ClusterLead).filter_by(cluster_id=cast.cluster, kind=LeadKind.LEAD).all()
    )
    assert [(row.body_id, row.held_to is None) for row in rows] == [
        (cast.bodies["Hải Đông"], False),
        (cast.bodies["Hải Quang"], True),
    ]
    visit("tay").post(page, minutes(made), status=403)


@pytest.mark.parametrize(("typed", "kept"), [("8h30", "08 giờ 30"), ("14:05", "14 giờ 05")])
def test_a_time_is_kept_as_papers_write_it(app, cast, visit, typed, kept):
    made = agreeing.agreement(cast, state="awaiting")
    form = {"ver": 0, "place": "Hội trường", "on_date": "10/02/2023", "begins": typed, "ends": ""}
    visit("dong").post(base(made) + "/hoi-nghi", form)
    db.session.expire_all()
    assert (meeting := meeting_of(made)) is not None and meeting.begins == kept


@pytest.mark.parametrize(
    ("typed", "said"), [("24 giờ", "Giờ phải viết theo dạng"), ("1400", "Ý bạn là 14 giờ 00?")]
)
def test_what_is_no_time_is_asked_when_it_is_typed(app, cast, visit, typed, said):
    made = agreeing.agreement(cast, state="awaiting")
    form = {"ver": 0, "place": "Hội trường", "on_date": "10/02/2023", "begins": typed, "ends": ""}
    assert said in visit("dong").post(base(made) + "/hoi-nghi", form, status=422).text


def test_minutes_without_chair_or_secretary_name_the_fields(app, cast, visit):
    made = agreeing.agreement(cast, state="signed")
    lead = visit("dong")
    page = base(made) + "/hoi-nghi"
    lead.post(page, minutes(made, chair_name="", secretary_name=""))
    held = db.session.query(Meeting).one()
    said = lead.post(page + "/chot", {"ver": held.version_id}, status=422).text
    assert f'href="{page}#secretary_name"' in said
    assert f'href="{page}#chair_name"' in said
    assert held.document_id is None


def test_each_matter_has_its_own_votes(app, cast, visit):
    made = agreeing.agreement(cast, state="awaiting")
    lead, page = visit("dong"), base(made) + "/hoi-nghi"
    rules = {"vote-0-matter": "Thông qua quy chế", "vote-0-in_favour": "3", "vote-0-against": "1"}
    own = minutes(made, title="Hội nghị sơ kết", second_chair_name="Ông Tây")
    said = lead.post(page, own | {"vote-0-in_favour": "3"}, status=422).text
    assert "chưa ghi nội dung" in said
    assert (
        "bằng số nguyên" in lead.post(page, own | rules | {"vote-0-against": "x"}, status=422).text
    )
    lead.post(page, own | rules)
    db.session.expire_all()
    assert (meeting := meeting_of(made)) is not None and meeting.title == "Hội nghị sơ kết"
    assert meeting.other_votes == [
        {"matter": "Thông qua quy chế", "in_favour": 3, "against": 1, "abstained": None}
    ]
