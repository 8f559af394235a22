"""The administrator's pages: bodies and office-holders, clusters, legal bases, deadlines."""

from __future__ import annotations

from pledge_app.accounts.models import User
from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, Cluster, ConcurrentDuties, Delegation, OfficeHolding, Unit


def body(cast, name: str = "Hải Quang") -> Body:
    return db.session.get_one(Body, cast.bodies[name])


def test_the_first_page_leads_everywhere(visit):
    page = visit("quan").get("/quan-tri").text
    for href in ("/quan-tri/nguoi-dung", "/quan-tri/co-quan", "/don-vi", "/nam-thi-dua"):
        assert f'href="{href}"' in page
    visit("lan").get("/quan-tri", status=403)


def test_bodies_are_found_without_diacritics(visit, cast):
    page = visit("quan").get("/quan-tri/co-quan?q=hai quang").text
    assert "UBND xã Hải Quang" in page
    assert "UBND xã Hải Tây" not in page
    assert "Chủ tịch: Ông Hùng" in page


def test_an_empty_search_says_what_to_do(visit):
    assert "Thêm cơ quan" in visit("quan").get("/quan-tri/co-quan?q=khong-co-dau").text


def test_a_body_is_added_from_its_unit(visit, cast):
    quan, unit = visit("quan"), db.session.get_one(Unit, cast.units["Hải Quang"])
    address = f"/quan-tri/don-vi/{unit.pid}/co-quan/them"
    assert address in quan.get(f"/don-vi/{unit.pid}").text
    assert address not in visit("lan").get(f"/don-vi/{unit.pid}").text
    quan.get(address)
    typed = {
        "kind": "mttq",
        "name": "UBMTTQ xã Hải Quang",
        "full_name": "Ủy ban MTTQ Việt Nam xã Hải Quang",
        "exists_from": "30/02/2020",
    }
    refused = quan.post(address, typed, status=422).text
    assert "Không có ngày 30/02/2020 trong lịch." in refused
    assert "UBMTTQ xã Hải Quang" in refused
    quan.post(address, typed | {"exists_from": "01/01/2020"})
    made = db.session.query(Body).filter_by(name="UBMTTQ xã Hải Quang").one()
    assert "Chưa ghi người giữ chức" in quan.get(f"/quan-tri/co-quan/{made.pid}").text


def test_a_refused_body_leaves_nothing_behind(visit, cast):
    quan, unit = visit("quan"), db.session.get_one(Unit, cast.units["Hải Quang"])
    refused = quan.post(
        f"/quan-tri/don-vi/{unit.pid}/co-quan/them",
        {"kind": "ubnd", "name": "UBND xã Hải Quang", "full_name": "Ủy ban nhân dân xã Hải Quang"},
        status=422,
    ).text
    assert "đã có cơ quan tên như vậy" in refused
    assert db.session.query(Body).filter_by(name="UBND xã Hải Quang").count() == 1


def test_a_body_is_described_and_a_stale_page_keeps_what_was_typed(visit, cast):
    quan, pid = visit("quan"), body(cast).pid
    typed = {
        "ver": "1",
        "kind": "ubnd",
        "name": "UBND xã Hải Quang",
        "full_name": "Ủy ban nhân dân xã Hải Quang",
        "place": "Hải Quang mới",
    }
    quan.get(f"/quan-tri/co-quan/{pid}/sua")
    quan.post(f"/quan-tri/co-quan/{pid}/sua", typed)
    stale = quan.post(
        f"/quan-tri/co-quan/{pid}/sua", typed | {"place": "Nơi gõ sau"}, status=409
    ).text
    assert "Nơi gõ sau" in stale
    assert body(cast).place == "Hải Quang mới"


def test_an_office_holder_comes_and_goes(visit, cast):
    quan, pid = visit("quan"), body(cast).pid
    quan.get(f"/quan-tri/co-quan/{pid}/chuc-vu/them")
    typed = {
        "name": "Nguyễn Văn Mới",
        "title": "Chủ tịch",
        "authority": "TM.",
        "held_from": "01/03/2023",
    }
    refused = quan.post(f"/quan-tri/co-quan/{pid}/chuc-vu/them", typed, status=422).text
    assert "Chức Chủ tịch do Ông Hùng giữ từ 01/01/2022 đến nay" in refused
    assert "Nguyễn Văn Mới" in refused
    held = db.session.get_one(OfficeHolding, cast.holdings["hung"])
    quan.get(f"/quan-tri/chuc-vu/{held.pid}/thoi-giu")
    quan.post(f"/quan-tri/chuc-vu/{held.pid}/thoi-giu", {"ver": "1", "on": "01/03/2023"})
    quan.post(f"/quan-tri/co-quan/{pid}/chuc-vu/them", typed)
    page = quan.get(f"/quan-tri/co-quan/{pid}").text
    assert "Nguyễn Văn Mới" in page
    assert "Ông Quản ghi Ông Hùng thôi giữ chức Chủ tịch từ 01/03/2023" in page


def test_a_term_is_corrected_and_delegated(visit, cast):
    quan, held = visit("quan"), db.session.get_one(OfficeHolding, cast.holdings["hung"])
    assert 'value="Ông Hùng"' in quan.get(f"/quan-tri/chuc-vu/{held.pid}").text
    quan.post(
        f"/quan-tri/chuc-vu/{held.pid}",
        {
            "ver": "1",
            "name": "Trần Văn Hùng",
            "title": "Chủ tịch",
            "authority": "TM.",
            "held_from": "15/12/2021",
        },
    )
    quan.get(f"/quan-tri/chuc-vu/{held.pid}/uy-quyen")
    quan.post(
        f"/quan-tri/chuc-vu/{held.pid}/uy-quyen",
        {
            "name": "Bà Thay",
            "authority": "TUQ.",
            "basis": "Giấy ủy quyền 12",
            "held_from": "01/02/2023",
            "held_to": "28/02/2023",
        },
    )
    page = quan.get(f"/quan-tri/co-quan/{held.body.pid}").text
    assert "Bà Thay · TUQ." in page and "01/02/2023 – 28/02/2023" in page
    given = db.session.query(Delegation).one()
    quan.post(f"/quan-tri/uy-quyen/{given.pid}/thu-hoi")
    page = quan.get(f"/quan-tri/co-quan/{held.body.pid}").text
    assert (
        "01/02/2023 – 09/02/2023" in page
        and "Ông Quản thu hồi ủy quyền ký của Bà Thay từ 10/02/2023" in page
    )
    quan.post(f"/quan-tri/uy-quyen/{given.pid}/thu-hoi", status=422)


def test_a_body_with_roles_says_why_it_cannot_end(visit, cast):
    quan, pid = visit("quan"), body(cast).pid
    assert "không hoàn lại được" in quan.get(f"/quan-tri/co-quan/{pid}/ket-thuc").text
    assert (
        "vai trò đang giao"
        in quan.post(
            f"/quan-tri/co-quan/{pid}/ket-thuc", {"ver": "1", "on": "01/03/2023"}, status=422
        ).text
    )


def test_roles_that_get_in_each_others_way_are_told_when_they_are_given(visit, cast):
    quan, page = (
        visit("quan"),
        f"/quan-tri/nguoi-dung/{db.session.get_one(User, cast.users['lan']).pid}",
    )
    typed = {"role": "leader", "body": body(cast).pid, "held_from": "01/01/2023"}
    assert (
        "vừa nhập vừa ký duyệt tại UBND xã Hải Quang"
        in quan.get(quan.post(page, typed).headers["Location"]).text
    )
    above = db.session.get_one(Body, cast.bodies["huyện"]).pid
    told = quan.get(
        quan.post(page, typed | {"role": "reviewer", "body": above}).headers["Location"]
    ).text
    assert "vừa thẩm định cụm vừa là người của UBND xã Hải Quang" in told


def test_one_official_is_allowed_two_duties_for_a_time(visit, cast):
    quan, pid = visit("quan"), body(cast).pid
    page = f"/quan-tri/co-quan/{pid}"
    assert "người nhập không tự ký duyệt" in quan.get(page).text
    assert "không có người thứ hai" in quan.get(page + "/kiem-nhiem").text
    quan.post(page + "/kiem-nhiem", {"valid_from": "10/02/2023", "reason": ""}, status=422)
    typed = {"valid_from": "10/02/2023", "valid_to": "09/02/2023", "reason": "Chỉ còn một cán bộ"}
    assert "đứng trước ngày bắt đầu" in quan.post(page + "/kiem-nhiem", typed, status=422).text
    quan.post(page + "/kiem-nhiem", typed | {"valid_to": ""})
    shown = quan.get(page).text
    assert "Chỉ còn một cán bộ" in shown
    assert "Ông Quản cho phép một người kiêm nhiệm từ 10/02/2023" in shown
    quan.post(page + "/kiem-nhiem", typed | {"valid_to": ""}, status=409)
    row = db.session.query(ConcurrentDuties).one()
    quan.post(f"/quan-tri/kiem-nhiem/{row.pid}/ket-thuc")
    assert "Ông Quản kết thúc việc cho phép một người kiêm nhiệm" in quan.get(page).text
    quan.post(f"/quan-tri/kiem-nhiem/{row.pid}/ket-thuc", status=409)


def test_a_legal_basis_is_added_corrected_and_replaced(visit):
    quan = visit("quan")
    assert "26 tháng 11 năm 2003" in quan.get("/quan-tri/can-cu?q=khen thuong").text
    assert "Không có căn cứ nào khớp" in quan.get("/quan-tri/can-cu?q=zzz").text
    assert (
        "Không có ngày 31/02/2023" in quan.get("/quan-tri/can-cu?ngay=31/02/2023", status=422).text
    )
    typed = {
        "citation": "Nghị định số 98/2023/NĐ-CP",
        "kind": "nghị định",
        "in_force_from": "01/01/2024",
        "in_force_to": "01/01/2020",
    }
    quan.get("/quan-tri/can-cu/them")
    refused = quan.post("/quan-tri/can-cu/them", typed, status=422).text
    assert "Ngày hết hiệu lực đứng trước ngày có hiệu lực." in refused
    assert "98/2023" in refused
    page = quan.post("/quan-tri/can-cu/them", typed | {"in_force_to": ""}).headers["Location"]
    assert "Chưa có hiệu lực" in quan.get(page).text
    quan.get(f"{page}/sua")
    quan.post(f"{page}/sua", typed | {"ver": "1", "in_force_to": "01/07/2025"})
    quan.get(f"{page}/thay-the")
    newer = quan.post(
        f"{page}/thay-the",
        {
            "ver": "2",
            "citation": "Nghị định số 152/2025/NĐ-CP",
            "kind": "nghị định",
            "in_force_from": "01/07/2025",
        },
    ).headers["Location"]
    assert "152/2025" in quan.get(page).text
    quan.get(newer)


def test_a_cluster_is_made_of_last_years_filled_and_put_in_order(visit, cast):
    quan, upper = visit("quan"), body(cast, "huyện").pid
    old = db.session.get_one(Cluster, cast.cluster)
    assert "Vùng thi đua Quang Đông" in quan.get("/quan-tri/cum?q=quang dong&nam=2023&he=ubnd").text
    assert "Không có cụm nào khớp" in quan.get("/quan-tri/cum?nam=1999").text
    quan.get("/quan-tri/cum/them")
    typed = {
        "name": "Cụm 2024",
        "year": "2024",
        "line": "ubnd",
        "issuer": upper,
        "reviewer": upper,
        "copied": old.pid,
    }
    assert (
        "Năm không hợp lệ"
        in quan.post("/quan-tri/cum/them", typed | {"year": "20240"}, status=422).text
    )
    page = quan.post("/quan-tri/cum/them", typed).headers["Location"]
    text = quan.get(page).text
    assert text.count("Bỏ khỏi cụm") == 4
    quan.post(f"{page}/thanh-vien/bo", {"ver": "1", "body": body(cast, "Hải Lý").pid})
    quan.get(f"{page}/thanh-vien")
    assert "Chưa chọn cơ quan nào" in quan.post(f"{page}/thanh-vien", {"ver": "2"}, status=422).text
    quan.post(f"{page}/thanh-vien", {"ver": "2", "bodies": [body(cast, "Hải Lý").pid]})
    order = ["Hải Lý", "Hải Quang", "Hải Đông", "Hải Tây"]
    places = {f"place-{body(cast, name).pid}": str(n) for n, name in enumerate(order, 1)}
    quan.post(f"{page}/thu-tu", {"ver": "3"} | places)
    members = sorted(newest_cluster().members, key=lambda row: row.position)
    assert [row.body.place for row in members] == order


def newest_cluster() -> Cluster:
    return db.session.query(Cluster).order_by(Cluster.id.desc()).limit(1).one()


def test_a_cluster_is_led_documented_and_described_anew(visit, cast):
    quan, upper = visit("quan"), body(cast, "huyện").pid
    page = f"/quan-tri/cum/{db.session.get_one(Cluster, cast.cluster).pid}"
    quan.get(f"{page}/cum-truong")
    quan.post(
        f"{page}/cum-truong",
        {
            "ver": "1",
            "kind": "lead",
            "body": body(cast, "Hải Quang").pid,
            "basis": "Hội nghị bầu",
            "held_from": "01/01/2024",
        },
    )
    quan.get(f"{page}/cum-truong/lead/ket-thuc")
    quan.post(f"{page}/cum-truong/lead/ket-thuc", {"ver": "2", "on": "01/06/2024"})
    quan.get(f"{page}/cum-truong/rubbish/ket-thuc", status=404)
    quan.get(f"{page}/van-ban/them")
    quan.post(
        f"{page}/van-ban/them",
        {
            "kind": "rules",
            "number": "12/QC",
            "dated": "02/01/2024",
            "issuer": "UBND huyện",
            "title": "Quy chế",
        },
    )
    quan.get(f"{page}/sua")
    quan.post(f"{page}/sua", {"ver": "3", "name": "Cụm số 1", "issuer": upper, "reviewer": upper})
    text = quan.get(page).text
    for said in ("Cụm số 1", "12/QC", "Hội nghị bầu", "01/06/2024"):
        assert said in text
    stale = quan.post(
        f"{page}/sua",
        {"ver": "3", "name": "Cụm gõ sau", "issuer": upper, "reviewer": upper},
        status=409,
    ).text
    assert "Cụm gõ sau" in stale


def test_a_cluster_with_nobody_left_to_add_says_so(visit, cast):
    assert (
        "Không còn cơ quan nào để thêm"
        in visit("quan")
        .get(f"/quan-tri/cum/{db.session.get_one(Cluster, cast.cluster).pid}/thanh-vien")
        .text
    )


def test_a_deadline_is_put_off_and_the_clerk_sees_it(visit, cast):
    rev, year = visit("rev"), db.session.get_one(EmulationYear, cast.year)
    address = f"/nam-thi-dua/{year.pid}/gia-han"
    assert address in rev.get(f"/nam-thi-dua/{year.pid}").text
    rev.get(address)
    typed = {
        "what": "pledge",
        "body": body(cast).pid,
        "due_on": "01/02/2023",
        "reason": "Mưa bão kéo dài",
    }
    refused = rev.post(address, typed, status=422).text
    assert "Hạn hiện tại là 20/02/2023." in refused
    assert "Mưa bão kéo dài" in refused
    rev.post(address, typed | {"due_on": "25/02/2023"})
    assert "25/02/2023" in visit("lan").get("/").text
    assert "25/02/2023" not in visit("tay").get("/").text
    assert "Mưa bão kéo dài" in rev.get(f"/nam-thi-dua/{year.pid}").text
