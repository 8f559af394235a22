"""Clusters with their members from a sheet: a row per member, by the verbs of the browser."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import DomainError, check
from pledge_app.kernel.numbers import whole_number, year_number
from pledge_app.kernel.text import fold, same_name_key
from pledge_app.orgs.clusters import add_members, check_member, create_cluster
from pledge_app.orgs.leads import Lead, set_lead
from pledge_app.orgs.models import Body, Cluster, LeadKind, Line, Person
from pledge_app.orgs.named import Bodies, Places
from pledge_app.orgs.office_queries import people_of
from pledge_app.orgs.policy import administer
from pledge_app.orgs.queries import find_unit
from pledge_app.orgs.words import LEAD_WORDS
from pledge_app.tables.filled import Blank, Filled, row_by_row
from pledge_app.tables.filled import Line as Row
from pledge_app.web.language import kept_text

NAME, YEAR, LINE = "Cụm thi đua", "Năm", "Hệ"
GUIDE, REVIEWER = "Cơ quan hướng dẫn", "Cơ quan thẩm định"
PLACE, MEMBER, UNIT = "Thứ tự trên văn bản", "Thành viên", "Đơn vị của thành viên"
ROLE, PERSON, SINCE, BASIS = "Vai trò trong cụm", "Người đảm nhiệm", "Từ ngày", "Căn cứ"
LAST = 10_000  # behind everybody with a number
LONGEST_NAME = 200

SHEET = Blank(
    head=(
        "STT",
        NAME,
        YEAR,
        LINE,
        GUIDE,
        REVIEWER,
        PLACE,
        MEMBER,
        UNIT,
        ROLE,
        PERSON,
        SINCE,
        BASIS,
    ),
    needed=(NAME, YEAR, MEMBER),
    guide={
        "Mỗi dòng": "Một thành viên của một cụm, khối, vùng thi đua.",
        NAME: "Bắt buộc. Ví dụ: Vùng thi đua Quang Đông. Cụm đã có thì chỉ thêm thành viên còn "
        "thiếu.",
        YEAR: "Bắt buộc. Năm thi đua.",
        LINE: "UBND hoặc MTTQ. Để trống: UBND.",
        GUIDE: "Cơ quan ban hành hướng dẫn; ghi ở dòng đầu của mỗi cụm mới.",
        REVIEWER: "Để trống: chính là cơ quan hướng dẫn.",
        PLACE: "Số thứ tự cột trên văn bản. Để trống: theo thứ tự dòng. Thành viên thêm sau đứng "
        "sau các thành viên đã có.",
        MEMBER: "Bắt buộc. Tên cơ quan như trong danh sách Cơ quan: UBND xã, phòng, ban, trường, "
        "công ty, công đoàn, thôn; cùng một đơn vị hay khác cấp đều được.",
        UNIT: "Chỉ cần khi hai cơ quan trùng tên.",
        ROLE: "Cụm trưởng hoặc Cụm phó; để trống với thành viên khác. Cụm chỉ có một thành viên "
        "thì thành viên ấy là Cụm trưởng.",
        PERSON: "Người đảm nhiệm, là người giữ chức đã ghi; có thể để trống.",
        SINCE: "Cụm trưởng, Cụm phó từ ngày nào. Để trống: từ 01/01 của năm.",
        BASIS: "Hội nghị bầu hoặc số, ngày quyết định. Để trống: Theo danh sách cụm của năm.",
    },
    example=(
        [
            1,
            "Vùng thi đua Quang Đông",
            2026,
            "UBND",
            "UBND tỉnh Ninh Bình",
            "",
            1,
            "UBND xã Hải Quang",
            "",
            "Cụm trưởng",
        ],
        [
            2,
            "Vùng thi đua Quang Đông",
            2026,
            "UBND",
            "",
            "",
            2,
            "UBND xã Hải Tiến",
            "",
            "Cụm phó",
        ],
    ),
)

Key = tuple[str, int, Line]


@dataclass
class Joining:
    """A member that the sheet adds, at its place; `row` says so."""

    place: int
    body: Body
    row: Row


@dataclass
class Known:
    """What is there, and what the rows above have added."""

    places: Places
    bodies: Bodies
    clusters: dict[Key, Cluster] = field(default_factory=dict)
    joining: dict[Cluster, list[Joining]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[tuple[int, Line, int, int], int] = field(default_factory=dict)


def carry_out(
    sheet: Filled,
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Write every row that can be written; each row says what it did, or why not. Whoever calls
    it keeps all of them or none.
    """
    administer(actor)
    known = Known(Places(today), Bodies(today))
    for cluster in db.session.scalars(select(Cluster).options(selectinload(Cluster.members))):
        known.clusters[_key(cluster.name, cluster.year, cluster.line)] = cluster
    led: list[tuple[Row, Cluster, Body]] = []
    for row in sheet.lines:
        with row_by_row(row):
            led.append(_join(row, known, actor, at))
    for cluster, joining in known.joining.items():
        joining.sort(key=lambda one: one.place)
        add_members(
            cluster,
            [one.body for one in joining],
            version=cluster.version_id,
            actor=actor,
            at=at,
        )
    for row, cluster, body in led:
        with row_by_row(row):
            _lead(row, cluster, body, actor, at)


def _key(name: str, year: int, line: Line) -> Key:
    return same_name_key(name), year, line


def _join(
    row: Row,
    known: Known,
    actor: Actor,
    at: datetime,
) -> tuple[Row, Cluster, Body]:
    """The row's cluster, made where it is missing, and its body, waiting to be added."""
    name = row.wants(NAME)
    check(len(name) <= LONGEST_NAME, _("Tên dài quá %(n)s ký tự.", n=LONGEST_NAME))
    year = year_number(row.wants(YEAR))
    if year is None:
        raise DomainError(_("Năm “%(text)s” không đúng.", text=row[YEAR][:20]))
    line = read_line(row[LINE])
    body = _member(row, known)
    place = whole_number(row[PLACE]) if row[PLACE] else LAST
    if place is None:
        raise DomainError(_("Thứ tự “%(text)s” không phải số.", text=row[PLACE][:20]))
    cluster = known.clusters.get(_key(name, year, line))
    is_new = cluster is None
    if cluster is None:
        cluster = _created(
            row,
            name,
            year,
            line,
            known,
            actor,
            at,
        )
    if any(member.body_id == body.id for member in cluster.members):
        return row, cluster, body
    check_member(body, year, line, cluster.issuer)
    _once(row, known, cluster, body)
    if is_new:  # only now: a row that is refused leaves no cluster to be found
        known.clusters[_key(name, year, line)] = cluster
    known.joining[cluster].append(Joining(place, body, row))
    row.does.append(_("thêm thành viên %(body)s", body=body.name))
    return row, cluster, body


def _once(
    row: Row,
    known: Known,
    cluster: Cluster,
    body: Body,
) -> None:
    """No body stands twice in the sheet under one guidance of a year."""
    key = (cluster.year, cluster.line, cluster.issuer_body_id, body.id)
    before = known.taken.get(key)
    check(
        before is None,
        _("%(body)s đã có ở dòng %(n)s.", body=body.name, n=before or 0),
    )
    known.taken[key] = row.number


def read_line(typed: str) -> Line:
    """The line of a cell; blank: UBND. Raises DomainError."""
    key = fold(typed).removeprefix("he ").strip()
    if key in ("", "ubnd", "uy ban nhan dan"):
        return Line.UBND
    if key in ("mttq", "mat tran"):
        return Line.MTTQ
    raise DomainError(_("Cột “Hệ” chỉ nhận UBND hoặc MTTQ."))


def _member(row: Row, known: Known) -> Body:
    unit = find_unit(known.places.find(row[UNIT]).pid) if row[UNIT] else None
    return known.bodies.find(row.wants(MEMBER), unit)


def _created(
    row: Row,
    name: str,
    year: int,
    line: Line,
    known: Known,
    actor: Actor,
    at: datetime,
) -> Cluster:
    issuer = known.bodies.find(row.wants(GUIDE))
    reviewer = known.bodies.find(row[REVIEWER]) if row[REVIEWER] else issuer
    made = create_cluster(
        name,
        year,
        line,
        issuer=issuer,
        reviewer=reviewer,
        actor=actor,
        at=at,
    )
    row.does.append(_("lập cụm %(name)s năm %(year)s", name=name, year=year))
    return made


def _lead(
    row: Row,
    cluster: Cluster,
    body: Body,
    actor: Actor,
    at: datetime,
) -> None:
    """The row's role in the cluster; a single member leads it without being named."""
    kind = _role(row[ROLE])
    if kind is None and len(cluster.members) == 1 and not cluster.leads:
        kind = LeadKind.LEAD
    if kind is None:
        return
    holds = any(
        one.kind is kind and one.body_id == body.id and one.held_to is None for one in cluster.leads
    )
    if holds:
        return
    lead = Lead(
        kind,
        body,
        _person(row[PERSON], body),
        row[BASIS] or f"Theo danh sách cụm năm {cluster.year}",
        row.day(SINCE) or date(cluster.year, 1, 1),
        None,
    )
    set_lead(
        cluster,
        lead,
        version=cluster.version_id,
        actor=actor,
        at=at,
    )
    row.does.append(_("ghi %(role)s", role=kept_text(LEAD_WORDS[kind])))


def _role(typed: str) -> LeadKind | None:
    key = fold(typed)
    if not key:
        return None
    for kind, word in LEAD_WORDS.items():
        if fold(kept_text(word)).split(" ")[-1] == key.split(" ")[-1]:
            return kind
    raise DomainError(_("Cột “Vai trò trong cụm” chỉ nhận Cụm trưởng, Cụm phó hoặc để trống."))


def _person(name: str, body: Body) -> Person | None:
    if not name:
        return None
    key = same_name_key(name)
    found = [one for one in people_of(body.unit) if same_name_key(one.name) == key]
    if len(found) == 1:
        return found[0]
    if found:
        raise DomainError(
            _("Đơn vị có nhiều người tên %(name)s. Hãy chọn ở trang của cụm.", name=name)
        )
    raise DomainError(
        _("Chưa ghi %(name)s là người giữ chức của %(body)s.", name=name, body=body.name)
    )
