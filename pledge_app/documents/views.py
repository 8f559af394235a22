"""Papers and scans for those who may read them; the public check for everybody."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pledge_app.accounts.current import actor, public
from pledge_app.documents import numbers, operations, queries
from pledge_app.documents.comparison import figure_table
from pledge_app.documents.forms import CheckForm, CorrectionForm, NumberForm
from pledge_app.documents.intake import LARGEST_REQUEST
from pledge_app.documents.models import Document, RenderState, Upload
from pledge_app.documents.standing import VERDICTS, Standing
from pledge_app.documents.stored import read_stored, word_of
from pledge_app.kernel import clock, events
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, Forbidden, NotFound
from pledge_app.orgs.models import Body
from pledge_app.tables.writing import disposition, download
from pledge_app.ui.forms import show_refusal
from pledge_app.web.application import takes_bytes

bp = Blueprint("documents", __name__)


@bp.route("/van-ban/<pid>", methods=["GET", "POST"])
def show(pid: str) -> ResponseReturnValue:
    """One paper: itself, its hashes, its numbers; whoever keeps the register enters or corrects
    the number here.
    """
    document = queries.find_document(pid, seen_by=actor())
    body = _numbering_body(document)
    if body is None and request.method == "POST":
        raise Forbidden(
            _("Chỉ văn thư của cơ quan ban hành được cấp số, ghi ngày. Dữ liệu chưa thay đổi.")
        )
    form = _number_form(document, body)
    if body is not None and form.validate_on_submit():
        try:
            _write_number(document, body, form)
        except DomainError as refused:
            show_refusal(form, refused)
        else:
            return redirect(url_for("documents.show", pid=pid), 303)
    return render_template(
        "documents/show.html",
        document=document,
        form=form,
        body=body,
        shown=numbers.shown,
        kind_word=queries.KIND_WORDS[document.envelope.kind],
        is_newest=not queries.has_newer(document),
        number=numbers.current(document, body) if body is not None else None,
        bodies=_names(document),
        back=_way_back(document),
    ), 422 if form.is_submitted() else 200


def _number_form(document: Document, body: Body | None) -> NumberForm:
    """The form to enter a number, or to correct the one that is there."""
    now = numbers.current(document, body) if body is not None else None
    if now is None:
        return NumberForm(symbol=_symbol(document))
    return CorrectionForm(number=now.number, symbol=now.symbol, dated=now.dated)


def _write_number(document: Document, body: Body, form: NumberForm) -> None:
    entry = numbers.read_entry(form.number.data or "", form.symbol.data or "", form.dated.data)
    is_taken = numbers.taken(body, entry)
    if isinstance(form, CorrectionForm):
        numbers.correct_number(
            document,
            body,
            entry,
            form.reason.data or "",
            is_sure=form.sure.data,
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
        flash(_("Đã đính chính số, ngày. Số cũ và lý do được giữ lại."))
    else:
        numbers.enter_number(
            document,
            body,
            entry,
            is_sure=form.sure.data,
            actor=actor(),
            at=clock.now(),
            today=clock.today(),
        )
        flash(_("Đã cấp số, ghi ngày. Bản in không đổi: hãy ghi số, ngày vào bản giấy bằng tay."))
    if is_taken:
        flash(_("Lưu ý: số này đã được dùng trong năm. Hãy kiểm tra lại sổ văn bản."))


@bp.get("/van-ban/<pid>/tep")
def file(pid: str) -> ResponseReturnValue:
    """The stored bytes, never made anew."""
    document = queries.find_document(pid, seen_by=actor())
    if document.state is not RenderState.READY or document.file_sha256 is None:
        raise NotFound(_("Văn bản chưa tạo xong. Hãy chờ một lát rồi tải lại trang."))
    name = f"{queries.KIND_WORDS[document.envelope.kind]} {document.envelope.short_code}.pdf"
    return _pdf(document.file_sha256, name, inline=request.args.get("tai") != "1")


@bp.get("/van-ban/<pid>/docx")
def word(pid: str) -> ResponseReturnValue:
    """The same content as DOCX, made from the envelope when it is first asked for: always the
    same bytes.
    """
    document = queries.find_document(pid, seen_by=actor())
    if document.state is not RenderState.READY:
        raise NotFound(_("Văn bản chưa tạo xong. Hãy chờ một lát rồi tải lại trang."))
    name = f"{queries.KIND_WORDS[document.envelope.kind]} {document.envelope.short_code}.docx"
    return download(word_of(document), name, operations.DOCX)


@bp.get("/ban-quet/<pid>/tep")
def scan(pid: str) -> ResponseReturnValue:
    """An uploaded scan, under its own name."""
    upload: Upload = queries.find_upload(pid, seen_by=actor())
    return _pdf(
        upload.file_sha256,
        upload.original_name + ("" if upload.original_name.lower().endswith(".pdf") else ".pdf"),
        inline=False,
    )


@bp.post("/van-ban/<pid>/tao-lai")
def try_again(pid: str) -> ResponseReturnValue:
    """A paper that could not be made is tried again."""
    operations.try_again(queries.find_document(pid, seen_by=actor()), actor=actor(), at=clock.now())
    flash(_("Đang tạo lại văn bản."))
    return redirect(url_for("documents.show", pid=pid), 303)


@bp.get("/van-ban/<pid>/trang-thai")
def status(pid: str) -> ResponseReturnValue:
    """For the page that waits: the state of the rendering."""
    return {"state": queries.find_document(pid, seen_by=actor()).state.value}


@bp.route("/kiem-tra", methods=["GET", "POST"])
@public
def check() -> ResponseReturnValue:
    """Enter the code that is printed on a paper."""
    form = CheckForm()
    if form.validate_on_submit():
        found = queries.by_code(form.code.data or "")
        if found is not None:
            return redirect(url_for("documents.public", code=found.envelope.short_code), 303)
        form.code.errors = [
            _("Không có văn bản nào mang mã này. Hãy kiểm tra lại từng chữ cái, chữ số.")
        ]
    return render_template("documents/check.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/kiem-tra/<code>", methods=["GET", "POST"], endpoint="public")
@public
@takes_bytes(LARGEST_REQUEST)
def public_page(code: str) -> ResponseReturnValue:
    """What is recorded of a paper; a file can be compared, in the browser or (without
    JavaScript) on the server.
    """
    document = queries.by_code(code)
    if document is None:
        raise NotFound(_("Không có văn bản nào mang mã này. Hãy kiểm tra lại mã in cạnh ô QR."))
    known = _known_hashes(document)
    verdict = ""
    if request.method == "POST":
        given = request.files.get("file")
        data = given.read() if given is not None else b""
        verdict = known.get(hashlib.sha256(data).hexdigest(), "other") if data else "none"
    content = operations.frozen_content(document.envelope)
    return render_template(
        "documents/public.html",
        document=document,
        known=known,
        verdict=verdict,
        content=content,
        table=figure_table(document.envelope.kind, content),
        kind_word=queries.KIND_WORDS[document.envelope.kind],
        shown=numbers.shown,
        verdict_now=VERDICTS[Standing(events.STANDING(document))],
    )


def _known_hashes(document: Document) -> dict[str, str]:
    """SHA-256 → "paper" (the stored file) or "scan" (a scan that a second person confirmed)."""
    known = {
        row.file_sha256: "scan"
        for row in queries.uploads_of(document.envelope.subject_kind, document.envelope.subject_pid)
        if row.confirmed_at is not None
    }
    if document.file_sha256:
        known[document.file_sha256] = "paper"
    return known


def _pdf(sha256: str, name: str, *, inline: bool) -> Response:
    answer = make_response(read_stored(sha256))
    answer.headers["Content-Type"] = queries.stored(sha256).media_type
    answer.headers["Content-Disposition"] = disposition("inline" if inline else "attachment", name)
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; frame-ancestors 'self'; sandbox"
        if not inline
        else (
            "default-src 'none'; object-src 'self'; plugin-types application/pdf; "
            "frame-ancestors 'self'"
        )
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _numbering_body(document: Document) -> Body | None:
    """The issuing body, where whoever keeps its register asks."""
    issuer = document.envelope.issuer_body_id
    if issuer is None or document.envelope.is_draft or not numbers.keeps_register(actor(), issuer):
        return None
    return db.session.get(Body, issuer)


def _way_back(document: Document) -> str:
    """The page of the thing that the paper tells of."""
    endpoint = {
        "pledge": "pledges.show",
        "agreement": "agreements.show",
        "progress_report": "progress.show",
        "meeting": "meetings.of_minutes",
    }.get(document.envelope.subject_kind)
    return url_for(endpoint, pid=document.envelope.subject_pid) if endpoint else ""


def _symbol(document: Document) -> str:
    heading: dict[str, Any] = operations.frozen_content(document.envelope).get("heading", {})
    return str(heading.get("symbol", ""))


def _names(document: Document) -> dict[int, str]:
    rows = [db.session.get(Body, row.body_id) for row in document.numbers]
    return {row.id: row.name for row in rows if row is not None}
