"""What the trail says was done: units, bodies, offices and clusters."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day
from pledge_app.kernel.room import Data, Sentence


def _office(data: Data) -> dict[str, str]:
    return {"who": str(data.get("person", "")), "title": str(data.get("title", ""))}


def _lead(data: Data) -> str:
    return _("Cụm phó") if data.get("kind") == "deputy" else _("Cụm trưởng")


SENTENCES: dict[str, Sentence] = {
    "body.concurrent_allowed": lambda d: _(
        "cho phép một người kiêm nhiệm từ %(day)s",
        day=day(d.get("valid_from")),
    ),
    "body.concurrent_ended": lambda d: _(
        "kết thúc việc cho phép một người kiêm nhiệm từ %(day)s",
        day=day(d.get("on")),
    ),
    "body.added": lambda d: _("thêm cơ quan %(name)s", name=d.get("name", "")),
    "body.described": lambda d: _("sửa tên, ký hiệu của cơ quan %(name)s", name=d.get("name", "")),
    "body.ended": lambda d: _(
        "ghi ngày kết thúc của cơ quan %(name)s: %(day)s",
        name=d.get("name", ""),
        day=day(d.get("on")),
    ),
    "office.taken": lambda d: _(
        "ghi %(who)s giữ chức %(title)s từ %(day)s",
        **_office(d),
        day=day(d.get("held_from")),
    ),
    "office.renamed": lambda d: _(
        "ghi người giữ chức đổi tên: %(before)s thành %(after)s (%(basis)s)",
        before=d.get("before", ""),
        after=d.get("after", ""),
        basis=d.get("basis", ""),
    ),
    "office.corrected": lambda d: _("sửa dòng chức vụ %(title)s của %(who)s", **_office(d)),
    "office.left": lambda d: _(
        "ghi %(who)s thôi giữ chức %(title)s từ %(day)s",
        **_office(d),
        day=day(d.get("on")),
    ),
    "cluster.created": lambda d: _(
        "lập cụm thi đua %(name)s năm %(year)s",
        name=d.get("name", ""),
        year=d.get("year", ""),
    ),
    "cluster.described": lambda d: _("sửa cụm thi đua %(name)s", name=d.get("name", "")),
    "cluster.members_added": lambda d: _(
        "thêm thành viên: %(names)s",
        names="; ".join(d.get("members", [])),
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
        "thu hồi ủy quyền ký của %(who)s từ %(day)s",
        who=d.get("person", ""),
        day=day(d.get("on")),
    ),
    "register.loaded": lambda d: _(
        "nạp danh mục đơn vị %(name)s: thêm %(n)s",
        name=d.get("source", ""),
        n=d.get("added", ""),
    ),
    "unit.added": lambda d: _("thêm đơn vị %(name)s", name=d.get("name", "")),
    "unit.listed_below": lambda d: _(
        "thêm %(n)s đơn vị trực thuộc %(name)s",
        n=d.get("n", ""),
        name=d.get("name", ""),
    ),
    "unit.level_corrected": lambda d: _("sửa cấp của đơn vị %(name)s", name=d.get("name", "")),
    "office.delegated": lambda d: _(
        "ghi ủy quyền ký cho %(who)s từ %(day)s",
        who=d.get("person", ""),
        day=day(d.get("held_from")),
    ),
}
