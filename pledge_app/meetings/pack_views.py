"""Pages of the meeting's preparation: the plan, and all its papers in one click."""

from __future__ import annotations

from typing import Any

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
from pledge_app.agreements.party_views import posted_version
from pledge_app.agreements.states import AgreementState
from pledge_app.documents.stored import read_stored
from pledge_app.kernel import clock
from pledge_app.kernel.errors import NotFound
from pledge_app.meetings import agenda, pack, plan
from pledge_app.meetings.blueprint import bp
from pledge_app.meetings.models import PackState
from pledge_app.meetings.queries import newest_pack, plan_of
from pledge_app.tables.writing import download
from pledge_app.ui.forms import Form, day, daytime, line, text, version

ITEM_WORDS = {
    agenda.Item.REVIEW: _l("Tổng kết thực hiện giao ước năm trước"),
    agenda.Item.VOTE: _l("Bình xét, bỏ phiếu kết quả thi đua năm trước"),
    agenda.Item.RULES: _l("Thông qua quy chế hoạt động"),
    agenda.Item.ELECT: _l("Bầu đơn vị trưởng, đơn vị phó"),
}
PAPER_WORDS = {
    "invitation": _l("Giấy mời"),
    "programme": _l("Chương trình"),
    "delegates": _l("Danh sách đại biểu"),
    "script": _l("Lời dẫn"),
    "agreement": _l("Bản giao ước"),
    "minutes": _l("Biên bản"),
    "news": _l("Tin bài cho trang thông tin"),
}


class PlanForm(Form):
    """Kế hoạch hội nghị: everything may still be open."""

    ver = version()
    on_date = day(
        _l("Ngày họp"), needed=False, help_=_l("ngày/tháng/năm. Để trống nếu chưa định ngày.")
    )
    begins = daytime(_l("Bắt đầu lúc"), needed=False)
    place = line(_l("Địa điểm họp"), needed=False)
    chair_name = line(_l("Chủ tọa"), needed=False, longest=120)
    secretary_name = line(_l("Thư ký"), needed=False, longest=120)
    items = SelectMultipleField(
        _l("Nội dung khác của hội nghị"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
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
        item_words=ITEM_WORDS,
        paper_words=PAPER_WORDS,
    )


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


@bp.get("/giao-uoc-cum/<pid>/bo-tai-lieu/trang-thai")
def pack_status(pid: str) -> ResponseReturnValue:
    """For the page that waits: the state, and how many papers are made."""
    newest = newest_pack(agreements.find_agreement(pid, seen_by=actor()))
    if newest is None:
        raise NotFound(_("Chưa có bộ tài liệu nào."))
    return {
        "state": "rendering" if newest.state is PackState.MAKING else newest.state.value,
        "done": newest.done,
        "total": len(newest.papers),
    }


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
        values: dict[str, Any] = {
            name: form[name].data or ("" if name not in ("items", "on_date") else form[name].data)
            for name in plan.FIELDS
        }
        plan.save_plan(
            agreement,
            {**values, "items": list(form.items.data or [])},
            version=posted_version(),
            actor=actor(),
            at=clock.now(),
        )
        flash(_("Đã lưu kế hoạch hội nghị."))
        return redirect(url_for("meetings.pack", pid=pid), 303)
    return render_template(
        "meetings/plan.html", agreement=agreement, form=form, chosen=set(form.items.data or [])
    ), 422 if request.method == "POST" else 200


def _plan_form(agreement: Agreement) -> PlanForm:
    stored = plan_of(agreement.cluster)
    values = {name: getattr(stored, name) for name in plan.FIELDS} if stored is not None else {}
    form = PlanForm(data={**values, "ver": str(stored.version_id if stored is not None else 0)})
    form.items.choices = [(key.value, str(word)) for key, word in ITEM_WORDS.items()]
    return form
