"""A sheet of bodies and office-holders: what it writes, and what it says by row where it cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select

from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden
from pledge_app.orgs import office_sheet
from pledge_app.orgs.models import Authority, Body, BodyKind, OfficeHolding, Person
from pledge_app.tables.filled import Filled, dry_run, fill
from tests import make
from tests.cast import TODAY

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("app")
HEAD = (
    "Cơ quan",
    "Đơn vị",
    "Loại cơ quan",
    "Họ và tên",
    "Trùng tên",
    "Chức vụ",
    "Giữ chức từ ngày",
)
SCHOOL = ["Trường THCS Hải Quang", "Xã Hải Quang", ""]
HEAD_TEACHER = [*SCHOOL, "Vũ Thị Sen", "", "Hiệu trưởng", "01/09/2022"]


def read(*rows: list[str]) -> Filled:
    return fill(office_sheet.SHEET, [list(HEAD), *rows])


def written(cast, *rows: list[str]) -> Filled:
    sheet = read(*rows)
    office_sheet.carry_out(sheet, actor=make.actor(cast, "quan"), at=AT, today=TODAY)
    return sheet


def faults(cast, *rows: list[str]) -> str:
    """What is said at the last row."""
    return " ".join(written(cast, *rows).lines[-1].faults)


def test_a_row_founds_the_body_and_writes_its_holder(cast):
    sheet = written(cast, HEAD_TEACHER)
    assert sheet.faulty == []
    body = db.session.scalars(select(Body).where(Body.name == SCHOOL[0])).one()
    held = db.session.scalars(select(OfficeHolding).where(OfficeHolding.body_id == body.id)).one()
    assert (body.kind, body.place) == (BodyKind.SERVICE, "Hải Quang")
    assert (held.person.name, held.title, held.authority) == (
        "Vũ Thị Sen",
        "Hiệu trưởng",
        Authority.NONE,
    )


def test_the_same_sheet_again_changes_nothing(cast):
    written(cast, HEAD_TEACHER)
    again = written(cast, HEAD_TEACHER)
    assert (again.changing, again.faulty) == ([], [])


def test_a_dry_run_says_what_it_would_do_and_leaves_nothing(cast):
    sheet = read(HEAD_TEACHER)
    dry_run(
        lambda: office_sheet.carry_out(sheet, actor=make.actor(cast, "quan"), at=AT, today=TODAY)
    )
    assert sheet.lines[0].does == ["thêm cơ quan", "ghi Hiệu trưởng: Vũ Thị Sen"]
    assert db.session.scalar(select(Body).where(Body.name == SCHOOL[0])) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["UBND xã Lạ", "Xã Không Có", ""], "Không có đơn vị “Xã Không Có”"),
        (["UBND xã Lạ", "", ""], "Chưa ghi cột “Đơn vị”"),
        (["Xóm của xã", "Xã Hải Quang", "thôn"], "không hợp với cấp của đơn vị"),
        (["Nhóm bạn", "Xã Hải Quang", "câu lạc bộ"], "Không rõ loại cơ quan “câu lạc bộ”"),
        ([*SCHOOL, "", "", "Hiệu trưởng", ""], "Có chức vụ mà chưa có họ và tên"),
        ([*SCHOOL, "Vũ Thị Sen", "", "", "01/09/2022"], "Chưa ghi cột “Chức vụ”"),
        ([*SCHOOL, "Vũ Thị Sen", "", "Hiệu trưởng", ""], "Chưa ghi cột “Giữ chức từ ngày”"),
        ([*SCHOOL, "Vũ Thị Sen", "", "Hiệu trưởng", "31/02/2022"], "Giữ chức từ ngày"),
        (["UBND xã Hải Quang", "Xã Hải Quang", "công ty"], "đã ghi với loại khác"),
        (["T" * 201, "Xã Hải Quang", "trường"], "dài quá 200"),
    ],
)
def test_what_cannot_be_written_is_said_at_its_row(cast, row, said):
    assert said in faults(cast, row)


def test_a_faulty_row_leaves_no_body_behind(cast):
    written(cast, [*SCHOOL, "Vũ Thị Sen", "", "", ""])
    assert db.session.scalar(select(Body).where(Body.name == SCHOOL[0])) is None


def test_an_office_that_somebody_holds_is_not_given_twice(cast):
    said = faults(cast, HEAD_TEACHER, [*SCHOOL, "Lê Văn Tám", "", "Hiệu trưởng", "01/10/2022"])
    assert "do Vũ Thị Sen giữ" in said


def test_two_people_of_one_name_are_asked_about_and_told_apart(cast):
    union = ["Công đoàn xã Hải Quang", "Xã Hải Quang", "công đoàn"]
    asked = [*union, "Vũ Thị Sen", "", "Chủ tịch", "01/10/2022"]
    assert "“cùng người” hoặc “người khác”" in faults(cast, HEAD_TEACHER, asked)
    same, another = (
        [*union, "Vũ Thị Sen", word, *asked[5:]] for word in ("Cùng người", "người khác")
    )
    written(cast, same)
    assert db.session.query(Person).filter_by(name="Vũ Thị Sen").count() == 1
    another[5] = "Phó Chủ tịch"
    written(cast, another)
    assert db.session.query(Person).filter_by(name="Vũ Thị Sen").count() == 2
    another[4], another[5] = "cùng người", "Ủy viên"
    assert "nhiều người tên Vũ Thị Sen" in faults(cast, another)


def test_a_body_without_a_holder_is_taken_and_told(cast):
    line = written(cast, SCHOOL).lines[0]
    assert (line.faults, line.notes) == (
        [],
        ["chưa có người giữ chức nên chưa ký được văn bản"],
    )


def test_a_holding_with_another_end_is_left_to_its_page(cast):
    written(cast, HEAD_TEACHER)
    held = db.session.scalars(
        select(OfficeHolding).where(OfficeHolding.title == "Hiệu trưởng")
    ).one()
    held.held_to = date(2023, 1, 1)
    assert "ngày thôi giữ chức khác" in faults(cast, HEAD_TEACHER)


def test_a_sheet_without_its_columns_or_rows_says_so():
    assert "thiếu cột: Đơn vị" in fill(office_sheet.SHEET, [["Cơ quan"], ["x"]]).fault
    assert "chỉ có dòng tiêu đề" in read().fault


def test_only_an_administrator_writes_it(cast):
    with pytest.raises(Forbidden):
        office_sheet.carry_out(read(SCHOOL), actor=make.actor(cast, "lan"), at=AT, today=TODAY)


def test_two_hundred_bodies_with_six_hundred_people_cost_each_row_the_same(cast):
    """Statements a row, not seconds: three times the rows take about three times as many."""
    few, many = (counted(cast, bodies=n) for n in (20, 60))
    assert many / few < 3.2


def counted(cast, *, bodies: int) -> int:
    """The statements of a sheet with three people in each body."""
    rows = [
        [f"Trường số {n} của {bodies}", "Xã Hải Quang", "trường", f"Người {n}.{k}.{bodies}"]
        + ["", f"Chức {k}", "01/09/2022"]
        for n in range(bodies)
        for k in range(3)
    ]
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    assert written(cast, *rows).faulty == []
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
