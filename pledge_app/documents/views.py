"""Papers and scans for those who may read them; the public check for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

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
from pledge_app.documents.forms import CheckForm, CorrectionForm, NumberForm
from pledge_app.documents.intake import LARGEST_REQUEST
from pledge_app.documents.models import Document, RenderState, RevisionKind, Upload
from pledge_app.documents.policy import keeps_register
from pledge_app.documents.revisions import known_hashes, revisions_of
from pledge_app.documents.room_papers import file_name, room_paper
from pledge_app.documents.standing import VERDICTS
from pledge_app.documents.stored import read_stored, word_of
from pledge_app.kernel import clock
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import JsonObject
from pledge_app.kernel.errors import Forbidden, NotFound
from pledge_app.orgs.models import Body
from pledge_app.papers.figures import FigureTable
from pledge_app.papers.registry import paper_of
from pledge_app.tables.writing import disposition, download
from pledge_app.web.application import takes_bytes
from pledge_app.web.pieces import reload_if
from pledge_app.web.refused_verbs import catch_refusal

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
        with catch_refusal(form) as refusal:
            _write_number(document, body, form)
        if not refusal:
            return redirect(url_for("documents.show", pid=pid), 303)
    return render_template(
        "documents/show.html",
        document=document,
        form=form,
        body=body,
        shown=numbers.shown,
        kind_word=room_paper(document).name,
        is_newest=not queries.has_newer(document),
        number=numbers.current(document, body) if body is not None else None,
        bodies=_names(document),
        revisions=revisions_of(document),
        back=room_paper(document).page_of(document.envelope.subject_pid),
    ), 422 if form.is_submitted() else 200


def _number_form(document: Document, body: Body | None) -> NumberForm:
    """The form to enter a number, or to correct the one that is there."""
    current = numbers.current(document, body) if body is not None else None
    if current is None:
        return NumberForm(symbol=_symbol(document), dated=clock.today())
    return CorrectionForm(
        number=current.number,
        symbol=current.symbol,
        dated=current.dated,
    )


def _write_number(document: Document, body: Body, form: NumberForm) -> None:
    entry = numbers.read_entry(
        form.number.data or "",
        form.symbol.data or "",
        form.dated.data,
    )
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
    is_inline = request.args.get("tai") != "1"
    return _pdf(
        document.file_sha256,
        file_name(document, "pdf"),
        inline=is_inline,
    )


@bp.get("/van-ban/<pid>/docx")
def word(pid: str) -> ResponseReturnValue:
    """The same content as DOCX: always the same bytes."""
    document = queries.find_document(pid, seen_by=actor())
    if document.state is not RenderState.READY:
        raise NotFound(_("Văn bản chưa tạo xong. Hãy chờ một lát rồi tải lại trang."))
    return download(
        word_of(document),
        file_name(document, "docx"),
        operations.DOCX,
    )


@bp.get("/ban-quet/<pid>/tep")
def scan(pid: str) -> ResponseReturnValue:
    """An uploaded scan, under its own name."""
    upload: Upload = queries.find_upload(pid, seen_by=actor())
    name = upload.original_name
    if not name.lower().endswith(".pdf"):
        name += ".pdf"
    return _pdf(
        upload.file_sha256,
        name,
        inline=False,
    )


@bp.post("/van-ban/<pid>/tao-lai")
def try_again(pid: str) -> ResponseReturnValue:
    """Try once more to make a paper that could not be made."""
    document = queries.find_document(pid, seen_by=actor())
    operations.try_again(
        document,
        actor=actor(),
        at=clock.now(),
    )
    flash(_("Đang tạo lại văn bản."))
    return redirect(url_for("documents.show", pid=pid), 303)


@bp.get("/van-ban/<pid>/trang-thai")
def status(pid: str) -> ResponseReturnValue:
    """For the page that waits: the state of the rendering."""
    state = queries.find_document(pid, seen_by=actor()).state
    return {"state": state.value}, reload_if(state is not RenderState.RENDERING)


@bp.route("/kiem-tra", methods=["GET", "POST"])
@public
def check() -> ResponseReturnValue:
    """The form for the code that is printed on a paper."""
    form = CheckForm()
    if form.validate_on_submit():
        document = queries.by_code(form.code.data or "")
        if document is not None:
            code = document.envelope.short_code
            return redirect(url_for("documents.public", code=code), 303)
        form.code.errors = [
            _("Không có văn bản nào mang mã này. Hãy kiểm tra lại từng chữ cái, chữ số.")
        ]
    return render_template("documents/check.html", form=form), 422 if form.is_submitted() else 200


@bp.route(
    "/kiem-tra/<code>",
    methods=["GET", "POST"],
    endpoint="public",
)
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
        verdict = _verdict(known)
    content = operations.frozen_content(document.envelope)
    return render_template(
        "documents/public.html",
        document=document,
        known=known,
        verdict=verdict,
        content=content,
        table=_figures(document, content),
        kind_word=room_paper(document).name,
        shown=numbers.shown,
        verdict_now=VERDICTS[room_paper(document).standing(document)],
    )


KNOWN_AS = {RevisionKind.RENDERED: "paper", RevisionKind.SCAN: "scan"}
"""What the page says of a file that it knows."""


def _known_hashes(document: Document) -> dict[str, str]:
    """SHA-256 → "paper" (as it was rendered) or "scan" (a scan that a second person confirmed)."""
    return {sha256: KNOWN_AS[kind] for sha256, kind in known_hashes(document).items()}


def _pdf(sha256: str, name: str, *, inline: bool) -> Response:
    answer = make_response(read_stored(sha256))
    answer.headers["Content-Type"] = queries.stored(sha256).media_type
    answer.headers["Content-Disposition"] = disposition("inline" if inline else "attachment", name)
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
        if inline
        else "default-src 'none'; frame-ancestors 'self'; sandbox"
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _numbering_body(document: Document) -> Body | None:
    """The issuing body, where whoever keeps its register asks."""
    issuer = document.envelope.issuer_body_id
    if issuer is None or document.envelope.is_draft or not keeps_register(actor(), issuer):
        return None
    return db.session.get(Body, issuer)


def _figures(document: Document, content: JsonObject) -> FigureTable | None:
    """The paper's figures, its heads in the language of the page."""
    table = paper_of(document.envelope.kind).figures(content)
    return table and replace(table, heads=[_(head) if head else "" for head in table.heads])


def _symbol(document: Document) -> str:
    heading: JsonObject = operations.frozen_content(document.envelope).get("heading", {})
    return str(heading.get("symbol", ""))


def _names(document: Document) -> dict[int, str]:
    rows = [db.session.get(Body, row.body_id) for row in document.numbers]
    return {row.id: row.name for row in rows if row is not None}


def _verdict(known: Mapping[str, str]) -> str:
    """What the file that was sent is, of the files known of the paper."""
    upload = request.files.get("file")
    data = upload.read() if upload is not None else b""
    if not data:
        return "none"
    return known.get(hashlib.sha256(data).hexdigest(), "other")
