"""A sheet of clusters: any bodies of any level, in their order, with who leads; faults by row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from pledge_app.kernel.base import db
from pledge_app.orgs import bodies, cluster_queries, cluster_sheet
from pledge_app.orgs.models import Body, BodyKind, Cluster, LeadKind
from pledge_app.tables.filled import Filled, fill
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
HEAD = (
    "Cụm thi đua",
    "Năm",
    "Hệ",
    "Cơ quan hướng dẫn",
    "Thứ tự trên văn bản",
    "Thành viên",
    "Vai trò trong cụm",
    "Người đảm nhiệm",
)
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def guide(cast) -> str:
    return db.session.get_one(Body, cast.bodies["huyện"]).name


def row(guide: str, member: str, place: str = "", role: str = "", person: str = "") -> list[str]:
    return ["Khối 17", "2024", "UBND", guide, place, member, role, person]


def written(cast, *rows: list[str]) -> Filled:
    sheet = fill(cluster_sheet.SHEET, [list(HEAD), *rows])
    cluster_sheet.carry_out(sheet, actor=make.actor(cast, "quan"), at=AT, today=TODAY)
    return sheet


def made() -> Cluster:
    return db.session.scalars(select(Cluster).where(Cluster.name == "Khối 17")).one()


def found(cast, kind: BodyKind, name: str, unit: str = "huyện") -> Body:
    """A body of the unit."""
    values = {
        "kind": kind,
        "name": name,
        "full_name": name,
        "superior_name": "",
        "symbol": "",
        "place": "Hải Hậu",
        "exists_from": None,
    }
    above = db.session.get_one(Body, cast.bodies[unit]).unit
    return bodies.add_body(above, values, actor=make.actor(cast, "quan"), at=AT)


def test_enterprises_of_one_unit_join_one_cluster_in_their_order(cast, guide):
    names = [f"Công ty số {n}" for n in range(1, 14)]
    for name in names:
        found(cast, BodyKind.ENTERPRISE, name)
    rows = [row(guide, name, str(n)) for n, name in enumerate(reversed(names), 1)]
    rows[0][6] = "Cụm trưởng"
    assert written(cast, *rows).faulty == []
    assert [one.body.name for one in made().members] == names[::-1]
    assert [(one.kind, one.body.name) for one in made().leads] == [(LeadKind.LEAD, "Công ty số 13")]


def test_they_are_offered_in_the_browser_too_and_others_by_their_name(cast, guide):
    found(cast, BodyKind.ENTERPRISE, "Công ty Một")
    found(cast, BodyKind.PARTY, "Đảng ủy xã Hải Quang", "Hải Quang")
    written(cast, row(guide, "UBND xã Hải Quang"))
    offered = {body.name for body in cluster_queries.candidates(made())}
    assert "Công ty Một" in offered
    assert "Đảng ủy xã Hải Quang" not in offered
    searched = cluster_queries.candidates(made(), "dang uy")
    assert [body.name for body in searched] == ["Đảng ủy xã Hải Quang"]


def test_a_single_member_leads_its_cluster_without_being_named(cast, guide):
    written(cast, row(guide, "UBND xã Hải Quang"))
    lead = made().leads[0]
    assert (lead.kind, lead.body.place, lead.held_from) == (
        LeadKind.LEAD,
        "Hải Quang",
        date(2024, 1, 1),
    )


def test_the_same_sheet_again_changes_nothing(cast, guide):
    rows = [row(guide, "UBND xã Hải Quang", "1", "Cụm trưởng"), row("", "UBND xã Hải Tây", "2")]
    written(cast, *rows)
    again = written(cast, *rows)
    assert (again.changing, again.faulty) == ([], [])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({1: "20x6"}, "Năm “20x6” không đúng"),
        ({2: "Đảng"}, "chỉ nhận UBND hoặc MTTQ"),
        ({3: ""}, "Chưa ghi cột “Cơ quan hướng dẫn”"),
        ({3: "UBND tỉnh Lạ"}, "Không có cơ quan “UBND tỉnh Lạ”"),
        ({4: "nhất"}, "Thứ tự “nhất” không phải số"),
        ({5: "UBND xã Lạ"}, "Không có cơ quan “UBND xã Lạ”"),
        ({6: "Thư ký"}, "chỉ nhận Cụm trưởng, Cụm phó"),
        ({6: "Cụm trưởng", 7: "Ai Đó"}, "Chưa ghi Ai Đó là người giữ chức"),
        ({2: "MTTQ"}, "không thuộc hệ của cụm"),
    ],
)
def test_what_cannot_be_written_is_said_at_its_row(cast, guide, change, said):
    wrong = row(guide, "UBND xã Hải Quang")
    for place, text in change.items():
        wrong[place] = text
    assert said in " ".join(written(cast, wrong).lines[0].faults)


def test_a_body_stands_once_in_a_guidance(cast, guide):
    other = row(guide, "UBND xã Hải Quang")
    other[0] = "Khối 18"
    sheet = written(cast, row(guide, "UBND xã Hải Quang"), other)
    assert "đã có ở dòng 2" in " ".join(sheet.lines[1].faults)
