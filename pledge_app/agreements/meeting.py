"""Verbs of the meeting: confirm, record what happened on paper, the scan, the minutes, lead and
deputy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import policy, queries
from pledge_app.agreements.facts import recorded
from pledge_app.agreements.models import Agreement, Attendance, Attendee, Meeting
from pledge_app.agreements.operations import touch
from pledge_app.agreements.snapshot import clock_of, minutes_content
from pledge_app.agreements.states import AT_SIGNING
from pledge_app.audit.operations import record
from pledge_app.documents import intake
from pledge_app.documents.models import Document, PaperKind, Upload
from pledge_app.documents.operations import freeze as freeze_paper
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Body, Cluster, ClusterLead, LeadKind
from pledge_app.orgs.queries import holdings_of, signs_as
from pledge_app.papers.intake.inspection import Upload as Inspected
from pledge_app.signing import disputes
from pledge_app.signing import operations as signing
from pledge_app.signing.models import SigningStep
from pledge_app.signing.states import Vouched

BLANK = "….."
"""Room that the proposed proceedings leave for a result."""
FIELDS = (
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
    "next_lead_body_id",
    "next_deputy_body_id",
)


@dataclass(frozen=True)
class AttendeeLine:
    """One person of the list. A party title stands here only, never in a signature block."""

    name: str
    office: str
    party_title: str
    attendance: Attendance
    note: str = ""


def own_steps(
    agreement: Agreement, steps: Iterable[SigningStep], actor: Actor, *, today: date
) -> list[SigningStep]:
    """The steps whose office the actor holds today, or was delegated by its holder."""
    held = signs_as(actor.person_id, on=today)
    signatories = ((step, queries.signatory_of(agreement, step)) for step in steps)
    return [
        step
        for step, signatory in signatories
        if signatory is not None and signatory.holding_id in held
    ]


def may_confirm(agreement: Agreement, step: SigningStep, actor: Actor, *, today: date) -> bool:
    """True when the step is the actor's own."""
    return bool(own_steps(agreement, [step], actor, today=today))


def confirm(
    agreement: Agreement,
    step: SigningStep,
    *,
    content_sha256: str,
    actor: Actor,
    at: datetime,
    today: date,
) -> str:
    """Xác nhận điện tử trong phần mềm, by the office's holder only; gives the receipt. The
    password was typed again.
    """
    signing.only_holder(may_confirm(agreement, step, actor, today=today))
    return signing.confirm_step(step, content_sha256=content_sha256, actor=actor, at=at)


def sign_on_paper(
    agreement: Agreement, step: SigningStep, *, on: date, actor: Actor, at: datetime, today: date
) -> None:
    """Who signed the printed paper; it counts when a second person attests it, or sees it on the
    scan.
    """
    recording(agreement, actor)
    check(
        on <= today,
        _("Ngày ký không được sau hôm nay."),
        [Problem(_("Ngày ký sau hôm nay."), "on")],
    )
    signing.sign_on_paper(step, on=on, actor=actor, at=at)


def refuse(
    agreement: Agreement, step: SigningStep, reason: str, *, actor: Actor, at: datetime, today: date
) -> None:
    """Từ chối ký, by the holder or as recorded at the meeting: this version can no longer be
    completed.
    """
    if not may_confirm(agreement, step, actor, today=today):
        recording(agreement, actor)
    signing.refuse(step, reason, actor=actor, at=at)


def correct(
    agreement: Agreement, step: SigningStep, reason: str, *, actor: Actor, at: datetime
) -> None:
    """Ghi nhầm: a refusal, an absence or an unseen signature is taken back, with the reason; the
    step asks who may.
    """
    step.LIFE.admit("correct", step, actor)
    _at_signing(agreement)
    signing.correct(step, reason, actor=actor, at=at)


def attest(
    agreement: Agreement, steps: Collection[SigningStep], *, actor: Actor, at: datetime
) -> None:
    """A second person was at the table and says so: the recorded signatures of `steps` count
    from here.
    """
    handling_scans(agreement, actor)
    signing.attest(steps, actor=actor, at=at)


def absent(
    agreement: Agreement, step: SigningStep, reason: str, *, actor: Actor, at: datetime
) -> None:
    """Vắng mặt: may sign later."""
    recording(agreement, actor)
    signing.absent(step, reason, actor=actor, at=at)


def record_meeting(
    agreement: Agreement,
    values: Mapping[str, Any],
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
    meeting = agreement.meeting
    check_version(meeting.version_id if meeting is not None else 0, version)
    _check_meeting(agreement, values, attendees, today)
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
    for name in FIELDS:
        setattr(meeting, name, values[name])
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


def _check_meeting(
    agreement: Agreement, values: Mapping[str, Any], attendees: Sequence[AttendeeLine], today: date
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
    for name in ("next_lead_body_id", "next_deputy_body_id"):
        if values[name] is not None and values[name] not in members:
            wrong.append(Problem(_("Cụm trưởng, cụm phó phải là đơn vị trong cụm."), name))
    if (
        values["next_lead_body_id"] is not None
        and values["next_lead_body_id"] == values["next_deputy_body_id"]
    ):
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
            _appoint(agreement.cluster, kind, body, meeting.on_date)
            _tell_of_appointment(agreement, kind, body, meeting.on_date, actor, at)
    meeting.document = freeze_paper(
        PaperKind.MINUTES,
        minutes_content(recorded(meeting), queries.round_of(agreement)),
        subject=meeting,
        body_ids=queries.reading_bodies(agreement),
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


def _appoint(cluster: Cluster, kind: LeadKind, body: Body, on: date) -> None:
    """A dated row per lead and deputy; the one who held it before ends that day."""
    current = [
        row
        for row in cluster.leads
        if row.kind is kind and (row.held_to is None or row.held_to > on)
    ]
    if any(row.body_id == body.id and row.held_from <= on for row in current):
        return
    for row in current:
        row.held_to = max(on, row.held_from)
    held = holdings_of([body.id], on=on)
    cluster.leads.append(
        ClusterLead(
            body=body,
            person_id=held[0].person_id if held else None,
            kind=kind,
            basis="Hội nghị ký kết giao ước thi đua",
            held_from=on,
        )
    )


def _tell_of_appointment(
    agreement: Agreement, kind: LeadKind, body: Body, on: date, actor: Actor, at: datetime
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
    notify(told - {actor.user_id or 0}, sentence, "agreements.show", agreement.pid, at=at)


def upload_scan(
    agreement: Agreement, file: Inspected, name: str, *, actor: Actor, at: datetime
) -> Upload:
    """The signed paper as a scan; people of other bodies then compare it with the frozen
    content.
    """
    handling_scans(agreement, actor)
    kept = intake.keep_upload(
        file,
        name,
        subject=agreement,
        body_ids=queries.reading_bodies(agreement),
        actor=actor,
        at=at,
    )
    members = {party.body_id for party in agreement.parties}
    told = {user for body in members for user in user_ids_at(body, (Role.CLERK, Role.LEADER))}
    told |= set(user_ids_at(agreement.cluster.reviewer_body_id, (Role.REVIEWER,)))
    notify(
        told - {kept.uploaded_by_id},
        _l("Có bản quét bản giao ước chờ đối chiếu."),
        "agreements.show",
        agreement.pid,
        at=at,
    )
    return kept


def confirm_scan(
    agreement: Agreement,
    upload: Upload,
    seen: Collection[SigningStep],
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """The scan is the frozen version and bears the signatures of `seen`, none of them of the
    actor's own body.

    Several people may each confirm some signatures of one scan.
    """
    handling_scans(agreement, actor)
    check(
        seen,
        _("Hãy đánh dấu những chữ ký thấy trên bản quét."),
        [Problem(_("Chưa đánh dấu chữ ký nào."), "seen")],
    )
    intake.not_rejected(upload)
    on = agreement.meeting.on_date if agreement.meeting is not None else today
    ways = signing.see_on_scan(seen, upload, on=on, actor=actor, at=at)
    names = [step.person_name or step.title for step in seen]
    intake.confirm_upload(
        upload, actor=actor, at=at, alone=Vouched.CONCURRENT in ways, signatures=names
    )


def reject_scan(
    agreement: Agreement, upload: Upload, reason: str, *, actor: Actor, at: datetime
) -> None:
    """The scan is of another paper, or cannot be read. Once somebody saw signatures on it, the
    reviewer says so: they count no more, also where the agreement was signed by them; what is
    in force stays so, and is a task.
    """
    handling_scans(agreement, actor)
    confirmed = upload.confirmed_at is not None
    if confirmed and not policy.reviews_cluster(actor, agreement):
        raise Forbidden(
            _(
                "Bản quét đã có người xác nhận: chỉ cán bộ thẩm định của cụm trả lại được. "
                "Dữ liệu chưa thay đổi."
            )
        )
    intake.reject_upload(upload, reason, actor=actor, at=at, taking_back=confirmed)
    opened = queries.round_of(agreement)
    if confirmed and opened is not None:
        made_by = disputes.lose_scan(opened, upload, reason, actor=actor, at=at)
        _tell_of_dispute(
            agreement, made_by | {upload.uploaded_by_id}, upload.original_name, reason, actor, at
        )


def dispute(
    agreement: Agreement, step: SigningStep, reason: str, *, actor: Actor, at: datetime
) -> None:
    """Phản ánh: this is not my signature, or the reviewer finds that there is none; the step
    asks who may.
    """
    _at_signing(agreement)
    made_by = disputes.dispute(step, reason, actor=actor, at=at)
    _tell_of_dispute(agreement, made_by, step.person_name or step.title, reason, actor, at)


def _tell_of_dispute(
    agreement: Agreement, made_by: set[int], what: str, reason: str, actor: Actor, at: datetime
) -> None:
    told = made_by | set(user_ids_at(agreement.lead_body_id, (Role.CLERK, Role.LEADER)))
    told |= set(user_ids_at(agreement.cluster.reviewer_body_id, (Role.REVIEWER,)))
    notify(
        told - {actor.user_id or 0},
        _l(
            "%(who)s phản ánh chữ ký không đúng (%(what)s): %(why)s. Chữ ký này không còn được "
            "tính.",
            who=actor.name,
            what=what,
            why=reason,
        ),
        "agreements.show",
        agreement.pid,
        at=at,
    )


def recording(agreement: Agreement, actor: Actor) -> None:
    """Refuse anybody but those who record the meeting, and any state before the paper is frozen."""
    if not policy.records_meeting(actor, agreement):
        raise Forbidden(
            _("Chỉ đơn vị Cụm trưởng hoặc cán bộ thẩm định của cụm ghi nhận được việc này.")
        )
    _at_signing(agreement)


def _at_signing(agreement: Agreement) -> None:
    if agreement.state not in AT_SIGNING:
        raise Conflict(_("Bản giao ước chưa ở bước ký kết nên chưa ghi nhận được."))


def handling_scans(agreement: Agreement, actor: Actor) -> None:
    """Refuse strangers to the signing, and any state before the paper is frozen."""
    if not (policy.records_meeting(actor, agreement) or policy.member_of(actor, agreement)):
        raise Forbidden(_("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi."))
    if agreement.state not in AT_SIGNING:
        raise Conflict(_("Bản giao ước chưa ở bước ký kết nên chưa nhận bản quét."))
