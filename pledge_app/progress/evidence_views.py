"""Pages of the evidence of a report: the list with its form, one file, its picture."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor
from pledge_app.documents.intake import LARGEST, LARGEST_REQUEST
from pledge_app.documents.stored import read_stored
from pledge_app.kernel import clock
from pledge_app.kernel.errors import DomainError
from pledge_app.progress import evidence, queries
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.operations import entering
from pledge_app.tables.writing import disposition
from pledge_app.web.application import takes_bytes
from pledge_app.web.refused_verbs import catch_refusal

bp = Blueprint("evidence", __name__)


@bp.get("/bao-cao-quy/<pid>/minh-chung")
def index(pid: str) -> ResponseReturnValue:
    """The files of a report."""
    return _page(queries.find_report(pid, seen_by=actor()))


def _page(report: ProgressReport, problem: str = "", pin: str = "") -> str:
    files = evidence.files_of(report, seen_by=actor())
    own = [file for file in files if file.report_id == report.id]
    return render_template(
        "progress/evidence.html",
        report=report,
        files=files,
        pins=evidence.pins(report),
        pin=pin,
        problem=problem,
        may_attach=evidence.may_attach(report, actor()),
        largest=LARGEST,
        held=sum(file.size for file in own),
        most=evidence.MOST_BYTES,
        pinned_to=evidence.pinned_to,
        removable=evidence.removable,
    )


@bp.post("/bao-cao-quy/<pid>/minh-chung")
@takes_bytes(LARGEST_REQUEST)
def attach(pid: str) -> ResponseReturnValue:
    """One file. Our script sends several one after the other and wants JSON."""
    who = actor()
    report = queries.find_report(pid, seen_by=who)
    entering(report, who)
    upload = request.files.get("file")
    pin = request.form.get("pin", "")
    with catch_refusal() as refusal:
        if upload is None or not upload.filename:
            raise DomainError(_("Chưa chọn tệp nào."))
        file = evidence.receive(upload.read(), upload.filename)
        report = queries.find_report(pid, seen_by=who)
        evidence.attach(
            report,
            file,
            pin=pin,
            actor=who,
            at=clock.now(),
        )
    if refusal:
        if _is_script():
            return jsonify(error=refusal.sentence), 422
        return _page(queries.find_report(pid, seen_by=who), refusal.sentence, pin), 422
    sentence = _("Đã nhận tệp “%(name)s”.", name=file.name)
    other = evidence.kept_elsewhere(report, file)
    if other is not None:
        sentence += " " + _(
            "Lưu ý: cùng tệp này đã có trong báo cáo %(period)s.",
            period=other.report.period.name,
        )
    if _is_script():
        return jsonify(said=sentence), 201
    flash(sentence)
    return redirect(url_for("evidence.index", pid=pid), 303)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


@bp.post("/minh-chung/<pid>/go")
def remove(pid: str) -> ResponseReturnValue:
    """Take a file away again."""
    file = evidence.find_evidence(pid, seen_by=actor())
    report_pid = file.report.pid
    name = file.original_name
    evidence.remove(file, actor=actor(), at=clock.now())
    flash(_("Đã gỡ tệp “%(name)s”.", name=name))
    return redirect(url_for("evidence.index", pid=report_pid), 303)


@bp.get("/minh-chung/<pid>/tep")
def download(pid: str) -> ResponseReturnValue:
    """The stored file: never opened inside our own pages."""
    file = evidence.find_evidence(pid, seen_by=actor())
    name = (
        file.original_name
        if file.original_name.lower().endswith(".pdf")
        else f"{file.original_name}.pdf"
    )
    return _bytes(file.file_sha256, "application/pdf", disposition("attachment", name))


@bp.get("/minh-chung/<pid>/anh")
def preview(pid: str) -> ResponseReturnValue:
    """Its first page as a picture that we made ourselves."""
    file = evidence.find_evidence(pid, seen_by=actor())
    return _bytes(file.preview_sha256, "image/jpeg", "inline")


def _bytes(sha256: str, media_type: str, shown: str) -> Response:
    answer = make_response(read_stored(sha256))
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = shown
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    return answer
