"""Các bước bắt đầu: what a new office enters, in order, counted from real rows. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import QueryableAttribute

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns.models import (
    AssignedFigure,
    Campaign,
    EmulationYear,
    LastResult,
    LegalBasis,
)
from pledge_app.criteria.models import CriteriaSet
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.orgs.levels import UnitLevel
from pledge_app.orgs.models import (
    Body,
    Cluster,
    ClusterLead,
    ClusterMembership,
    LeadKind,
    OfficeHolding,
    Unit,
)
from pledge_app.orgs.queries import valid_on


@dataclass(frozen=True)
class Step:
    """One step: why, what is there, where to do it; `is_needed`: no commune begins without it.

    `takes`: how long it takes, as people say it.
    """

    title: str
    why: str
    there: str
    button: str
    href: str
    is_done: bool
    takes: str
    is_needed: bool = True
    sheet: str = ""


@dataclass(frozen=True)
class Steps:
    """All of them, and the administrator's own body, whose kind and level may be put right."""

    rows: list[Step]
    office: Body | None

    @property
    def needed(self) -> int:
        """How many steps are obligatory."""
        return sum(row.is_needed for row in self.rows)

    @property
    def done(self) -> int:
        """How many of the obligatory ones are done."""
        return sum(row.is_needed and row.is_done for row in self.rows)

    @property
    def now(self) -> int:
        """The number (from 1) of the first obligatory step that is not done; 0 when all are."""
        waiting = (n for n, row in enumerate(self.rows, 1) if row.is_needed and not row.is_done)
        return next(waiting, 0)


Counted = dict[str, int]
Asked = dict[str, ScalarSelect[int]]


def first_steps(actor: Actor, *, today: date) -> Steps:
    """The steps with their state; three statements, however many communes there are."""
    has = _counts(today)
    year = db.session.scalars(
        select(EmulationYear).order_by(EmulationYear.year.desc()).limit(1)
    ).first()
    rows = [
        _units(has),
        _bodies(has),
        _holders(has),
        _users(has),
        _bases(has),
        _criteria(has),
        _year(has, year),
        _clusters(has),
        _assigned(has, year),
        _results(has, year),
        _campaigns(has, year),
    ]
    own = next((grant.body_id for grant in actor.grants if grant.role is Role.ADMIN), None)
    office = db.session.get(Body, own) if own is not None else None
    return Steps(rows, office)


def _counts(today: date) -> Counted:
    """Every number that the steps speak of, in one statement."""
    asked = {
        **_places(today),
        **_people(today),
        **_years(),
    }
    row = db.session.execute(select(*[one.label(name) for name, one in asked.items()])).one()
    return dict(zip(asked, row, strict=True))


def _places(today: date) -> Asked:
    living = valid_on(Unit.exists_from, Unit.exists_to, today)
    asked = {level.value: _count(Unit.id, living, Unit.level == level) for level in UnitLevel}
    asked["units"] = _count(Unit.id, living)
    asked["bodies"] = _count(Body.id, valid_on(Body.exists_from, Body.exists_to, today))
    return asked


def _people(today: date) -> Asked:
    held = valid_on(OfficeHolding.held_from, OfficeHolding.held_to, today)
    granted = valid_on(RoleGrant.held_from, RoleGrant.held_to, today)
    holds = exists().where(OfficeHolding.body_id == ClusterMembership.body_id, held)
    in_use = User.disabled_at.is_(None)
    roles = (Role.CLERK, Role.LEADER, Role.REVIEWER)
    asked = {
        role.value: _count(RoleGrant.user_id, granted, RoleGrant.role == role) for role in roles
    }
    asked |= {
        f"no_{role.value}": _count(ClusterMembership.body_id, ~_somebody(role, granted))
        for role in (Role.CLERK, Role.LEADER)
    }
    return asked | {
        "holders": _count(OfficeHolding.person_id, held),
        "held_at": _count(OfficeHolding.body_id, held),
        "unheld": _count(ClusterMembership.body_id, ~holds),
        "users": _count(User.id, in_use),
        "tied": _count(User.id, in_use, User.person_id.is_not(None)),
    }


def _somebody(role: Role, granted: ColumnElement[bool]) -> ColumnElement[bool]:
    """A member of a cluster has somebody with the role."""
    here = RoleGrant.body_id == ClusterMembership.body_id
    return exists().where(here, RoleGrant.role == role, granted)


def _years() -> Asked:
    leads = exists().where(ClusterLead.cluster_id == Cluster.id, ClusterLead.kind == LeadKind.LEAD)
    joined = exists().where(ClusterMembership.cluster_id == Cluster.id)
    chosen = EmulationYear.criteria_set_id.is_not(None)
    return {
        "bases": _count(LegalBasis.id),
        "sets": _count(CriteriaSet.id, CriteriaSet.published_at.is_not(None)),
        "drafts": _count(CriteriaSet.id, CriteriaSet.published_at.is_(None)),
        "ready": _count(EmulationYear.id, chosen, EmulationYear.pledge_due_on.is_not(None)),
        "clusters": _count(Cluster.id),
        "led": _count(Cluster.id, leads, joined),
        "members": _count(ClusterMembership.body_id),
        "assigned": _count(AssignedFigure.id),
        "results": _count(LastResult.id),
        "themes": _count(Campaign.id, or_(Campaign.theme != "", Campaign.contents != "")),
    }


def _count(
    column: QueryableAttribute[object],
    *conditions: ColumnElement[bool],
) -> ScalarSelect[int]:
    return select(func.count(func.distinct(column))).where(*conditions).scalar_subquery()


def _units(has: Counted) -> Step:
    words = {
        UnitLevel.PROVINCE: _("%(n)s tỉnh, thành phố", n=has["province"]),
        UnitLevel.DISTRICT: _("%(n)s huyện", n=has["district"]),
    }
    there = [word for level, word in words.items() if has[level.value]]
    there += [_("%(n)s xã, phường", n=has["commune"]), _("%(n)s thôn, xóm", n=has["hamlet"])]
    done = has["units"] > 1
    return Step(
        _("Đơn vị"),
        _(
            "Xã, phường là nơi lập bản đăng ký; thôn, xóm cần cho tiêu chí đếm theo từng nơi. Có "
            "sẵn danh mục cả nước."
        ),
        ", ".join(there),
        _("Xem đơn vị") if done else _("Nạp danh mục đơn vị"),
        url_for("orgs.index") if done else url_for("registers.load"),
        done,
        _("1 phút khi dùng danh mục có sẵn; thêm thôn, xóm khoảng 5 phút mỗi xã"),
    )


def _bodies(has: Counted) -> Step:
    return Step(
        _("Cơ quan"),
        _("Cơ quan đứng tên trên văn bản và làm thành viên của cụm, ví dụ: UBND các xã."),
        _("%(n)s cơ quan", n=has["bodies"]),
        _("Thêm cơ quan"),
        url_for("offices.index"),
        has["bodies"] > 1,
        _("1 phút cho UBND mọi xã; nhập tệp Excel khoảng 10 phút"),
        sheet=url_for("sheets.load", kind="co-quan"),
    )


def _holders(has: Counted) -> Step:
    there = _("%(a)s người giữ chức ở %(b)s cơ quan", a=has["holders"], b=has["held_at"])
    if has["unheld"]:
        there += ". " + _("%(n)s thành viên của cụm chưa có.", n=has["unheld"])
    return Step(
        _("Người giữ chức"),
        _(
            "Người giữ chức đứng ở ô ký của văn bản. Ghi ở trang từng cơ quan, hoặc cùng lúc với "
            "người dùng bằng tệp Excel."
        ),
        there,
        _("Ghi người giữ chức"),
        url_for("offices.index"),
        has["holders"] > 0 and not has["unheld"],
        _("khoảng 1 phút mỗi người; bằng tệp Excel thì một lần cho tất cả"),
        sheet=url_for("sheets.load", kind="co-quan"),
    )


def _users(has: Counted) -> Step:
    roles = {
        Role.CLERK: _("người phụ trách thi đua"),
        Role.LEADER: _("lãnh đạo ký duyệt"),
        Role.REVIEWER: _("cán bộ thẩm định"),
    }
    missing = [word for role, word in roles.items() if not has[role.value]]
    there = _("%(a)s người dùng, %(b)s đã gắn với người giữ chức", a=has["users"], b=has["tied"])
    if missing:
        there += ". " + _("Chưa có: %(roles)s.", roles=", ".join(missing))
    lacking = has["no_clerk"] + has["no_leader"]
    if lacking and not missing:
        there += ". " + _(
            "Thành viên của cụm chưa có người phụ trách: %(a)s, chưa có lãnh đạo: %(b)s.",
            a=has["no_clerk"],
            b=has["no_leader"],
        )
    return Step(
        _("Người dùng và vai trò"),
        _(
            "Mỗi xã cần người phụ trách và lãnh đạo; cấp trên cần cán bộ thẩm định. Lãnh đạo "
            "được gắn với người giữ chức "
            "thì mới xác nhận được."
        ),
        there,
        _("Thêm người dùng"),
        url_for("accounts.users"),
        not missing and not lacking,
        _("khoảng 1 phút mỗi người; bằng tệp Excel thì một lần cho tất cả"),
        sheet=url_for("user_import.load"),
    )


def _bases(has: Counted) -> Step:
    return Step(
        _("Căn cứ pháp lý"),
        _("In ở đầu bản giao ước; phần mềm chỉ đề nghị văn bản còn hiệu lực."),
        _("%(n)s văn bản", n=has["bases"]),
        _("Lấy căn cứ có sẵn") if not has["bases"] else _("Mở căn cứ pháp lý"),
        url_for("shipped.bases" if not has["bases"] else "bases.index"),
        has["bases"] > 0,
        _("1 phút khi lấy căn cứ có sẵn"),
        is_needed=False,
    )


def _criteria(has: Counted) -> Step:
    there = _("%(n)s bộ đã ban hành", n=has["sets"])
    if has["drafts"]:
        there += ", " + _("%(n)s bộ đang soạn", n=has["drafts"])
    return Step(
        _("Bộ tiêu chí"),
        _("Chưa có bộ tiêu chí đã ban hành thì chưa xã nào lập được bản đăng ký."),
        there,
        _("Lập bộ tiêu chí") if not has["sets"] + has["drafts"] else _("Mở bộ tiêu chí"),
        url_for("criteria.index"),
        has["sets"] > 0,
        _("5 phút khi lấy bộ có sẵn; 15 đến 30 phút khi dán từ Excel"),
    )


def _year(has: Counted, year: EmulationYear | None) -> Step:
    there = _("chưa mở năm nào")
    if year is not None:
        chosen = _("đã chọn bộ tiêu chí") if year.criteria_set_id else _("chưa chọn bộ tiêu chí")
        due = (
            _("hạn gửi %(day)s", day=f"{year.pledge_due_on:%d/%m/%Y}")
            if year.pledge_due_on
            else _("chưa đặt hạn")
        )
        there = _("Năm %(year)s", year=year.year) + f": {chosen}, {due}"
    return Step(
        _("Năm thi đua và các hạn"),
        _("Mở năm, chọn bộ tiêu chí, đặt hạn gửi: từ đó phần mềm mở việc cho các xã và nhắc hạn."),
        there,
        _("Mở năm thi đua") if year is None else _("Sửa năm thi đua"),
        url_for("campaigns.open_year")
        if year is None
        else url_for("campaigns.guidance", pid=year.pid),
        has["ready"] > 0,
        _("khoảng 5 phút"),
    )


def _clusters(has: Counted) -> Step:
    there = _("%(a)s cụm, %(b)s thành viên", a=has["clusters"], b=has["members"])
    if has["clusters"] > has["led"]:
        there += ". " + _(
            "%(n)s cụm chưa có thành viên hoặc Cụm trưởng.",
            n=has["clusters"] - has["led"],
        )
    return Step(
        _("Cụm thi đua"),
        _(
            "Ai ký với ai, ai là Cụm trưởng, cơ quan nào thẩm định. Xã đứng một mình cũng là một "
            "cụm."
        ),
        there,
        _("Lập cụm thi đua") if not has["clusters"] else _("Mở các cụm"),
        url_for("clusters.index"),
        has["led"] > 0,
        _("khoảng 3 phút mỗi cụm; bằng tệp Excel thì một lần cho mọi cụm"),
        sheet=url_for("sheets.load", kind="cum"),
    )


def _assigned(has: Counted, year: EmulationYear | None) -> Step:
    return Step(
        _("Chỉ tiêu giao"),
        _(
            "Có thì bảng nhập đối chiếu với mức giao; dán một lần cho mọi xã, sau khi đã mở năm "
            "và lập cụm."
        ),
        _("%(n)s chỉ tiêu", n=has["assigned"]),
        _("Dán chỉ tiêu giao"),
        url_for("campaigns.assigned", pid=year.pid)
        if year is not None
        else url_for("campaigns.index"),
        has["assigned"] > 0,
        _("khoảng 3 phút, dán từ Excel"),
        is_needed=False,
    )


def _results(has: Counted, year: EmulationYear | None) -> Step:
    return Step(
        _("Kết quả năm trước"),
        _("Năm đầu dùng phần mềm thì dán kết quả năm trước một lần; các năm sau lấy từ báo cáo."),
        _("%(n)s số liệu", n=has["results"]),
        _("Dán kết quả năm trước"),
        url_for("results.last_year", pid=year.pid)
        if year is not None
        else url_for("campaigns.index"),
        has["results"] > 0,
        _("khoảng 3 phút, dán từ Excel"),
        is_needed=False,
    )


def _campaigns(has: Counted, year: EmulationYear | None) -> Step:
    return Step(
        _("Đợt thi đua"),
        _("Chủ đề và ngày kỷ niệm của từng quý, in trong bản đăng ký và bản giao ước."),
        _("%(n)s đợt đã ghi chủ đề", n=has["themes"]),
        _("Mở các đợt"),
        url_for("campaigns.show", pid=year.pid) if year is not None else url_for("campaigns.index"),
        has["themes"] > 0,
        _("khoảng 3 phút mỗi đợt"),
        is_needed=False,
    )
