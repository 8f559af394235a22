"""Pages of the meeting: signatures seen at the table, scans, minutes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import signing as agreed_signing
from pledge_app.agreements.forms import Row, nameless, typed_rows
from pledge_app.agreements.models import Agreement
from pledge_app.kernel import clock
from pledge_app.kernel.errors import Conflict
from pledge_app.meetings import minutes
from pledge_app.meetings.blueprint import bp
from pledge_app.meetings.forms import MOST_ATTENDEES, MOST_VOTES, MeetingForm
from pledge_app.meetings.minutes import AttendeeLine
from pledge_app.meetings.models import Attendance, VoteLine
from pledge_app.meetings.page import (
    ATTENDEE,
    at_signing,
    attendee_rows,
    meeting_form,
    meeting_page,
)
from pledge_app.meetings.queries import find_meeting, meeting_of
from pledge_app.meetings.votes import VOTE, vote_lines
from pledge_app.ui.forms import posted_version
from pledge_app.web.refused_verbs import catch_refusal

TELL = {"next_lead_body_id": "next_lead", "next_deputy_body_id": "next_deputy"}


@bp.get("/giao-uoc-cum/<pid>/hoi-nghi")
def show(pid: str) -> ResponseReturnValue:
    """The meeting: signatures, scans, minutes."""
    agreement = at_signing(pid)
    held = meeting_of(agreement)
    return meeting_page(agreement, meeting_form(agreement, held), attendee_rows(agreement, held))


@bp.get("/hoi-nghi/<pid>")
def of_minutes(pid: str) -> ResponseReturnValue:
    """From the minutes' paper back to its meeting."""
    return redirect(
        url_for("meetings.show", pid=find_meeting(pid, seen_by=actor()).agreement.pid),
        303,
    )


@bp.post("/giao-uoc-cum/<pid>/hoi-nghi")
def record(pid: str) -> ResponseReturnValue:
    """Save the minutes' text and the list of persons."""
    agreement = at_signing(pid)
    agreed_signing.recording(agreement, actor())
    form, rows = (
        meeting_form(agreement, meeting_of(agreement)),
        typed_rows(
            request.form,
            "who",
            ATTENDEE,
            MOST_ATTENDEES,
        ),
    )
    votes = typed_rows(
        request.form,
        "vote",
        VOTE,
        MOST_VOTES,
    )
    lines, wrong = vote_lines(votes)
    problems = [*nameless(rows, "who", "name"), *wrong]
    if not form.validate_on_submit() or problems:
        return meeting_page(
            agreement,
            form,
            rows,
            tuple(problems),
            votes=votes,
        ), 422
    with catch_refusal(form, anchors=TELL) as refusal:
        minutes.record_meeting(
            agreement,
            _values(agreement, form, lines),
            _attendees(rows),
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
    if refusal:
        return meeting_page(
            agreement,
            form,
            rows,
            tuple(p for p in refusal.problems if p.anchor.startswith("who")),
            votes=votes,
        ), 422
    flash(_("Đã lưu biên bản hội nghị."))
    return redirect(url_for("meetings.show", pid=pid), 303)


@bp.route("/giao-uoc-cum/<pid>/hoi-nghi/chot", methods=["GET", "POST"])
def close(pid: str) -> ResponseReturnValue:
    """Chốt biên bản: asks first, says what follows."""
    agreement = at_signing(pid)
    agreed_signing.recording(agreement, actor())
    held = meeting_of(agreement)
    if held is None:
        raise Conflict(_("Chưa ghi nội dung hội nghị nên chưa chốt được biên bản."))
    if request.method == "GET":
        return render_template("meetings/close.html", agreement=agreement, meeting=held)
    with catch_refusal() as refusal:
        document = minutes.close_meeting(
            held,
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        return render_template(
            "meetings/close.html",
            agreement=agreement,
            meeting=held,
            problems=refusal.listed,
        ), 422
    flash(_("Đã chốt biên bản. Văn bản đang được tạo."))
    return redirect(url_for("documents.show", pid=document.pid), 303)


def _values(
    agreement: Agreement,
    form: MeetingForm,
    lines: list[VoteLine],
) -> minutes.MeetingValues:
    ids = {party.body.pid: party.body_id for party in agreement.parties}
    return {
        "title": form.title.data or "",
        "place": form.place.data,
        "on_date": form.on_date.data,
        "begins": form.begins.data,
        "ends": form.ends.data or "",
        "agenda": form.agenda.data or "",
        "proceedings": form.proceedings.data or "",
        "votes_for": form.votes_for.data or 0,
        "votes_against": form.votes_against.data or 0,
        "votes_abstained": form.votes_abstained.data,
        "other_votes": lines,
        "chair_name": form.chair_name.data or "",
        "second_chair_name": form.second_chair_name.data or "",
        "secretary_name": form.secretary_name.data or "",
        "next_lead_body_id": ids.get(form.next_lead.data or ""),
        "next_deputy_body_id": ids.get(form.next_deputy.data or ""),
    }


def _attendees(rows: list[Row]) -> list[AttendeeLine]:
    known = set(Attendance)
    return [
        AttendeeLine(
            row.values["name"],
            row.values["office"],
            row.values["party_title"],
            Attendance(row.values["attendance"])
            if row.values["attendance"] in known
            else Attendance.PRESENT,
            row.values["note"],
        )
        for row in rows
        if row.values["name"]
    ]
