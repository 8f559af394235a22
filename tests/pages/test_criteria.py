"""The pages of criteria sets: pasted, looked at, mended on the spot, published, taken for a
year, exported and read again.
"""

from __future__ import annotations

import html5lib
import pytest
from sqlalchemy import select

from pledge_app.campaigns.models import EmulationYear
from pledge_app.criteria import operations
from pledge_app.criteria.models import CriteriaSet
from pledge_app.criteria.rows import CriterionRow
from pledge_app.criteria.states import SetState
from pledge_app.kernel.base import db
from pledge_app.web.kept_texts import KeptText
from tests import make
from tests.cast import TODAY
from tests.make import AT
from tests.rooms.criteria.tables import MESSY, TWELVE
from tests.site import XHTML

NEW = "/quan-tri/bo-tieu-chi/them"
HEAD = {
    "name": "Bộ tiêu chí xã 2027",
    "valid_from": "01/01/2027",
    "valid_to": "",
    "source": "Hướng dẫn 19/HD-UBND",
    "ver": "0",
}


def fields(page: str) -> dict[str, str]:
    """What the form of the table would send, without any button."""
    root = html5lib.HTMLParser(namespaceHTMLElements=True).parse(page)
    form = next(
        one for one in root.iter(f"{XHTML}form") if (one.get("id") or "").startswith("criteria-")
    )
    values = {}
    for field in form.iter():
        name = field.get("name")
        if not name or name in ("csrf_token", "file"):
            continue
        if field.tag == f"{XHTML}select":
            values[name] = next(
                one.get("value")
                for one in field.iter(f"{XHTML}option")
                if one.get("selected") is not None
            )
        elif field.tag == f"{XHTML}textarea":
            values[name] = (field.text or "").removeprefix("\n")
        elif field.tag == f"{XHTML}input":
            values[name] = field.get("value") or ""
    return values


def pasted(visitor, block: str) -> dict[str, str]:
    return fields(visitor.post(NEW, HEAD | {"block": block, "then": "read"}, status=200).text)


def newest() -> CriteriaSet:
    return db.session.scalars(select(CriteriaSet).order_by(CriteriaSet.id.desc())).first()  # type: ignore[return-value]


def test_a_pasted_table_is_looked_at_before_anything_is_written(visit):
    quan = visit("quan")
    before = db.session.query(CriteriaSet).count()
    page = quan.post(NEW, HEAD | {"block": TWELVE, "then": "read"}, status=200).text
    assert "Đọc được 15 dòng; 0 dòng cần xem lại." in page
    assert "“ĐVT” = đơn vị tính" in page
    assert "PHÒNG NỘI VỤ HUYỆN CHÂU THÀNH" in page
    assert db.session.query(CriteriaSet).count() == before


def test_from_a_paste_to_a_year(visit, cast):
    quan = visit("quan")
    quan.post(NEW, pasted(quan, TWELVE) | {"then": "write"})
    made = newest()
    assert (made.name, made.state, len(made.criteria)) == (
        "Bộ tiêu chí xã 2027",
        SetState.DRAFT,
        15,
    )
    points = next(row for row in made.criteria if row.code == "7")
    assert (str(points.max_points), points.criteria_set_id) == ("2.5", made.id)
    page = quan.get(f"/quan-tri/bo-tieu-chi/{made.pid}/ban-hanh").text
    assert "58 số liệu: 10 chỉ tiêu của năm và 48 kết quả" in page
    assert "không sửa, không xóa được nữa" in page
    quan.post(f"/quan-tri/bo-tieu-chi/{made.pid}/ban-hanh", {"ver": str(made.version_id)})
    assert "Đã ban hành" in visit("lan").get(f"/bo-tieu-chi/{made.pid}").text
    year = db.session.get_one(EmulationYear, cast.year)
    assert "Bộ tiêu chí xã 2027" in quan.get(f"/nam-thi-dua/{year.pid}/huong-dan").text


def test_a_messy_table_is_mended_on_the_spot_and_becomes_a_draft(visit):
    quan = visit("quan")
    typed = pasted(quan, MESSY)
    page = quan.post(NEW, typed | {"then": "write"}, status=422).text
    assert "Chưa ghi gì: 3 chỗ phải sửa" in page
    assert "Dòng 12: Mã C3.1 đã có ở dòng 11" in page
    assert fields(page) == typed
    one = fields(quan.post(NEW, typed | {"fix": "4:points"}, status=200).text)
    assert (one["points-4"], one["code-4"], one["code-10"]) == ("2,5", "a.1.2", "C3.1")
    whole = fields(quan.post(NEW, typed | {"then": "fix_all"}, status=200).text)
    assert (whole["points-4"], whole["code-4"], whole["code-10"], whole["code-11"]) == (
        "2,5",
        "a1.2",
        "C3.1b",
        "C3.1c",
    )
    answer = quan.post(NEW, whole | {"then": "write"})
    made = newest()
    assert [row.name for row in made.criteria if row.code in ("C3.1", "C3.1b", "C3.1c")] == [
        "Tham gia đủ hội nghị",
        "Báo cáo đúng hạn",
        "Hồ sơ lưu trữ",
    ]
    assert len(made.criteria) == 16  # 17 rows but the remark, which was shown as left out
    assert "1 dòng được bỏ qua theo lựa chọn của bạn" in quan.get(answer.headers["Location"]).text
    assert next(row.note for row in made.criteria if row.code == "C3.1b") == (
        "Thưởng: +0,1 nếu sớm 05 ngày làm việc; Trừ: -0,1 mỗi báo cáo"
    )


def test_the_remark_is_taken_in_when_somebody_says_so(visit):
    quan = visit("quan")
    typed = fields(quan.post(NEW, pasted(quan, MESSY) | {"then": "fix_all"}, status=200).text)
    quan.post(NEW, typed | {"does-12": "criterion", "code-12": "c9", "then": "write"})
    assert "(Góp ý: xem lại mục này)" in [row.name for row in newest().criteria]


def test_a_row_is_moved_added_and_nothing_else_changes(visit):
    quan = visit("quan")
    typed = pasted(quan, TWELVE)
    moved = fields(quan.post(NEW, typed | {"move": "2:up"}, status=200).text)
    assert (moved["name-1"], moved["name-2"]) == (typed["name-2"], typed["name-1"])
    assert {key: value for key, value in moved.items() if key.endswith("-7")} == {
        key: value for key, value in typed.items() if key.endswith("-7")
    }
    longer = fields(quan.post(NEW, typed | {"then": "add"}, status=200).text)
    assert longer["name-15"] == ""
    quan.post(NEW, typed | {"move": "99:up", "fix": "98:code"}, status=200)


def test_more_rows_are_pasted_below(visit):
    quan = visit("quan")
    typed = pasted(quan, "Mã\tTiêu chí\n1\tThu nhập")
    more = fields(
        quan.post(
            NEW, typed | {"block": "Mã\tTiêu chí\n2\tHộ nghèo", "then": "read"}, status=200
        ).text
    )
    assert (more["name-0"], more["name-1"]) == ("Thu nhập", "Hộ nghèo")
    assert (more["line-0"], more["line-1"]) == ("1", "2")


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("", "Chưa dán gì"),
        ("a" * 400_001, "Phần dán quá lớn"),
        ("Tiêu chí\n" + "dài" * 500, "Dòng 2 có ô dài quá"),
    ],
)
def test_what_cannot_be_read_says_why(visit, block, sentence):
    page = visit("quan").post(NEW, HEAD | {"block": block, "then": "read"}, status=422).text
    assert sentence in page


def test_a_set_without_a_name_or_with_a_wrong_day_loses_nothing(visit):
    quan = visit("quan")
    typed = pasted(quan, TWELVE)
    page = quan.post(
        NEW, typed | {"name": "", "valid_from": "31/02/2027", "then": "write"}, status=422
    ).text
    assert "Không có ngày 31/02/2027" in page
    assert fields(page)["name-3"] == typed["name-3"]


@pytest.fixture
def draft(app, cast) -> CriteriaSet:
    made = operations.import_set(
        "Bộ nháp",
        [CriterionRow("1", "Thu nhập")],
        valid_from=TODAY,
        valid_to=None,
        source="",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    db.session.commit()
    return made


def test_a_draft_is_edited_and_a_stale_page_is_kept(visit, draft):
    quan = visit("quan")
    address = f"/quan-tri/bo-tieu-chi/{draft.pid}/sua"
    typed = fields(quan.get(address).text)
    quan.post(address, typed | {"unit-0": "triệu đồng", "then": "write"})
    assert newest().criteria[0].unit_of_measure == "triệu đồng"
    quan.post(address, typed | {"unit-0": "tỷ đồng", "then": "write"}, status=409)
    kept = db.session.scalars(select(KeptText)).one()
    assert kept.fields["unit-0"] == ["tỷ đồng"]


def test_a_draft_is_seen_by_those_who_make_it_alone(visit, draft):
    assert "Bộ nháp" in visit("quan").get("/bo-tieu-chi").text
    lan = visit("lan")
    assert "Bộ nháp" not in lan.get("/bo-tieu-chi").text
    lan.get(f"/bo-tieu-chi/{draft.pid}", status=404)
    lan.post(f"/bo-tieu-chi/{draft.pid}/xlsx", status=404)


def test_a_draft_is_deleted_after_a_question(visit, draft):
    quan = visit("quan")
    assert "mất hẳn" in quan.get(f"/quan-tri/bo-tieu-chi/{draft.pid}/xoa").text
    quan.post(f"/quan-tri/bo-tieu-chi/{draft.pid}/xoa", {"ver": "1"})
    quan.get(f"/bo-tieu-chi/{draft.pid}", status=404)


def test_a_published_set_is_renewed_and_says_where_it_is_used(visit, cast):
    quan = visit("quan")
    published = db.session.get_one(EmulationYear, cast.year).criteria_set
    assert published is not None
    page = visit("lan").get(f"/bo-tieu-chi/{published.pid}").text
    assert "Năm thi đua 2023, hệ UBND" in page
    assert "Lập phiên bản mới" not in page
    quan.get(f"/quan-tri/bo-tieu-chi/{published.pid}/sua", status=409)
    quan.post(f"/quan-tri/bo-tieu-chi/{published.pid}/phien-ban-moi")
    assert (newest().name, newest().version, newest().state) == (published.name, 2, SetState.DRAFT)
    assert "bản 2" in quan.get(f"/bo-tieu-chi/{published.pid}").text
    assert "bản 2" not in visit("lan").get(f"/bo-tieu-chi/{published.pid}").text


def test_a_set_ends_after_a_question_and_the_year_that_has_it_keeps_it(visit, cast):
    quan = visit("quan")
    year = db.session.get_one(EmulationYear, cast.year)
    published = year.criteria_set
    assert published is not None
    address = f"/quan-tri/bo-tieu-chi/{published.pid}/het-hieu-luc"
    assert "2023" in quan.get(address).text
    typed = {"ver": str(published.version_id), "on": TODAY.strftime("%d/%m/%Y")}
    assert "Lý do" in quan.post(address, typed | {"reason": ""}, status=422).text
    quan.post(address, typed | {"reason": "Có bộ mới"})
    page = visit("lan").get(f"/bo-tieu-chi/{published.pid}").text
    assert "Hết hiệu lực" in page
    assert "Có bộ mới" in page
    guidance = quan.get(f"/nam-thi-dua/{year.pid}/huong-dan").text
    assert f'<option selected value="{published.pid}">' in guidance
    quan.post(address, typed | {"reason": "Lần nữa"}, status=409)


def test_a_new_version_shows_its_differences_before_it_is_published(visit, cast):
    quan = visit("quan")
    published = db.session.get_one(EmulationYear, cast.year).criteria_set
    assert published is not None
    quan.post(f"/quan-tri/bo-tieu-chi/{published.pid}/phien-ban-moi")
    draft = newest()
    assert "Khác bản 1" in quan.get(f"/bo-tieu-chi/{draft.pid}").text
    address = f"/quan-tri/bo-tieu-chi/{draft.pid}"
    typed = fields(quan.get(f"{address}/sua").text)
    quan.post(f"{address}/sua", typed | {"points-1": "7,5", "then": "write"})
    page = quan.get(f"{address}/ban-hanh").text
    assert "thêm 0, bỏ 0, sửa 1 dòng" in page
    assert "7,5" in page


def test_the_form_of_a_year_leads_to_where_a_set_is_made(visit, cast):
    year = db.session.get_one(EmulationYear, cast.year)
    address = f"/nam-thi-dua/{year.pid}/huong-dan"
    assert "Chưa có bộ tiêu chí nào được ban hành" not in visit("quan").get(address).text
    make.empty_of_criteria(year)
    assert 'href="/bo-tieu-chi">Lập và ban hành bộ tiêu chí' in visit("quan").get(address).text
    page = visit("rev").get(address).text
    assert "Quản trị viên lập và ban hành bộ tiêu chí" in page
    assert 'href="/bo-tieu-chi">Lập' not in page


def test_a_set_whose_days_do_not_reach_into_the_year_is_offered_with_a_word(visit, cast):
    made = operations.import_set(
        "Bộ của năm sau",
        [CriterionRow("1", "Thu nhập")],
        valid_from=TODAY.replace(year=2024),
        valid_to=None,
        source="",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    operations.publish(made, actor=make.actor(cast, "quan"), at=AT)
    db.session.commit()
    year = db.session.get_one(EmulationYear, cast.year)
    page = visit("rev").get(f"/nam-thi-dua/{year.pid}/huong-dan").text
    assert "Bộ của năm sau (bản 1), không áp dụng cho năm 2023" in page


def test_a_wide_line_above_many_short_ones_is_refused_with_what_to_do(visit):
    block = "a" + "\t" * 20_000 + "b\n" + "c\n" * 10_000
    answer = visit("quan").post(NEW, {"then": "read", "ver": "0", "block": block}, status=422)
    assert "Hãy chỉ chọn phần bảng cần dán" in answer.text
