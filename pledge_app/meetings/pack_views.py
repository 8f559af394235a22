"""Pages of the meeting's preparation: the plan, and all its papers in one click."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from pledge_app.accounts.current import actor
from pledge_app.agreements import policy
from pledge_app.agreements import queries as agreements
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AgreementState
from pledge_app.documents.stored import read_stored
from pledge_app.kernel import clock
from pledge_app.kernel.errors import NotFound
from pledge_app.meetings import agenda, pack, plan
from pledge_app.meetings.blueprint import bp
from pledge_app.meetings.models import MeetingPack, PackPaper, PackState
from pledge_app.meetings.queries import find_pack_paper, newest_pack, plan_of
from pledge_app.tables.writing import download
from pledge_app.ui.forms import Form, day, daytime, line, posted_version, text, version
from pledge_app.web.pieces import reload_if

ITEM_WORDS = {
    agenda.Item.REVIEW: _l("Tổng kết thực hiện giao ước năm trước"),
    agenda.Item.VOTE: _l("Bình xét, bỏ phiếu kết quả thi đua năm trước"),
    agenda.Item.RULES: _l("Thông qua quy chế hoạt động"),
    agenda.Item.ELECT: _l("Bầu Cụm trưởng, Cụm phó"),
}
PAPER_WORDS = {
    "invitation": _l("Giấy mời"),
    "programme": _l("Chương trình"),
    "delegates": _l("Danh sách đại biểu"),
    "script": _l("Lời dẫn"),
    "agreement": _l("Bản giao ước"),
    "minutes": _l("Biên bản"),
    "news": _l("Tin, bài đăng trang thông tin điện tử"),
}


class PlanForm(Form):
    """Kế hoạch hội nghị: everything may still be open."""

    ver = version()
    title = line(
        _l("Tên hội nghị"),
        needed=False,
        help_=_l(
            "Để trống: Hội nghị ký kết giao ước thi đua năm … Ghi tên khác khi họp sơ bộ, sơ kết, "
            "tổng kết và ký kết, sinh hoạt chuyên đề."
        ),
    )
    on_date = day(
        _l("Ngày họp"),
        needed=False,
        help_=_l("ngày/tháng/năm. Để trống nếu chưa định ngày."),
    )
    begins = daytime(_l("Bắt đầu lúc"), needed=False)
    place = line(_l("Địa điểm họp"), needed=False)
    chair_name = line(_l("Chủ tọa"), needed=False, longest=120)
    second_chair_name = line(_l("Đồng chủ tọa (nếu có)"), needed=False, longest=120)
    secretary_name = line(_l("Thư ký"), needed=False, longest=120)
    items = SelectMultipleField(
        _l("Nội dung khác của hội nghị"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    matters = text(
        _l("Chương trình riêng của hội nghị"),
        needed=False,
        rows=5,
        help_=_l(
            "Mỗi dòng một mục: giờ; nội dung; người thực hiện. Ví dụ: 08 giờ 15; Trao cờ thi đua "
            "năm trước; Chủ tọa. Để trống: phần mềm soạn theo các nội dung đã chọn."
        ),
    )
    guests = text(
        _l("Khách mời, người dự và chỉ đạo"),
        needed=False,
        rows=3,
        help_=_l("Mỗi dòng một người: họ tên; chức vụ đảng; chức vụ, cơ quan."),
    )
    news_closing = text(
        _l("Đoạn kết của tin bài"),
        needed=False,
        rows=3,
        help_=_l("Để trống: phần mềm viết một câu chung."),
    )
    news_author = line(_l("Người viết tin"), needed=False, longest=120)


@bp.get("/giao-uoc-cum/<pid>/bo-tai-lieu", endpoint="pack")
def pack_page(pid: str) -> ResponseReturnValue:
    """What is planned, what the pack holds, how far it is, the ZIP."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    newest = newest_pack(agreement)
    prepares = policy.records_meeting(actor(), agreement) and agreement.state not in (
        AgreementState.VOID,
        AgreementState.REPLACED,
    )
    current = newest is not None and pack.is_current(newest, agreement, today=clock.today())
    return render_template(
        "meetings/pack.html",
        agreement=agreement,
        pack=newest,
        plan=plan_of(agreement.cluster),
        prepares=prepares,
        current=current,
        failed=_failed(newest),
        item_words=ITEM_WORDS,
        paper_words=PAPER_WORDS,
    )


def _failed(newest: MeetingPack | None) -> dict[int, PackPaper]:
    """The papers that could not be made, by their place in the pack."""
    rows = newest.made if newest is not None else []
    return {row.position: row for row in rows if row.state is PackState.FAILED}


@bp.post("/giao-uoc-cum/<pid>/bo-tai-lieu")
def ask_for_pack(pid: str) -> ResponseReturnValue:
    """One click: all papers of the meeting."""
    pack.ask_for_pack(
        agreements.find_agreement(pid, seen_by=actor()),
        actor=actor(),
        at=clock.now(),
        today=clock.today(),
    )
    return redirect(url_for("meetings.pack", pid=pid), 303)


@bp.post("/giao-uoc-cum/<pid>/bo-tai-lieu/<paper>/thu-lai")
def retry_paper(pid: str, paper: str) -> ResponseReturnValue:
    """The one paper that could not be made, once more."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    pack.retry_paper(find_pack_paper(agreement, paper), actor=actor(), at=clock.now())
    return redirect(url_for("meetings.pack", pid=pid), 303)


@bp.get("/giao-uoc-cum/<pid>/bo-tai-lieu/trang-thai")
def pack_status(pid: str) -> ResponseReturnValue:
    """For the page that waits: the state, and how many papers are made."""
    newest = newest_pack(agreements.find_agreement(pid, seen_by=actor()))
    if newest is None:
        raise NotFound(_("Chưa có bộ tài liệu nào."))
    is_making = newest.state is PackState.MAKING
    progress = {
        "state": "rendering" if is_making else newest.state.value,
        "done": newest.done,
        "total": len(newest.papers),
    }
    return progress, reload_if(not is_making)


@bp.get("/giao-uoc-cum/<pid>/bo-tai-lieu/tep")
def pack_file(pid: str) -> ResponseReturnValue:
    """The ZIP that was made last."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    newest = newest_pack(agreement)
    if newest is None or newest.file_sha256 is None:
        raise NotFound(_("Bộ tài liệu chưa tạo xong. Hãy chờ một lát rồi tải lại trang."))
    name = f"Bộ tài liệu hội nghị {agreement.cluster.year} {agreement.cluster.name}.zip"
    return download(read_stored(newest.file_sha256), name, pack.ZIP)


@bp.route("/giao-uoc-cum/<pid>/chuan-bi-hoi-nghi", methods=["GET", "POST"], endpoint="plan")
def plan_page(pid: str) -> ResponseReturnValue:
    """When, where, which matters, which guests."""
    agreement = agreements.find_agreement(pid, seen_by=actor())
    plan.preparing(agreement, actor())
    form = _plan_form(agreement)
    if form.validate_on_submit():
        plan.save_plan(
            agreement,
            _plan_values(form),
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã lưu kế hoạch hội nghị."))
        return redirect(url_for("meetings.pack", pid=pid), 303)
    return render_template(
        "meetings/plan.html",
        agreement=agreement,
        form=form,
        chosen=set(form.items.data or []),
    ), 422 if request.method == "POST" else 200


def _plan_values(form: PlanForm) -> plan.PlanValues:
    return {
        "title": form.title.data or "",
        "on_date": form.on_date.data,
        "begins": form.begins.data or "",
        "place": form.place.data or "",
        "chair_name": form.chair_name.data or "",
        "second_chair_name": form.second_chair_name.data or "",
        "secretary_name": form.secretary_name.data or "",
        "items": list(form.items.data or []),
        "matters": form.matters.data or "",
        "guests": form.guests.data or "",
        "news_closing": form.news_closing.data or "",
        "news_author": form.news_author.data or "",
    }


def _plan_form(agreement: Agreement) -> PlanForm:
    stored = plan_of(agreement.cluster)
    values = {name: getattr(stored, name) for name in plan.FIELDS} if stored is not None else {}
    form = PlanForm(data={**values, "ver": str(stored.version_id if stored is not None else 0)})
    form.items.choices = [(key.value, str(word)) for key, word in ITEM_WORDS.items()]
    return form
