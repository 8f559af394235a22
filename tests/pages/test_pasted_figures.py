"""Two pages that take a pasted block: assigned figures, and last year's results.

Nothing is written before it is seen.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from html import unescape

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.audit.sentences import sentence
from pledge_app.campaigns.models import AssignedFigure, EmulationYear, LastResult
from pledge_app.kernel.base import db
from tests import make
from tests.make import AT, target_of
from tests.rooms.pledges.test_assigned_later import assign

ASSIGNED, RESULTS = "chi-tieu-giao", "ket-qua-nam-truoc"
CONTRADICTING = (
    "STT\tTiêu chí\tHải Quang\tHải Đông\n2\tQuỹ Vì người nghèo\t60\t55\nx\tSản phẩm OCOP\t7\t8\n"
)


def address(cast, page: str) -> str:
    return f"/nam-thi-dua/{db.session.get_one(EmulationYear, cast.year).pid}/{page}"


def assigned(cast, code: str, commune: str = "Hải Quang") -> Decimal | None:
    return db.session.scalar(
        select(AssignedFigure.value).where(
            AssignedFigure.unit_id == cast.units[commune],
            AssignedFigure.criterion_id == cast.criteria[code],
        )
    )


def given(cast, code: str, commune: str = "Hải Quang") -> Decimal | None:
    return db.session.scalar(
        select(LastResult.value).where(
            LastResult.unit_id == cast.units[commune],
            LastResult.criterion_id == cast.criteria[code],
        )
    )


def preview(visit, cast, page: str, block: str, **more: object) -> str:
    answer = visit("rev").post(address(cast, page), {"block": block, **more}, status=200)
    return " ".join(unescape(answer.text).split())


def write(visit, cast, page: str, block: str, **more: object) -> None:
    """As the two buttons do: look at it, then write what was seen."""
    shown = visit("rev").post(address(cast, page), {"block": block, **more}, status=200).text
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    form = {"block": block, "then": "write", "seen": seen, **more}
    visit("rev").post(address(cast, page), form, status=303 if seen else 200)
    db.session.expire_all()


def test_a_code_that_contradicts_its_name_is_asked_about_and_not_written(visit, cast, app):
    page = preview(visit, cast, ASSIGNED, CONTRADICTING)
    assert "2 số sẽ được ghi" in page
    assert (
        "Dòng 2: “2 Quỹ Vì người nghèo” là <strong>2. Thu nhập trên 1 ha canh tác</strong>" in page
    )
    write(visit, cast, ASSIGNED, CONTRADICTING)
    assert assigned(cast, "2") == 150
    assert assigned(cast, "1") == 7


def test_a_contradiction_that_is_confirmed_is_written(visit, cast, app):
    token = f"{cast.criteria['2']}:2 Quỹ Vì người nghèo"
    page = preview(visit, cast, ASSIGNED, CONTRADICTING, same=token)
    assert "4 số sẽ được ghi" in page
    assert f'name="same" value="{token}"' in page, "what is written is what was seen"
    write(visit, cast, ASSIGNED, CONTRADICTING, same=token)
    assert assigned(cast, "2") == 60
    assert assigned(cast, "1") == 7


def test_what_was_pasted_stands_beside_what_it_was_understood_as(visit, cast, app):
    page = preview(visit, cast, ASSIGNED, "\tHẢI QUANG\n1. Sản phẩm OCOP\t5")
    for shown in ("1. Sản phẩm OCOP · HẢI QUANG", "UBND xã Hải Quang", "<strong>5</strong>"):
        assert shown in page


@pytest.mark.parametrize("name", ["Thị trấn Hải Quang", "Phường Hải Quang", "Xã Hải Quảng"])
def test_another_commune_of_nearly_the_same_name_gets_nothing(visit, cast, app, name):
    page = preview(visit, cast, ASSIGNED, f"\t{name}\tHải Đông\n1\t5\t6")
    assert f"cột 2: {name}" in page
    assert "1 số sẽ được ghi" in page


@pytest.mark.parametrize(("dash", "value"), [("", 2), ("blank", 2), ("zero", 0)])
def test_a_dash_means_what_is_declared_and_nothing_before(visit, cast, app, dash, value):
    block = "\tHải Quang\tHải Đông\n1\t-\t9"
    assert ("là để trống hay là 0?" in preview(visit, cast, ASSIGNED, block, dash=dash)) == (
        dash == ""
    )
    write(visit, cast, ASSIGNED, block, dash=dash)
    assert assigned(cast, "1") == value
    assert assigned(cast, "1", "Hải Đông") == 9


def test_an_assigned_figure_is_taken_back_and_the_trail_says_so(visit, cast, app):
    made = make.pledge(cast)
    assert "thu hồi" in preview(visit, cast, ASSIGNED, "\tHải Quang\n1\txóa")
    write(visit, cast, ASSIGNED, "\tHải Quang\n1\txóa")
    assert assigned(cast, "1") is None
    assert target_of(made, "1").assigned is None
    event = db.session.scalars(
        select(TrailEvent).where(TrailEvent.verb == "year.figures_assigned")
    ).one()
    assert sentence(event.verb, event.data) == "ghi 1 chỉ tiêu giao, trong đó thu hồi 1"


def test_the_preview_says_whose_signed_pledge_keeps_the_old_figure(visit, cast, app):
    make.pledge(cast, state="in_force")
    page = preview(visit, cast, ASSIGNED, "\tHải Quang\tHải Đông\n1\t5\t6")
    assert page.count("đã ký giao ước, bản đã ký giữ mức cũ") == 1


def test_the_reviewer_sees_the_figure_of_now_and_the_one_it_was_sent_with(visit, cast, app):
    made = make.pledge(cast, state="sent", at=AT)
    assign(cast, "2", "180")
    assign(cast, "2", "190")
    page = " ".join(unescape(visit("rev").get(f"/tham-dinh/{made.pid}").text).split())
    assert "190" in page
    assert "lúc gửi: 150" in page


def test_last_years_results_are_written_shown_with_their_source_and_used(visit, cast, app):
    made = make.pledge(cast, state="sent")
    block = "\tHải Quang\tHải Đông\n2\t170\t155,5"
    assert "2 số sẽ được ghi" in preview(visit, cast, RESULTS, block)
    assert given(cast, "2") is None
    write(visit, cast, RESULTS, block)
    assert given(cast, "2") == 170
    assert given(cast, "2", "Hải Đông") == Decimal("155.5")
    page = " ".join(visit("rev").get(address(cast, RESULTS)).text.split())
    assert "155,5 <small>nhập</small>" in page
    page = " ".join(unescape(visit("rev").get(f"/tham-dinh/{made.pid}").text).split())
    assert "Thấp hơn năm trước" in page
    assert "cấp trên nhập" in page
    assert "cấp trên nhập" in unescape(visit("lan").get(f"/giao-uoc/{made.pid}").text)


def test_a_result_that_its_criterion_cannot_have_is_named(visit, cast, app):
    assert "Tỷ lệ không được quá 100 %" in preview(visit, cast, RESULTS, "\tHải Quang\n3\t120")


@pytest.mark.parametrize("page", [ASSIGNED, RESULTS])
def test_what_somebody_else_changed_since_the_preview_is_shown_anew(visit, cast, app, page):
    block = "\tHải Quang\n2\t170"
    shown = preview(visit, cast, page, block)
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    write(visit, cast, page, "\tHải Quang\n2\t165")
    form = {"block": block, "then": "write", "seen": seen}
    said = visit("rev").post(address(cast, page), form, status=409).text
    assert "đã có người khác sửa từ lúc bạn xem trước" in " ".join(said.split())
    assert (assigned if page == ASSIGNED else given)(cast, "2") == 165


def test_a_result_is_dropped_by_its_word(visit, cast, app):
    write(visit, cast, RESULTS, "\tHải Quang\n2\t170")
    write(visit, cast, RESULTS, "\tHải Quang\n2\txóa")
    assert given(cast, "2") is None


@pytest.mark.parametrize("page", [ASSIGNED, RESULTS])
@pytest.mark.parametrize("block", ["", "xin chào", "a\tb\n1\t2"])
def test_a_block_that_says_nothing_is_refused_with_a_sentence(visit, cast, app, page, block):
    answer = visit("rev").post(address(cast, page), {"block": block}, status=422)
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("page", [ASSIGNED, RESULTS])
def test_the_sheet_that_is_exported_can_be_pasted_back_and_changes_nothing(visit, cast, app, page):
    write(visit, cast, RESULTS, "\tHải Quang\tHải Đông\n1\t1.234,5\t0\n2\t170\t155,5")
    data = visit("rev").post(f"{address(cast, page)}/xlsx", status=200).data
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    out = io.StringIO()
    for row in sheet.iter_rows(values_only=True):
        cells = [
            ""
            if cell is None
            else str(cell).replace(".", ",")
            if isinstance(cell, float)
            else str(cell)
            for cell in row
        ]
        csv.writer(out, "excel-tab").writerow(cells)
    found = preview(visit, cast, page, out.getvalue())
    assert "0 số sẽ được ghi" in found
    assert "Không nhận ra" not in found
    assert "chưa đọc được" not in found


def test_others_read_the_year_and_give_no_results(visit, cast, app):
    for who in ("lan", "hung", "giam", "revxa"):
        visit(who).get(address(cast, RESULTS), status=403)
        visit(who).post(
            address(cast, RESULTS), {"block": "\tHải Quang\n2\t1", "then": "write"}, status=403
        )
    assert given(cast, "2") is None


@pytest.mark.parametrize("page", [ASSIGNED, RESULTS])
def test_a_wide_line_above_many_short_ones_is_refused_with_what_to_do(
    visit, cast, page: str
) -> None:
    block = "a" + "\t" * 20_000 + "b\n" + "c\n" * 10_000
    answer = visit("rev").post(address(cast, page), {"block": block}, status=422)
    assert "Hãy chỉ chọn phần bảng cần dán" in answer.text
