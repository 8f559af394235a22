"""A set as a file: written, read again unchanged, its template, cells that would be cut."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from pledge_app.criteria import operations, sheets
from pledge_app.criteria.kinds import Cadence, Direction, ValueKind
from pledge_app.criteria.rows import CriterionRow
from pledge_app.kernel.base import db
from tests import make
from tests.cast import TODAY
from tests.make import AT
from tests.pages.test_criteria import HEAD, NEW, fields, newest

ROWS = [
    CriterionRow("I", "Kinh tế", is_group=True, max_points=Decimal("12.5")),
    CriterionRow(
        "1",
        "Thu nhập",
        "I",
        unit_of_measure="triệu đồng",
        cadence=Cadence.STATE,
        max_points=Decimal("2.5"),
        note="Thưởng: +1/giải pháp",
    ),
    CriterionRow(
        "2",
        "=1+1",
        "I",
        unit_of_measure="%",
        kind=ValueKind.PERCENT,
        direction=Direction.LOWER,
        cadence=Cadence.STATE,
        max_points=Decimal("1000.25"),
    ),
    CriterionRow("II", "tên nhóm viết thường", is_group=True),
    CriterionRow("b.3", "Khiếu kiện", "II", unit_of_measure="vụ", direction=Direction.KEEP_ZERO),
    CriterionRow(
        "4",
        "XÃ KIỂU MẪU",
        "II",
        kind=ValueKind.YES_NO,
        direction=Direction.YES_NO,
        cadence=Cadence.STATE,
    ),
    CriterionRow(
        "5",
        "Thôn văn hóa",
        "II",
        unit_of_measure="%",
        kind=ValueKind.COUNTED_ROWS,
        cadence=Cadence.CUMULATIVE,
    ),
    CriterionRow(
        "6",
        "Sản phẩm OCOP từ 3 sao",
        "II",
        unit_of_measure="%",
        kind=ValueKind.COUNTED_ROWS,
        cadence=Cadence.STATE,
        counts="product",
    ),
]


def test_a_cell_of_a_file_that_would_be_cut_is_named(visit):
    row = CriterionRow("1", "Thu nhập", note="dài " * 130)
    file = (BytesIO(sheets.book("Bộ", "", [row])), "bo.xlsx")
    page = (
        visit("quan")
        .post(
            NEW,
            HEAD | {"block": "", "then": "read", "file": file},
            status=422,
            content_type="multipart/form-data",
        )
        .text
    )
    assert "Dòng 5 có ô dài quá 499 ký tự" in page


def test_a_file_is_read_and_exported_and_read_again_unchanged(visit, cast):
    quan = visit("quan")
    made = operations.import_set(
        "Bộ gốc",
        ROWS,
        valid_from=TODAY,
        valid_to=None,
        source="",
        actor=make.actor(cast, "quan"),
        at=AT,
    )
    db.session.commit()
    data = quan.post(f"/bo-tieu-chi/{made.pid}/xlsx", status=200).data
    typed = fields(
        quan.post(
            NEW,
            HEAD | {"block": "", "then": "read", "file": (BytesIO(data), "bo.xlsx")},
            status=200,
            content_type="multipart/form-data",
        ).text
    )
    quan.post(NEW, typed | {"then": "write"})
    assert operations.rows_of(newest()) == ROWS


def test_the_template_reads_as_it_says(visit):
    quan = visit("quan")
    data = quan.get("/quan-tri/bo-tieu-chi/mau").data
    assert load_workbook(BytesIO(data)).sheetnames == ["Bộ tiêu chí", "Hướng dẫn"]
    typed = fields(
        quan.post(
            NEW,
            HEAD | {"block": "", "then": "read", "file": (BytesIO(data), "mau.xlsx")},
            status=200,
            content_type="multipart/form-data",
        ).text
    )
    quan.post(NEW, typed | {"then": "write"})
    assert operations.rows_of(newest()) == list(sheets.EXAMPLE)
