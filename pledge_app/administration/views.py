"""Quản trị: the one page from which every part of the administration is reached."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from pledge_app.accounts.current import actor, needs
from pledge_app.documents import stored
from pledge_app.documents.models import Document, Upload
from pledge_app.documents.room_papers import room_paper
from pledge_app.kernel.actor import Role
from pledge_app.kernel.base import db
from pledge_app.meetings.models import MeetingPack
from pledge_app.progress.evidence_models import Evidence

bp = Blueprint("administration", __name__)
# What an administrator looks after: name, page, one sentence.
PARTS = (
    (
        _l("Các bước bắt đầu"),
        "home.steps",
        _l("Đơn vị, cơ quan, người dùng … đến chỉ tiêu giao: đã có gì, còn thiếu gì."),
    ),
    (
        _l("Người dùng"),
        "accounts.users",
        _l("Thêm người dùng, giao và kết thúc vai trò, cấp lại mật khẩu."),
    ),
    (
        _l("Cơ quan và người giữ chức"),
        "offices.index",
        _l("Tên cơ quan trên văn bản, ai giữ chức từ ngày nào, ủy quyền ký."),
    ),
    (
        _l("Đơn vị"),
        "orgs.index",
        _l("Đơn vị hành chính qua từng thời kỳ; thêm cơ quan cho đơn vị."),
    ),
    (
        _l("Căn cứ pháp lý"),
        "bases.index",
        _l("Luật, nghị định, thông tư … và thời gian có hiệu lực của từng văn bản."),
    ),
    (
        _l("Bộ tiêu chí"),
        "criteria.index",
        _l("Lập từ bảng Excel, xem lại từng dòng, ban hành, lập phiên bản mới."),
    ),
    (
        _l("Cụm thi đua"),
        "clusters.index",
        _l("Thành viên, Cụm trưởng, Cụm phó, quyết định chia cụm, quy chế của từng năm."),
    ),
    (
        _l("Năm thi đua"),
        "campaigns.index",
        _l("Hướng dẫn, các hạn, bộ tiêu chí, đợt thi đua, chỉ tiêu giao."),
    ),
    (
        _l("Mẫu văn bản"),
        "wordings.index",
        _l("Tên loại, ký hiệu, câu mở đầu, phần kết; xem trước và các phiên bản."),
    ),
    (
        _l("Nhập danh mục đơn vị"),
        "registers.load",
        _l("Nạp danh mục đơn vị hành chính, xem trước từng dòng."),
    ),
    (
        _l("Sắp xếp đơn vị"),
        "reorganisation.index",
        _l("Nhập, đổi tên, giải thể đơn vị: xem trước rồi thực hiện một lần."),
    ),
    (
        _l("Lịch ngày kỷ niệm"),
        "shipped.days",
        _l("Nạp các ngày kỷ niệm có sẵn để chọn khi soạn đợt thi đua."),
    ),
    (_l("Lịch làm việc"), "workdays.index", _l("Ngày nghỉ, ngày làm bù dùng khi nhắc hạn.")),
    (
        _l("Kho tệp"),
        "administration.damaged_files",
        _l("Tệp đã lưu mà không còn khớp mã băm, nếu có."),
    ),
    (_l("Bảng phân quyền"), "accounts.permission_table", _l("Ai được làm việc gì, ở đâu.")),
)


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
    parts = [(name, url_for(page), sentence) for name, page, sentence in PARTS]
    return render_template("administration/index.html", parts=parts)


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
        return f"{room_paper(document).name} {document.envelope.short_code}"
    scan = db.session.scalar(select(Upload.original_name).where(Upload.file_sha256 == sha256))
    if scan is not None:
        return _("Bản quét %(name)s", name=scan)
    is_it = or_(Evidence.file_sha256 == sha256, Evidence.preview_sha256 == sha256)
    evidence = db.session.scalar(select(Evidence.original_name).where(is_it))
    if evidence is not None:
        return _("Minh chứng %(name)s", name=evidence)
    pack = db.session.scalar(select(MeetingPack.id).where(MeetingPack.file_sha256 == sha256))
    return _("Bộ tài liệu hội nghị") if pack is not None else _("Tệp khác")
