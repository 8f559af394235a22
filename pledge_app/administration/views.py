"""Quản trị: the one page from which every part of the administration is reached."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import or_, select

from pledge_app.accounts.current import actor, needs
from pledge_app.documents import stored
from pledge_app.documents.models import Document, Upload
from pledge_app.documents.queries import KIND_WORDS
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.meetings.models import MeetingPack
from pledge_app.progress.evidence_models import Evidence

bp = Blueprint("administration", __name__)


@bp.app_context_processor
def who_administers() -> dict[str, Callable[[], bool]]:
    """administers(): whether a page of another room shows the administrator's links; asked only
    where a page asks.
    """
    return {"administers": lambda: actor().has(Role.ADMIN)}


@bp.get("/quan-tri")
@needs(Role.ADMIN)
def index() -> ResponseReturnValue:
    """What an administrator looks after, each with one sentence."""
    parts = [
        (
            _("Các bước bắt đầu"),
            "home.steps",
            _("Đơn vị, cơ quan, người dùng … đến chỉ tiêu giao: đã có gì, còn thiếu gì."),
        ),
        (
            _("Người dùng"),
            "accounts.users",
            _("Thêm người dùng, giao và kết thúc vai trò, cấp lại mật khẩu."),
        ),
        (
            _("Cơ quan và người giữ chức"),
            "offices.index",
            _("Tên cơ quan trên văn bản, ai giữ chức từ ngày nào, ủy quyền ký."),
        ),
        (
            _("Đơn vị"),
            "orgs.index",
            _("Đơn vị hành chính qua từng thời kỳ; thêm cơ quan cho đơn vị."),
        ),
        (
            _("Căn cứ pháp lý"),
            "bases.index",
            _("Luật, nghị định, thông tư … và thời gian có hiệu lực của từng văn bản."),
        ),
        (
            _("Bộ tiêu chí"),
            "criteria.index",
            _("Lập từ bảng Excel, xem lại từng dòng, ban hành, lập phiên bản mới."),
        ),
        (
            _("Cụm thi đua"),
            "clusters.index",
            _("Thành viên, Cụm trưởng, Cụm phó, quyết định chia cụm, quy chế của từng năm."),
        ),
        (
            _("Năm thi đua"),
            "campaigns.index",
            _("Hướng dẫn, các hạn, bộ tiêu chí, đợt thi đua, chỉ tiêu giao."),
        ),
        (
            _("Mẫu văn bản"),
            "wordings.index",
            _("Tên loại, ký hiệu, câu mở đầu, phần kết; xem trước và các phiên bản."),
        ),
        (
            _("Nhập danh mục đơn vị"),
            "registers.load",
            _("Nạp danh mục đơn vị hành chính, xem trước từng dòng."),
        ),
        (
            _("Sắp xếp đơn vị"),
            "reorganisation.index",
            _("Nhập, đổi tên, giải thể đơn vị: xem trước rồi thực hiện một lần."),
        ),
        (
            _("Lịch ngày kỷ niệm"),
            "shipped.days",
            _("Nạp các ngày kỷ niệm có sẵn để chọn khi soạn đợt thi đua."),
        ),
        (_("Lịch làm việc"), "workdays.index", _("Ngày nghỉ, ngày làm bù dùng khi nhắc hạn.")),
        (
            _("Kho tệp"),
            "administration.damaged_files",
            _("Tệp đã lưu mà không còn khớp mã băm, nếu có."),
        ),
        (_("Bảng phân quyền"), "accounts.permission_table", _("Ai được làm việc gì, ở đâu.")),
    ]
    return render_template(
        "administration/index.html", parts=[(word, url_for(to), said) for word, to, said in parts]
    )


@bp.get("/quan-tri/kho-tep")
@needs(Role.ADMIN)
def damaged_files() -> ResponseReturnValue:
    """The stored files that did not match their hash when somebody wanted them."""
    return render_template(
        "administration/damaged_files.html",
        rows=[(row, _what(row.sha256)) for row in stored.damaged()],
    )


def _what(sha256: str) -> str:
    """The paper or file that the bytes were, as people know it."""
    document = db.session.scalar(select(Document).where(Document.file_sha256 == sha256))
    if document is not None:
        return f"{KIND_WORDS[document.envelope.kind]} {document.envelope.short_code}"
    scan = db.session.scalar(select(Upload.original_name).where(Upload.file_sha256 == sha256))
    if scan is not None:
        return _("Bản quét %(name)s", name=scan)
    is_it = or_(Evidence.file_sha256 == sha256, Evidence.preview_sha256 == sha256)
    evidence = db.session.scalar(select(Evidence.original_name).where(is_it))
    if evidence is not None:
        return _("Minh chứng %(name)s", name=evidence)
    pack = db.session.scalar(select(MeetingPack.id).where(MeetingPack.file_sha256 == sha256))
    return _("Bộ tài liệu hội nghị") if pack is not None else _("Tệp khác")
