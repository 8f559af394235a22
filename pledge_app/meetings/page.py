"""The page of the meeting: signatures, scans and minutes, with what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import render_template, request
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import policy, vouching
from pledge_app.agreements import queries as agreements
from pledge_app.agreements import signing as agreed_signing
from pledge_app.agreements.forms import Row, padded
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AT_SIGNING, AgreementState
from pledge_app.documents import intake
from pledge_app.documents.queries import uploads_of
from pledge_app.kernel import clock
from pledge_app.kernel.errors import Conflict, Problem
from pledge_app.meetings import all_signed, particulars
from pledge_app.meetings.forms import ATTENDANCE_WORDS, MOST_ATTENDEES, SPARE_ATTENDEES, MeetingForm
from pledge_app.meetings.models import Attendance, Meeting
from pledge_app.meetings.queries import meeting_of, plan_of
from pledge_app.meetings.votes import vote_rows
from pledge_app.signing import disputes, rounds
from pledge_app.signing import operations as signing
from pledge_app.signing.models import SigningStep

ATTENDEE = ("name", "office", "party_title", "attendance", "note")


def at_signing(pid: str) -> Agreement:
    agreement = agreements.find_agreement(pid, seen_by=actor())
    if agreement.state not in (*AT_SIGNING, AgreementState.REPLACED):
        raise Conflict(
            _(
                "Bản giao ước chưa chốt nội dung (hoặc đã hủy) nên chưa có phần hội nghị. "
                "Hãy mở trang bản giao ước."
            )
        )
    return agreement


def meeting_page(
    agreement: Agreement,
    form: MeetingForm,
    rows: list[Row],
    problems: Sequence[Problem] = (),
    scan_problem: str = "",
    votes: list[Row] | None = None,
) -> str:
    who = actor()
    opened = agreements.round_of(agreement)
    today = clock.today()
    meeting = meeting_of(agreement)
    steps = opened.steps if opened is not None else []
    records = policy.records_meeting(who, agreement) and agreement.state in AT_SIGNING
    return render_template(
        "meetings/show.html",
        agreement=agreement,
        meeting=meeting,
        form=form,
        rows=rows,
        votes=votes or vote_rows(meeting),
        problems=problems,
        today=today,
        scan_problem=scan_problem,
        round=opened,
        missing=rounds.missing(opened) if opened else [],
        own=agreed_signing.own_steps(
            agreement,
            steps,
            who,
            today=today,
        ),
        to_attest=vouching.to_attest(agreement, steps, who),
        attesters=_attesters(agreement, steps),
        disputable={step.id for step in steps if disputes.may_dispute(step, who)},
        correctable={step.id for step in steps if signing.may_correct(step, who)}
        if records
        else set(),
        records=records,
        to_sign=all_signed.may_be_recorded(opened) if records and opened else [],
        typed_all=request.form if request.endpoint == "meetings.sign_all" else None,
        signing_day=_signing_day(agreement, meeting),
        minutes=meeting.document if meeting else None,
        may_scan=agreement.state in AT_SIGNING and policy.handles_scans(who, agreement),
        unseen=rounds.not_on_scan(opened) if opened else [],
        open_amendments=agreements.open_amendments(agreement),
        scans=uploads_of(Agreement.__tablename__, agreement.pid),
        largest=intake.LARGEST,
        attendance=[(key.value, word) for key, word in ATTENDANCE_WORDS.items()],
    )


def _signing_day(agreement: Agreement, meeting: Meeting | None) -> date:
    """Proposed for the signatures: the meeting's day as recorded, else as planned, never later than
    today.
    """
    today = clock.today()
    if meeting is not None:
        return meeting.on_date
    plan = plan_of(agreement.cluster)
    planned = plan.on_date if plan is not None else None
    return min(planned or today, today)


def _attesters(agreement: Agreement, steps: list[SigningStep]) -> dict[int, list[str]]:
    """By step id: the bodies whose people may attest a signature that waits for a second person."""
    waiting = vouching.waiting_for_second(agreement, steps)
    return vouching.who_may(agreement, [(step, step.recorded_by_id) for step in waiting])


def meeting_form(
    agreement: Agreement,
    held: Meeting | None,
    *,
    stored: bool = False,
) -> MeetingForm:
    """Bound to what was typed, or to what is stored, or to what can be proposed."""
    plan = particulars.as_planned(agreement)
    today = clock.today()
    values: dict[str, object] = {
        "ver": str(held.version_id if held else 0),
        "on_date": min(plan.on_date or today, today),
        "title": plan.own_title,
        "place": plan.place,
        "begins": plan.begins,
        "chair_name": plan.chair_name,
        "second_chair_name": plan.second_chair_name,
        "secretary_name": plan.secretary_name,
        "agenda": "\n".join(plan.agenda),
        "proceedings": "\n".join(plan.proceedings),
    }
    if held is not None:
        values |= {
            name: getattr(held, name)
            for name in (
                "title",
                "place",
                "on_date",
                "begins",
                "ends",
                "agenda",
                "proceedings",
                "votes_for",
                "votes_against",
                "votes_abstained",
                "chair_name",
                "second_chair_name",
                "secretary_name",
            )
        }
        values["next_lead"] = held.next_lead.pid if held.next_lead else ""
        values["next_deputy"] = held.next_deputy.pid if held.next_deputy else ""
    form = MeetingForm(formdata=None, data=values) if stored else MeetingForm(data=values)
    bodies = [("", _("Chưa bầu trong hội nghị này"))] + [
        (party.body.pid, party.body.name) for party in agreement.parties if not party.is_witness
    ]
    form.next_lead.choices = form.next_deputy.choices = bodies
    return form


def attendee_rows(agreement: Agreement, held: Meeting | None) -> list[Row]:
    if held is not None:
        rows = [
            Row(
                {
                    "name": row.name,
                    "office": row.office,
                    "party_title": row.party_title,
                    "attendance": row.attendance.value,
                    "note": row.note,
                }
            )
            for row in held.attendees
        ]
    else:
        opened = agreements.round_of(agreement)
        rows = [
            Row(
                {
                    "name": step.person_name,
                    "office": f"{step.title} {step.body_name}",
                    "party_title": "",
                    "attendance": (
                        Attendance.WITNESS if step.is_witness else Attendance.PRESENT
                    ).value,
                    "note": "",
                }
            )
            for step in (opened.steps if opened else [])
            if step.person_name
        ]
        plan = plan_of(agreement.cluster)
        rows += [
            Row(
                {
                    "name": one.name,
                    "office": one.office,
                    "party_title": one.party_title,
                    "attendance": one.attendance.value,
                    "note": "",
                }
            )
            for one in (particulars.guests(plan) if plan else [])
        ]
    return padded(
        rows,
        ATTENDEE,
        SPARE_ATTENDEES,
        MOST_ATTENDEES,
        attendance=Attendance.PRESENT.value,
    )


def stored_page(
    agreement: Agreement,
    problems: Sequence[Problem] = (),
    *,
    scan_problem: str = "",
) -> str:
    """The page with the minutes as they are stored, beside what was refused."""
    meeting = meeting_of(agreement)
    return meeting_page(
        agreement,
        meeting_form(agreement, meeting, stored=True),
        attendee_rows(agreement, meeting),
        problems,
        scan_problem,
    )
