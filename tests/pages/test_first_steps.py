"""The first page of an empty installation: the steps in order, each with what is there; folded
once they are done.
"""

from __future__ import annotations

import re

import pytest

from pledge_app.accounts.models import RoleGrant, User
from pledge_app.campaigns.models import EmulationYear, LegalBasis
from pledge_app.kernel.base import db
from pledge_app.kernel.installation import Installation
from pledge_app.orgs.models import Body, ClusterLead, OfficeHolding, Unit
from tests import scale
from tests.cast import TODAY
from tests.rooms.upkeep.test_create_admin import GOOD
from tests.site import Visitor

TITLES = [
    "Đơn vị",
    "Cơ quan",
    "Người giữ chức",
    "Người dùng và vai trò",
    "Căn cứ pháp lý",
    "Bộ tiêu chí",
    "Năm thi đua và các hạn",
    "Cụm thi đua",
    "Chỉ tiêu giao",
    "Kết quả năm trước",
    "Đợt thi đua",
]


def titles(page: str) -> list[str]:
    return re.findall(r"<h3>\d+\. (.*?)</h3>", page)


def now(page: str) -> int:
    """The number of the step that is to be done next."""
    return int(re.findall(r"<h3>(\d+)\.", page.split('<li class="now">')[1])[0])


def test_an_office_that_has_everything_sees_its_work_and_finds_the_steps_under_administration(
    cast, visit
):
    quan = visit("quan")
    assert "Các bước bắt đầu" not in quan.get("/").text
    assert 'href="/quan-tri/cac-buoc-bat-dau"' in quan.get("/quan-tri").text
    page = quan.get("/quan-tri/cac-buoc-bat-dau").text
    assert titles(page) == TITLES
    assert "Đã xong 7 trên 7 bước bắt buộc" in page
    assert "5 xã, phường" in page
    assert "12 thôn, xóm" in page


@pytest.mark.parametrize(
    ("model", "place", "said"),
    [(ClusterLead, 8, "2 cụm chưa có thành viên hoặc Cụm trưởng")],
)
def test_a_step_that_is_missing_comes_back_to_the_first_page(cast, visit, model, place, said):
    db.session.query(model).delete()
    page = visit("quan").get("/").text
    assert now(page) == place
    assert said in page
    assert "Đã xong 6 trên 7 bước bắt buộc" in page


def test_legal_bases_can_be_done_later_and_say_so(cast, visit):
    db.session.query(LegalBasis).delete()
    page = visit("quan").get("/quan-tri/cac-buoc-bat-dau").text
    assert "Đã xong 7 trên 7 bước bắt buộc" in page
    step = page.split("5. Căn cứ pháp lý")[1].split("<h3>")[0]
    assert "0 văn bản" in step
    assert "Có thể làm sau" in step
    assert "Mất bao lâu: 1 phút" in " ".join(step.split())


def test_a_member_without_a_holder_is_told(cast, visit):
    db.session.delete(db.session.get_one(OfficeHolding, cast.holdings["hung"]))
    page = visit("quan").get("/").text
    assert now(page) == 3
    assert "1 thành viên của cụm chưa có" in page


def test_a_member_without_a_leader_is_told(cast, visit):
    db.session.query(RoleGrant).filter_by(user_id=cast.users["hung"]).delete()
    page = visit("quan").get("/").text
    assert now(page) == 4
    assert "chưa có người phụ trách: 0, chưa có lãnh đạo: 1" in page


def test_roles_that_nobody_holds_are_named(cast, visit):
    for key in ("rev", "rev2", "revxa"):
        db.session.get_one(User, cast.users[key]).grants[0].held_to = TODAY
    assert "Chưa có: cán bộ thẩm định." in visit("quan").get("/").text


def test_a_year_without_its_set_or_its_deadline_is_not_ready(cast, visit):
    year = db.session.get_one(EmulationYear, cast.year)
    year.criteria_set_id, year.pledge_due_on = None, None
    page = visit("quan").get("/").text
    assert "Năm 2023: chưa chọn bộ tiêu chí, chưa đặt hạn" in page
    assert f'href="/nam-thi-dua/{year.pid}/huong-dan"' in page


def test_nobody_else_sees_them(visit):
    for who in ("lan", "rev", "giam"):
        visit(who).get("/quan-tri/cac-buoc-bat-dau", status=403)


def test_the_number_of_statements_does_not_grow_with_the_communes(app, cast):
    province = scale.begin(cast)
    scale.grow(province, 5)
    few = scale.statements(app, cast.users["quan"], "/quan-tri/cac-buoc-bat-dau")
    scale.grow(province, 40)
    assert scale.statements(app, cast.users["quan"], "/quan-tri/cac-buoc-bat-dau") == few


def test_from_an_empty_database_every_step_is_reached_and_greets_with_what_to_do(empty_app):
    made = empty_app.test_cli_runner().invoke(
        args=[
            "create-admin",
            "--office",
            "Phòng Nội vụ huyện Châu Thành",
            "--username",
            "quan",
            "--name",
            "Võ Thị An",
            "--password",
            GOOD,
        ]
    )
    assert made.exit_code == 0, made.output
    assert db.session.get_one(Installation, 1).office_name == "Phòng Nội vụ huyện Châu Thành"
    quan = Visitor(empty_app, db.session.query(User).one().id)
    page = quan.get("/").text
    assert titles(page) == TITLES
    assert "Đã xong 0 trên 7 bước bắt buộc" in page
    assert "Sở, phòng, ban, ngành · Cấp huyện" in " ".join(page.split())
    own = re.findall(r'href="(/quan-tri/[^"]+/(?:sua|cap))"', page)
    links = re.findall(
        r'class="button[^"]*" href="([^"]+)"', page.split('<ol class="setup">')[1].split("</ol>")[0]
    )
    assert (len(own), len(links)) == (2, 11)
    for link in [*own, *links]:
        quan.get(link)


def test_a_year_may_be_opened_for_the_body_that_guides_before_there_is_a_cluster(empty_app):
    empty_app.test_cli_runner().invoke(
        args=[
            "create-admin",
            "--office",
            "Phòng Nội vụ huyện Châu Thành",
            "--username",
            "quan",
            "--name",
            "Võ Thị An",
            "--password",
            GOOD,
        ]
    )
    quan, unit = Visitor(empty_app, 1), db.session.query(Unit).one()
    quan.post(
        f"/quan-tri/don-vi/{unit.pid}/truc-thuoc",
        {"kind": "commune:Xã", "names": "Phú Hựu", "then": "write"},
    )
    body = {
        "kind": "ubnd",
        "name": "UBND huyện Châu Thành",
        "full_name": "Ủy ban nhân dân huyện Châu Thành",
    }
    quan.post(f"/quan-tri/don-vi/{unit.pid}/co-quan/them", body)
    page = quan.get("/nam-thi-dua/mo").text
    assert page.index("Phòng Nội vụ huyện Châu Thành</option>") < page.index(
        "UBND huyện Châu Thành</option>"
    )
    issuer = db.session.query(Body).filter_by(name="UBND huyện Châu Thành").one().pid
    quan.post("/nam-thi-dua/mo", {"year": "2027", "line": "ubnd", "issuer": issuer})
    assert "Năm 2027: chưa chọn bộ tiêu chí, chưa đặt hạn" in quan.get("/").text
