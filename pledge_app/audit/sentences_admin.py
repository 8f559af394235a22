"""The verbs of administration as sentences: bodies, offices, clusters, legal bases, deadlines, units, wordings."""

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


ADMINISTRATION: dict[str, Callable[[Data], str]] = {
    "body.added": lambda d: _("thêm cơ quan %(name)s", name=d.get("name", "")),
    "body.described": lambda d: _("sửa tên, ký hiệu của cơ quan %(name)s", name=d.get("name", "")),
    "body.ended": lambda d: _("ghi ngày kết thúc của cơ quan %(name)s: %(day)s", name=d.get("name", ""),
                              day=day(d.get("on"))),
    "office.taken": lambda d: _("ghi %(who)s giữ chức %(title)s từ %(day)s", **_office(d), day=day(d.get("held_from"))),
    "office.corrected": lambda d: _("sửa dòng chức vụ %(title)s của %(who)s", **_office(d)),
    "office.left": lambda d: _("ghi %(who)s thôi giữ chức %(title)s từ %(day)s", **_office(d), day=day(d.get("on"))),
    "basis.added": lambda d: _("thêm căn cứ %(name)s", name=d.get("citation", "")),
    "basis.corrected": lambda d: _("sửa căn cứ %(name)s", name=d.get("citation", "")),
    "basis.replaced": lambda d: _("ghi văn bản thay thế từ %(day)s: %(name)s", day=day(d.get("on")), name=d.get("by", "")),
    "office.delegated": lambda d: _("ghi ủy quyền ký cho %(who)s từ %(day)s", who=d.get("person", ""),
                                    day=day(d.get("held_from"))),
}
