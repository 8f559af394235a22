"""A table that somebody uploads is read whole, or refused with the true reason."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask_babel import Babel

from pledge_app.child.refusals import Refusal
from pledge_app.child.starting import turn
from pledge_app.tables import reading
from pledge_app.tables.reading import OLD_EXCEL, SheetError, read_table
from pledge_app.tables.workbook import SheetFault, rows_of
from pledge_app.ui.typed_values import parse_day

SHEETS = Path(__file__).parents[1] / "pages" / "sheets"


@pytest.fixture(autouse=True)
def _a_request() -> Iterator[None]:
    """What is refused is said in a language."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


HEAD = ["Cấp", "Mã", "Tên", "Mã cấp trên"]


def book(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    made = openpyxl.Workbook()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["dimension_a1", "dimension_huge", "dimension_small"])
def test_what_a_file_says_of_its_own_size_is_not_believed(name: str) -> None:
    rows = read_table((SHEETS / f"units_{name}.xlsx").read_bytes())
    assert [row[2] for row in rows] == ["Tên", "Tỉnh Ví Dụ", "Huyện Mẫu", "Xã Một", "Xã Hai"]
    assert {len(row) for row in rows} == {4}


def test_a_hidden_or_blank_first_sheet_is_passed_over() -> None:
    assert read_table((SHEETS / "units_hidden_first.xlsx").read_bytes())[0] == HEAD

    def blank_first(made: openpyxl.Workbook) -> None:
        made.create_sheet("Số liệu").append(["Tên"])

    assert read_table(book(blank_first)) == [["Tên"]]


def test_a_file_with_a_password_is_not_called_an_old_one() -> None:
    named = "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SheetError) as refused:
        read_table(OLD_EXCEL + b"\0" * 600 + named + b"\0" * 600)
    assert (refused.value.fault, "mật khẩu" in refused.value.sentence) == (SheetFault.LOCKED, True)
    with pytest.raises(SheetError) as refused:
        read_table(OLD_EXCEL + b"\0" * 600)
    assert refused.value.fault is SheetFault.OLD_EXCEL


def test_a_formula_without_its_result_is_named_and_one_with_it_is_read() -> None:
    def formula(made: openpyxl.Workbook) -> None:
        sheet = made.worksheets[0]
        sheet.append(["Tên", "Số"])
        sheet.append(["Xã Một", "=1+1"])

    data = book(formula)
    with pytest.raises(SheetError) as refused:
        read_table(data)
    assert (refused.value.fault, refused.value.cell) == (SheetFault.NO_RESULT, "B2")
    assert "B2" in refused.value.sentence
    assert read_table(with_result(data, b"<v>2</v>")) == [["Tên", "Số"], ["Xã Một", "2"]]
    blank = with_result(data, b"<v></v>", of_type=b' t="str"')
    assert read_table(blank) == [["Tên", "Số"], ["Xã Một", ""]]


def with_result(data: bytes, result: bytes, *, of_type: bytes = b"") -> bytes:
    """The same file as Excel leaves it: the result beside the formula."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            part = re.sub(rb"<v ?/>|<v></v>", result, part)
            target.writestr(name, part.replace(b'<c r="B2">', b'<c r="B2"' + of_type + b">"))
    return out.getvalue()


def test_figures_and_days_are_read_as_excel_shows_them() -> None:
    def figures(made: openpyxl.Workbook) -> None:
        sheet = made.worksheets[0]
        sheet.append([0.9806, 1, 2.5, 0.1 + 0.2, date(2023, 7, 1), "007"])
        sheet["A1"].number_format = "0.00%"
        sheet["B1"].number_format = "0%"

    assert rows_of(book(figures)) == [["98,06%", "100%", "2,5", "0,3", "01/07/2023", "007"]]


@pytest.mark.parametrize("typed", ["2023-07-01", "2023/07/01", "01/07/2023"])
def test_a_day_written_with_the_year_first_is_a_day(typed: str) -> None:
    assert parse_day(typed) == date(2023, 7, 1)


def test_the_number_of_a_day_in_excel_is_asked_about() -> None:
    with pytest.raises(ValueError, match="Ý bạn là 01/07/2023"):
        parse_day("45108")


def test_a_workbook_waits_its_turn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 0)
    with turn(), pytest.raises(SheetError) as refused:
        read_table((SHEETS / "units_dimension_a1.xlsx").read_bytes())
    assert (refused.value.fault, "chờ vài giây" in refused.value.sentence) == (
        SheetFault.BUSY,
        True,
    )


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("timeout", SheetFault.TOO_HEAVY),
        ("memory", SheetFault.TOO_HEAVY),
        ("crashed", SheetFault.NOT_A_TABLE),
        ("because", SheetFault.NOT_A_TABLE),
    ],
)
def test_however_the_child_ends_the_file_is_named_as_the_cause(
    ended: str, said: SheetFault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_work: object) -> None:
        raise Refusal(ended)

    monkeypatch.setattr(reading, "in_child", die)
    with pytest.raises(SheetError) as refused:
        read_table(b"PK\x03\x04")
    assert refused.value.fault is said
    assert "chưa có gì được ghi" in SheetError(SheetFault.TOO_HEAVY).sentence


@pytest.mark.parametrize("rows", [b"", b"{}", b"[1]", b"[" * 100_000])
def test_an_answer_that_is_no_table_is_none(rows: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "in_child", lambda *_work: ({}, rows))
    with pytest.raises(SheetError) as refused:
        read_table(b"PK\x03\x04")
    assert refused.value.fault is SheetFault.NOT_A_TABLE
