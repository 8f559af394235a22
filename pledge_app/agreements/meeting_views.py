"""Pages of the meeting: signatures seen at the table, scans, minutes."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import facts, meeting, policy, queries, vouching
from pledge_app.agreements.blueprint import bp
from pledge_app.agreements.forms import (
    ATTENDANCE_WORDS,
    MOST_ATTENDEES,
    SPARE_ATTENDEES,
    MeetingForm,
    Row,
    nameless,
    padded,
    typed_rows,
)
from pledge_app.agreements.meeting import AttendeeLine
from pledge_app.agreements.models import Agreement, Attendance, Meeting
from pledge_app.agreements.party_views import posted_version
from pledge_app.agreements.signing_views import frozen, typed_reason
from pledge_app.agreements.states import AT_SIGNING, AgreementState
from pledge_app.documents import intake
from pledge_app.documents.models import Upload
from pledge_app.documents.queries import find_upload, uploads_of
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, DomainError, NotFound
from pledge_app.signing import disputes
from pledge_app.signing import operations as signing
from pledge_app.signing.models import SigningStep
from pledge_app.web.application import takes_bytes

ATTENDEE = ("name", "office", "party_title", "attendance", "note")
TELL = {"next_lead_body_id": "next_lead", "next_deputy_body_id": "next_deputy"}


@bp.post("/giao-uoc-cum/<pid>/ky/thay-tai-ban")
def attest(pid: str) -> ResponseReturnValue:
    """A second person was at the table: the ticked signatures count."""
    agreement = _at_signing(pid)
    meeting.handling_scans(agreement, actor())
    opened = queries.round_of(agreement)
    ticked = [
        step for step in (opened.steps if opened else []) if request.form.get(f"attest-{step.pid}")
    ]
    try:
        meeting.attest(agreement, ticked, actor=actor(), at=clock.now())
    except DomainError as refused:
        if refused.status != 422:
            raise
        return _meeting(
            agreement,
            _meeting_form(agreement, agreement.meeting, stored=True),
            _attendee_rows(agreement, agreement.meeting),
            refused.problems,
        ), 422
    flash(_("Đã xác nhận các chữ ký bạn thấy tại bàn."))
    return redirect(url_for("agreements.meeting_page", pid=pid, _anchor="ky"), 303)


@bp.get("/giao-uoc-cum/<pid>/hoi-nghi")
def meeting_page(pid: str) -> ResponseReturnValue:
    """The meeting: signatures, scans, minutes."""
    agreement = _at_signing(pid)
    held = agreement.meeting
    return _meeting(agreement, _meeting_form(agreement, held), _attendee_rows(agreement, held))


@bp.get("/hoi-nghi/<pid>")
def of_minutes(pid: str) -> ResponseReturnValue:
    """From the minutes' paper back to its meeting."""
    return redirect(
        url_for(
            "agreements.meeting_page", pid=queries.find_meeting(pid, seen_by=actor()).agreement.pid
        ),
        303,
    )


@bp.post("/giao-uoc-cum/<pid>/hoi-nghi")
def record_meeting(pid: str) -> ResponseReturnValue:
    """Save the minutes' text and the list of persons."""
    agreement = _at_signing(pid)
    meeting.recording(agreement, actor())
    form, rows = (
        _meeting_form(agreement, agreement.meeting),
        typed_rows(request.form, "who", ATTENDEE, MOST_ATTENDEES),
    )
    problems = nameless(rows, "who", "name")
    if not form.validate_on_submit() or problems:
        return _meeting(agreement, form, rows, tuple(problems)), 422
    try:
        meeting.record_meeting(
            agreement,
            _values(agreement, form),
            _attendees(rows),
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
    except DomainError as refused:
        if refused.status != 422:
            raise
        for problem in refused.problems:
            name = TELL.get(problem.anchor, problem.anchor)
            if name in form:
                form[name].errors = [problem.sentence]
        return _meeting(
            agreement, form, rows, tuple(p for p in refused.problems if p.anchor.startswith("who"))
        ), 422
    flash(_("Đã lưu biên bản hội nghị."))
    return redirect(url_for("agreements.meeting_page", pid=pid), 303)


@bp.route("/giao-uoc-cum/<pid>/hoi-nghi/chot", methods=["GET", "POST"])
def close_meeting(pid: str) -> ResponseReturnValue:
    """Chốt biên bản: asks first, says what follows."""
    agreement = _at_signing(pid)
    meeting.recording(agreement, actor())
    held = agreement.meeting
    if held is None:
        raise Conflict(_("Chưa ghi nội dung hội nghị nên chưa chốt được biên bản."))
    if request.method == "GET":
        return render_template("agreements/close_meeting.html", agreement=agreement, meeting=held)
    try:
        document = meeting.close_meeting(
            held, version=posted_version(), actor=actor(), at=clock.now()
        )
    except DomainError as refused:
        if refused.status != 422:
            raise
        db.session.rollback()
        return _not_closed(pid, refused), 422
    flash(_("Đã chốt biên bản. Văn bản đang được tạo."))
    return redirect(url_for("documents.show", pid=document.pid), 303)


def _not_closed(pid: str, refused: DomainError) -> str:
    """The question again, with what is missing and the way to its field."""
    agreement = _at_signing(pid)
    return render_template(
        "agreements/close_meeting.html",
        agreement=agreement,
        meeting=agreement.meeting,
        problems=refused.problems,
    )


@bp.post("/giao-uoc-cum/<pid>/ban-quet")
@takes_bytes(intake.LARGEST_REQUEST)
def upload_scan(pid: str) -> ResponseReturnValue:
    """The signed paper as a scan: PDF, JPEG, PNG."""
    agreement = _at_signing(pid)
    meeting.handling_scans(agreement, actor())
    given = request.files.get("scan")
    try:
        if given is None or not given.filename:
            raise DomainError(_("Chưa chọn tệp bản quét nào."))
        name, data = given.filename, given.read()
        file = intake.inspected(data, name)
        agreement = _at_signing(pid)
        meeting.upload_scan(agreement, file, name, actor=actor(), at=clock.now())
    except DomainError as refused:
        if refused.status != 422:
            raise
        agreement = _at_signing(pid)
        return _meeting(
            agreement,
            _meeting_form(agreement, agreement.meeting, stored=True),
            _attendee_rows(agreement, agreement.meeting),
            scan_problem=refused.sentence,
        ), 422
    if file.dpi_warning:
        flash(_("Bản quét dưới 200 dpi, mờ hơn mức nên dùng; nếu khó đọc hãy quét lại."))
    flash(_("Đã nhận bản quét. Người của cơ quan khác cần đối chiếu và xác nhận."))
    return redirect(url_for("agreements.meeting_page", pid=pid, _anchor="quet"), 303)


@bp.route("/giao-uoc-cum/<pid>/ban-quet/<upload>", methods=["GET", "POST"])
def scan(pid: str, upload: str) -> ResponseReturnValue:
    """Compare a scan with the frozen version; confirm the signatures seen on it, or reject it."""
    agreement = _at_signing(pid)
    found = find_upload(upload, seen_by=actor())
    if found.subject_pid != agreement.pid:
        raise NotFound(_("Không có tệp này, hoặc bạn không có quyền xem."))
    meeting.handling_scans(agreement, actor())
    opened = queries.round_of(agreement)
    steps = opened.steps if opened is not None else []
    problem = ""
    if request.method == "POST":
        try:
            return _judge(
                agreement, found, [row for row in steps if request.form.get(f"seen-{row.pid}")]
            )
        except DomainError as refused:
            if refused.status != 422:
                raise
            problem = refused.sentence
    return _scan_page(agreement, found, steps, problem), 422 if problem else 200


def _scan_page(agreement: Agreement, upload: Upload, steps: list[SigningStep], problem: str) -> str:
    who = actor()
    first = upload.uploaded_by_id
    unseen = [step for step in steps if step.on_scan_at is None and step.state != "refused"]
    return render_template(
        "agreements/scan.html",
        agreement=agreement,
        upload=upload,
        steps=steps,
        problem=problem,
        document=frozen(agreement),
        own=first == who.user_id,
        may_see=set(vouching.to_see(agreement, steps, first, who)),
        others=vouching.who_may(agreement, [(step, first) for step in unseen]),
        typed=request.form,
        takes_back=policy.reviews_cluster(who, agreement),
    )


def _judge(agreement: Agreement, upload: Upload, seen: list[SigningStep]) -> ResponseReturnValue:
    if request.form.get("act") == "reject":
        meeting.reject_scan(agreement, upload, typed_reason(), actor=actor(), at=clock.now())
        flash(_("Đã trả lại bản quét kèm lý do."))
    else:
        meeting.confirm_scan(
            agreement, upload, seen, actor=actor(), at=clock.now(), today=clock.today()
        )
        flash(_("Đã xác nhận những chữ ký bạn thấy trên bản quét."))
    return redirect(url_for("agreements.meeting_page", pid=agreement.pid, _anchor="quet"), 303)


def _at_signing(pid: str) -> Agreement:
    agreement = queries.find_agreement(pid, seen_by=actor())
    if agreement.state not in (*AT_SIGNING, AgreementState.REPLACED):
        raise Conflict(
            _(
                "Bản giao ước chưa chốt nội dung (hoặc đã hủy) nên chưa có phần hội nghị. "
                "Hãy mở trang bản giao ước."
            )
        )
    return agreement


def _meeting(
    agreement: Agreement,
    form: MeetingForm,
    rows: list[Row],
    problems: tuple[Any, ...] = (),
    scan_problem: str = "",
) -> str:
    who, opened, today = actor(), queries.round_of(agreement), clock.today()
    steps = opened.steps if opened is not None else []
    records = policy.records_meeting(who, agreement) and agreement.state in AT_SIGNING
    return render_template(
        "agreements/meeting.html",
        agreement=agreement,
        form=form,
        rows=rows,
        problems=problems,
        today=today,
        scan_problem=scan_problem,
        round=opened,
        missing=signing.missing(opened) if opened else [],
        own=meeting.own_steps(agreement, steps, who, today=today),
        to_attest=vouching.to_attest(agreement, steps, who),
        attesters=_attesters(agreement, steps),
        disputable={step.id for step in steps if disputes.may_dispute(step, who)},
        correctable={step.id for step in steps if signing.may_correct(step, who)}
        if records
        else set(),
        records=records,
        minutes=agreement.meeting.document if agreement.meeting else None,
        may_scan=agreement.state in AT_SIGNING and (records or policy.member_of(who, agreement)),
        unseen=signing.not_on_scan(opened) if opened else [],
        open_amendments=queries.open_amendments(agreement),
        scans=uploads_of(Agreement.__tablename__, agreement.pid),
        largest=intake.LARGEST,
        attendance=[(key.value, word) for key, word in ATTENDANCE_WORDS.items()],
    )


def _attesters(agreement: Agreement, steps: list[SigningStep]) -> dict[int, list[str]]:
    """By step id: the bodies whose people may attest a signature that waits for a second person."""
    waiting = vouching.waiting_for_second(agreement, steps)
    return vouching.who_may(agreement, [(step, signing.recorder_of(step)) for step in waiting])


def _meeting_form(
    agreement: Agreement, held: Meeting | None, *, stored: bool = False
) -> MeetingForm:
    """Bound to what was typed, or to what is stored, or to what can be proposed."""
    plan = facts.planned(agreement)
    today = clock.today()
    values: dict[str, Any] = {
        "ver": str(held.version_id if held else 0),
        "on_date": min(plan.on_date or today, today),
        "place": plan.place,
        "begins": plan.begins,
        "chair_name": plan.chair_name,
        "secretary_name": plan.secretary_name,
        "agenda": "\n".join(plan.agenda),
        "proceedings": "\n".join(plan.proceedings),
    }
    if held is not None:
        values |= {
            name: getattr(held, name)
            for name in (
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


def _attendee_rows(agreement: Agreement, held: Meeting | None) -> list[Row]:
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
        opened = queries.round_of(agreement)
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
        plan = facts.plan_of(agreement.cluster)
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
            for one in (facts.guests(plan) if plan else [])
        ]
    return padded(
        rows, ATTENDEE, SPARE_ATTENDEES, MOST_ATTENDEES, attendance=Attendance.PRESENT.value
    )


def _values(agreement: Agreement, form: MeetingForm) -> dict[str, Any]:
    ids = {party.body.pid: party.body_id for party in agreement.parties}
    return {
        "place": form.place.data,
        "on_date": form.on_date.data,
        "begins": form.begins.data,
        "ends": form.ends.data or "",
        "agenda": form.agenda.data or "",
        "proceedings": form.proceedings.data or "",
        "votes_for": form.votes_for.data or 0,
        "votes_against": form.votes_against.data or 0,
        "votes_abstained": form.votes_abstained.data,
        "chair_name": form.chair_name.data or "",
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
