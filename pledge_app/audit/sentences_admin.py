"""The verbs of administration as sentences: bodies, offices, clusters, legal bases, deadlines,
units, wordings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

Data = Mapping[str, Any]


def day(iso: Any) -> str:
    """dd/mm/yyyy of an ISO day in the trail; "…" for anything else."""
    try:
        return f"{date.fromisoformat(str(iso)):%d/%m/%Y}"
    except ValueError:
        return "…"


def _office(data: Data) -> dict[str, str]:
    return {"who": str(data.get("person", "")), "title": str(data.get("title", ""))}


def _lead(data: Data) -> str:
    return _("Cụm phó") if data.get("kind") == "deputy" else _("Cụm trưởng")


def _set(data: Data) -> dict[str, str]:
    return {"name": str(data.get("name", "")), "n": str(data.get("version", ""))}


CRITERIA: dict[str, Callable[[Data], str]] = {
    "criteria.imported": lambda d: _("nhập bộ tiêu chí %(name)s, bản %(n)s", **_set(d)),
    "criteria.saved": lambda d: _(
        "sửa bản nháp bộ tiêu chí %(name)s, bản %(n)s: %(rows)s dòng",
        **_set(d),
        rows=d.get("rows", ""),
    ),
    "criteria.renewed": lambda d: _(
        "lập bản nháp %(n)s của bộ tiêu chí %(name)s, chép từ bản %(of)s",
        **_set(d),
        of=d.get("of", ""),
    ),
    "criteria.discarded": lambda d: _("xóa bản nháp %(n)s của bộ tiêu chí %(name)s", **_set(d)),
    "criteria.published": lambda d: _("ban hành bộ tiêu chí %(name)s, bản %(n)s", **_set(d)),
}
ADMINISTRATION: dict[str, Callable[[Data], str]] = {
    **CRITERIA,
    "body.concurrent_allowed": lambda d: _(
        "cho phép một người kiêm nhiệm từ %(day)s", day=day(d.get("valid_from"))
    ),
    "body.concurrent_ended": lambda d: _(
        "kết thúc việc cho phép một người kiêm nhiệm từ %(day)s", day=day(d.get("on"))
    ),
    "body.added": lambda d: _("thêm cơ quan %(name)s", name=d.get("name", "")),
    "body.described": lambda d: _("sửa tên, ký hiệu của cơ quan %(name)s", name=d.get("name", "")),
    "body.ended": lambda d: _(
        "ghi ngày kết thúc của cơ quan %(name)s: %(day)s",
        name=d.get("name", ""),
        day=day(d.get("on")),
    ),
    "office.taken": lambda d: _(
        "ghi %(who)s giữ chức %(title)s từ %(day)s", **_office(d), day=day(d.get("held_from"))
    ),
    "office.corrected": lambda d: _("sửa dòng chức vụ %(title)s của %(who)s", **_office(d)),
    "office.left": lambda d: _(
        "ghi %(who)s thôi giữ chức %(title)s từ %(day)s", **_office(d), day=day(d.get("on"))
    ),
    "basis.added": lambda d: _("thêm căn cứ %(name)s", name=d.get("citation", "")),
    "basis.corrected": lambda d: _("sửa căn cứ %(name)s", name=d.get("citation", "")),
    "basis.replaced": lambda d: _(
        "ghi văn bản thay thế từ %(day)s: %(name)s", day=day(d.get("on")), name=d.get("by", "")
    ),
    "cluster.created": lambda d: _(
        "lập cụm thi đua %(name)s năm %(year)s", name=d.get("name", ""), year=d.get("year", "")
    ),
    "cluster.described": lambda d: _("sửa cụm thi đua %(name)s", name=d.get("name", "")),
    "cluster.members_added": lambda d: _(
        "thêm thành viên: %(names)s", names="; ".join(d.get("members", []))
    ),
    "cluster.member_dropped": lambda d: _("bỏ thành viên %(name)s", name=d.get("member", "")),
    "cluster.ordered": lambda d: _("sửa thứ tự các thành viên"),
    "cluster.lead_set": lambda d: _(
        "ghi %(what)s: %(body)s từ %(day)s",
        what=_lead(d),
        body=d.get("body", ""),
        day=day(d.get("held_from")),
    ),
    "cluster.lead_ended": lambda d: _(
        "ghi %(what)s %(body)s thôi từ %(day)s",
        what=_lead(d),
        body=d.get("body", ""),
        day=day(d.get("on")),
    ),
    "cluster.paper_added": lambda d: _(
        "ghi văn bản của cụm: %(number)s ngày %(day)s",
        number=d.get("number", ""),
        day=day(d.get("dated")),
    ),
    "cluster.paper_dropped": lambda d: _(
        "bỏ văn bản của cụm: %(number)s ngày %(day)s",
        number=d.get("number", ""),
        day=day(d.get("dated")),
    ),
    "office.delegation_ended": lambda d: _(
        "thu hồi ủy quyền ký của %(who)s từ %(day)s", who=d.get("person", ""), day=day(d.get("on"))
    ),
    "year.extended": lambda d: _(
        "gia hạn cho %(who)s đến %(day)s",
        who=d.get("body") or _("tất cả các đơn vị"),
        day=day(d.get("due_on")),
    ),
    "reorganisation.carried_out": lambda d: _(
        "thực hiện sắp xếp đơn vị từ %(day)s: %(title)s",
        day=day(d.get("on")),
        title=d.get("title", ""),
    ),
    "pledge.discontinued": lambda d: _("dừng bản đăng ký vì đơn vị được sắp xếp lại"),
    "agreement.party_left": lambda d: _("bỏ bên %(body)s khỏi dự thảo", body=d.get("body", "")),
    "register.loaded": lambda d: _(
        "nạp danh mục đơn vị %(name)s: thêm %(n)s", name=d.get("source", ""), n=d.get("added", "")
    ),
    "wording.set": lambda d: _("lưu mẫu văn bản, phiên bản %(n)s", n=d.get("version", "")),
    "pledge.hamlets_added": lambda d: _(
        "đưa thêm %(n)s thôn, xóm mới ghi vào bản đăng ký", n=d.get("n", "")
    ),
    "indicator.joined": lambda d: _(
        "gộp chỉ số “%(other)s” vào “%(name)s”", other=d.get("other", ""), name=d.get("name", "")
    ),
    "indicator.split": lambda d: _(
        "tách chỉ số “%(other)s” khỏi “%(name)s”", other=d.get("other", ""), name=d.get("name", "")
    ),
    "pledge.item_added": lambda d: _(
        "thêm “%(name)s” vào chỉ tiêu %(code)s", name=d.get("name", ""), code=d.get("criterion", "")
    ),
    "pledge.item_dropped": lambda d: _(
        "bỏ “%(name)s” khỏi chỉ tiêu %(code)s", name=d.get("name", ""), code=d.get("criterion", "")
    ),
    "unit.added": lambda d: _("thêm đơn vị %(name)s", name=d.get("name", "")),
    "unit.listed_below": lambda d: _(
        "thêm %(n)s đơn vị trực thuộc %(name)s", n=d.get("n", ""), name=d.get("name", "")
    ),
    "unit.level_corrected": lambda d: _("sửa cấp của đơn vị %(name)s", name=d.get("name", "")),
    "user.tied": lambda d: _(
        "gắn tài khoản với %(who)s – %(office)s",
        who=d.get("person", ""),
        office=d.get("office", ""),
    ),
    "user.untied": lambda d: _("bỏ gắn tài khoản với %(who)s", who=d.get("person", "")),
    "office.delegated": lambda d: _(
        "ghi ủy quyền ký cho %(who)s từ %(day)s",
        who=d.get("person", ""),
        day=day(d.get("held_from")),
    ),
}
