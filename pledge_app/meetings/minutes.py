"""Verbs of the minutes: what happened at the meeting is recorded, then closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import queries as agreements
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.operations import touch
from pledge_app.agreements.signing import recording
from pledge_app.audit.operations import record
from pledge_app.documents.models import Document
from pledge_app.documents.operations import freeze as freeze_paper
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.meetings.models import Attendance, Attendee, Meeting, VoteLine
from pledge_app.meetings.paper import MINUTES
from pledge_app.meetings.particulars import as_recorded
from pledge_app.meetings.queries import meeting_of
from pledge_app.meetings.snapshot import clock_of, minutes_content
from pledge_app.notices.operations import notify
from pledge_app.orgs.leads import Lead, appoint
from pledge_app.orgs.models import Body, LeadKind
from pledge_app.orgs.office_queries import holdings_of

VOTE = "Hội nghị ký kết giao ước thi đua"
"""What the appointment of lead and deputy rests on."""
BLANK = "….."
"""Room that the proposed proceedings leave for a result."""


class MeetingValues(TypedDict):
    """What the minutes say besides who was there, column by column of Meeting."""

    title: str
    place: str
    on_date: date
    begins: str
    ends: str
    agenda: str
    proceedings: str
    votes_for: int
    votes_against: int
    votes_abstained: int | None
    other_votes: list[VoteLine]
    chair_name: str
    second_chair_name: str
    secretary_name: str
    next_lead_body_id: int | None
    next_deputy_body_id: int | None


@dataclass(frozen=True)
class AttendeeLine:
    """One person of the list. A party title stands here only, never in a signature block."""

    name: str
    office: str
    party_title: str
    attendance: Attendance
    note: str = ""


def record_meeting(
    agreement: Agreement,
    values: MeetingValues,
    attendees: Sequence[AttendeeLine],
    *,
    version: int,
    actor: Actor,
    at: datetime,
    today: date,
) -> Meeting:
    """Place, time, agenda, who was there, votes, lead and deputy. `version` 0: nothing was
    recorded before.
    """
    recording(agreement, actor)
    meeting = meeting_of(agreement)
    check_version(meeting.version_id if meeting is not None else 0, version)
    _check_meeting(
        agreement,
        values,
        attendees,
        today,
    )
    if meeting is None:
        meeting = Meeting(
            agreement=agreement,
            place=values["place"],
            on_date=values["on_date"],
            begins=values["begins"],
            attendees=[],
        )
        db.session.add(meeting)
    elif meeting.document_id is not None:
        raise Conflict(_("Biên bản đã chốt nên không sửa được nữa."))
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.attendees = [
        Attendee(
            position=position,
            name=row.name,
            office=row.office,
            party_title=row.party_title,
            attendance=row.attendance,
            note=row.note,
        )
        for position, row in enumerate(attendees, 1)
    ]
    touch(agreement)
    db.session.flush()
    record(
        "meeting.recorded",
        meeting,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        present=sum(row.attendance is Attendance.PRESENT for row in attendees),
    )
    return meeting


def follow_version(before: Agreement, newer: Agreement) -> None:
    """A meeting whose minutes are not closed goes on with the newer version of the agreement."""
    meeting = meeting_of(before)
    if meeting is not None and meeting.document_id is None:
        meeting.agreement = newer
        db.session.flush()


def _check_meeting(
    agreement: Agreement,
    values: MeetingValues,
    attendees: Sequence[AttendeeLine],
    today: date,
) -> None:
    wrong: list[Problem] = []
    if values["on_date"] > today:
        wrong.append(Problem(_("Ngày họp không được sau hôm nay."), "on_date"))
    wrong += [
        Problem(_("%(name)s từ chối ký: hãy ghi lý do.", name=row.name), f"who-{n}-note")
        for n, row in enumerate(attendees)
        if row.attendance is Attendance.REFUSED and not row.note
    ]
    members = {party.body_id for party in agreement.parties if not party.is_witness}
    lead_id = values["next_lead_body_id"]
    deputy_id = values["next_deputy_body_id"]
    for name, body_id in (("next_lead_body_id", lead_id), ("next_deputy_body_id", deputy_id)):
        if body_id is not None and body_id not in members:
            wrong.append(Problem(_("Cụm trưởng, cụm phó phải là đơn vị trong cụm."), name))
    if lead_id is not None and lead_id == deputy_id:
        wrong.append(
            Problem(_("Cụm trưởng và cụm phó phải là hai đơn vị khác nhau."), "next_deputy_body_id")
        )
    check(not wrong, _("Biên bản chưa ghi được. Nội dung đã nhập vẫn được giữ."), wrong)


def close_meeting(meeting: Meeting, *, version: int, actor: Actor, at: datetime) -> Document:
    """Chốt biên bản: the minutes are frozen and printed; lead and deputy hold from the meeting's
    day.
    """
    agreement = meeting.agreement
    recording(agreement, actor)
    if meeting.document_id is not None:
        raise Conflict(_("Biên bản đã chốt."))
    check_version(meeting.version_id, version)
    missing = (
        [Problem(_("Chưa ghi thư ký."), "secretary_name")] if not meeting.secretary_name else []
    )
    missing += [Problem(_("Chưa ghi chủ tọa."), "chair_name")] if not meeting.chair_name else []
    missing += [Problem(_("Chưa ghi ai có mặt."), "who-0-name")] if not meeting.attendees else []
    missing += unprintable_minutes(meeting)
    missing += unfounded_appointments(meeting)
    check(not missing, _("Biên bản chưa đủ để chốt. Nội dung đã nhập vẫn được giữ."), missing)
    for kind, body in ((LeadKind.LEAD, meeting.next_lead), (LeadKind.DEPUTY, meeting.next_deputy)):
        if body is not None:
            held = holdings_of([body.id], on=meeting.on_date)
            person = held[0].person if held else None
            lead = Lead(
                kind,
                body,
                person,
                VOTE,
                meeting.on_date,
                None,
            )
            appoint(
                agreement.cluster,
                lead,
                actor=actor,
                at=at,
            )
            _tell_of_appointment(
                agreement,
                kind,
                body,
                meeting.on_date,
                actor,
                at,
            )
    meeting.document = freeze_paper(
        MINUTES,
        minutes_content(as_recorded(meeting), agreements.round_of(agreement)),
        subject=meeting,
        body_ids=agreements.reading_bodies(agreement),
        at=at,
    )
    record(
        "meeting.closed",
        meeting,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        content_sha256=meeting.document.envelope.content_sha256,
    )
    return meeting.document


def unfounded_appointments(meeting: Meeting) -> list[Problem]:
    """Why nobody becomes lead or deputy by these minutes: no vote carried it, or the day lies
    before a term.
    """
    cluster = meeting.agreement.cluster
    chosen = {LeadKind.LEAD: meeting.next_lead, LeadKind.DEPUTY: meeting.next_deputy}
    kinds = [kind for kind, body in chosen.items() if body is not None]
    if not kinds:
        return []
    wrong: list[Problem] = []
    if (meeting.votes_for or 0) <= (meeting.votes_against or 0):
        said = _(
            "Bầu Cụm trưởng, cụm phó cần số phiếu tán thành nhiều hơn số phiếu không tán thành."
        )
        wrong.append(Problem(said, "votes_for"))
    begun = [row.held_from for row in cluster.leads if row.kind in kinds]
    if any(meeting.on_date < since for since in begun):
        wrong.append(
            Problem(
                _(
                    "Ngày họp đứng trước ngày Cụm trưởng hoặc cụm phó hiện nay bắt đầu nên chưa "
                    "thay được."
                ),
                "on_date",
            )
        )
    return wrong


def unprintable_minutes(meeting: Meeting) -> list[Problem]:
    """What would stand wrong or not at all on the printed minutes, which nobody can change once
    they are closed.
    """
    wrong = [
        Problem(_("Giờ họp “%(time)s” chưa đúng. Hãy ghi theo dạng 08 giờ 30.", time=text), name)
        for name, text in (("begins", meeting.begins), ("ends", meeting.ends))
        if text.strip() and not clock_of(meeting.on_date, text)
    ]
    if BLANK in meeting.proceedings or BLANK in meeting.agenda:
        wrong.append(Problem(_("Diễn biến còn chỗ trống “…..”: hãy ghi kết quả."), "proceedings"))
    return wrong


def _tell_of_appointment(
    agreement: Agreement,
    kind: LeadKind,
    body: Body,
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Everybody of the cluster learns who leads it now, and by whose minutes; the administrator
    can change it.
    """
    bodies = {party.body_id for party in agreement.parties} | {body.id}
    told = {user for body_id in bodies for user in user_ids_at(body_id, (Role.CLERK, Role.LEADER))}
    told |= set(user_ids_at(agreement.cluster.reviewer_body_id, (Role.REVIEWER,)))
    as_lead = _l(
        "%(who)s chốt biên bản: %(body)s là Cụm trưởng từ %(day)s. Nếu không đúng, hãy báo quản "
        "trị viên.",
        who=actor.name,
        body=body.name,
        day=f"{on:%d/%m/%Y}",
    )
    as_deputy = _l(
        "%(who)s chốt biên bản: %(body)s là cụm phó từ %(day)s. Nếu không đúng, hãy báo quản trị "
        "viên.",
        who=actor.name,
        body=body.name,
        day=f"{on:%d/%m/%Y}",
    )
    sentence = as_lead if kind is LeadKind.LEAD else as_deputy
    notify(
        told - {actor.user_id or 0},
        sentence,
        "agreements.show",
        agreement.pid,
        at=at,
    )
