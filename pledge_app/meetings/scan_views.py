"""Pages of the scan: received, compared with the frozen pages, confirmed or given back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.agreements import policy, vouching
from pledge_app.agreements import queries as agreements
from pledge_app.agreements import signing as agreed_signing
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.signing_views import frozen
from pledge_app.documents import intake
from pledge_app.documents.models import Upload
from pledge_app.documents.queries import find_upload
from pledge_app.kernel import clock
from pledge_app.kernel.errors import DomainError, NotFound
from pledge_app.meetings.blueprint import bp
from pledge_app.meetings.page import (
    at_signing,
    stored_page,
)
from pledge_app.meetings.queries import meeting_of
from pledge_app.meetings.table_views import typed_reason
from pledge_app.signing.models import SigningStep
from pledge_app.web.application import takes_bytes
from pledge_app.web.refused_verbs import catch_refusal


@bp.post("/giao-uoc-cum/<pid>/ban-quet")
@takes_bytes(intake.LARGEST_REQUEST)
def upload_scan(pid: str) -> ResponseReturnValue:
    """The signed paper as a scan: PDF, JPEG, PNG."""
    agreement = at_signing(pid)
    agreed_signing.handling_scans(agreement, actor())
    given = request.files.get("scan")
    with catch_refusal() as refusal:
        if given is None or not given.filename:
            raise DomainError(_("Chưa chọn tệp bản quét nào."))
        name, data = given.filename, given.read()
        file = intake.inspected(data, name)
        agreement = at_signing(pid)
        agreed_signing.upload_scan(
            agreement,
            file,
            name,
            actor=actor(),
            at=clock.now(),
        )
    if refusal:
        agreement = at_signing(pid)
        return stored_page(agreement, scan_problem=refusal.sentence), 422
    if file.dpi_warning:
        flash(_("Bản quét dưới 200 dpi, mờ hơn mức nên dùng; nếu khó đọc hãy quét lại."))
    flash(_("Đã nhận bản quét. Người của cơ quan khác cần đối chiếu và xác nhận."))
    return redirect(url_for("meetings.show", pid=pid, _anchor="quet"), 303)


@bp.route("/giao-uoc-cum/<pid>/ban-quet/<upload>", methods=["GET", "POST"])
def scan(pid: str, upload: str) -> ResponseReturnValue:
    """Compare a scan with the frozen version; confirm the signatures seen on it, or reject it."""
    agreement = at_signing(pid)
    found = find_upload(upload, seen_by=actor())
    if found.subject_pid != agreement.pid:
        raise NotFound(_("Không có tệp này, hoặc bạn không có quyền xem."))
    agreed_signing.handling_scans(agreement, actor())
    opened = agreements.round_of(agreement)
    steps = opened.steps if opened is not None else []
    problem = ""
    if request.method == "POST":
        with catch_refusal() as refusal:
            seen = [row for row in steps if request.form.get(f"seen-{row.pid}")]
            answer = _judge(agreement, found, seen)
        if not refusal:
            return answer
        problem = refusal.sentence
    return _scan_page(
        agreement,
        found,
        steps,
        problem,
    ), 422 if problem else 200


def _scan_page(agreement: Agreement, upload: Upload, steps: list[SigningStep], problem: str) -> str:
    who = actor()
    first = upload.uploaded_by_id
    unseen = [step for step in steps if step.on_scan_at is None and step.state != "refused"]
    return render_template(
        "meetings/scan.html",
        agreement=agreement,
        upload=upload,
        steps=steps,
        problem=problem,
        document=frozen(agreement),
        own=first == who.user_id,
        may_see=set(
            vouching.to_see(
                agreement,
                steps,
                first,
                who,
            )
        ),
        others=vouching.who_may(agreement, [(step, first) for step in unseen]),
        typed=request.form,
        takes_back=policy.reviews_cluster(who, agreement),
    )


def _judge(agreement: Agreement, upload: Upload, seen: list[SigningStep]) -> ResponseReturnValue:
    if request.form.get("act") == "reject":
        agreed_signing.reject_scan(
            agreement,
            upload,
            typed_reason(),
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã trả lại bản quét kèm lý do."))
    else:
        meeting = meeting_of(agreement)
        agreed_signing.confirm_scan(
            agreement,
            upload,
            seen,
            on=meeting.on_date if meeting is not None else clock.today(),
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã xác nhận những chữ ký bạn thấy trên bản quét."))
    return redirect(url_for("meetings.show", pid=agreement.pid, _anchor="quet"), 303)
