"""The pages of the users' import: sample, preview, one-time passwords; hostile files get a
sentence.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from pledge_app.accounts.importing_sheet import HEAD
from pledge_app.accounts.models import User
from pledge_app.kernel.base import db
from pledge_app.tables.reading import LARGEST
from pledge_app.tables.workbook import MOST_UNPACKED

ADDRESS = "/quan-tri/nguoi-dung/nhap"
GOOD = [
    "Nguyễn Thị Mai",
    "mai.haiquang",
    "",
    "Người phụ trách thi đua",
    "UBND xã Hải Quang",
    "01/02/2023",
    "",
]


def book(*rows: list[str], title: bool = False) -> bytes:
    made, out = Workbook(), io.BytesIO()
    sheet = made.worksheets[0]
    for row in ([["Danh sách"]] if title else []) + [list(HEAD), *rows]:
        sheet.append(row)
    made.save(out)
    return out.getvalue()


def sent(data: bytes, name: str = "ds.xlsx") -> dict[str, object]:
    return {"file": (io.BytesIO(data), name)}


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_a_list_is_previewed_and_loaded_and_the_passwords_are_shown_once(visit):
    quan = visit("quan")
    quan.get(ADDRESS)
    page = quan.post(ADDRESS, sent(book(GOOD, title=True)), status=200).text
    assert "Xem trước, chưa ghi" in page
    assert db.session.query(User).filter_by(username="mai.haiquang").count() == 0
    kept = (
        page.split('<textarea name="table"')[1]
        .split(">", 1)[1]
        .split("</textarea>")[0]
        .strip()
        .replace("&#34;", '"')
    )
    done = quan.post(ADDRESS, {"then": "write", "table": kept}, status=200).text
    assert "chỉ hiện một lần" in done
    assert "mai.haiquang" in done
    assert db.session.query(User).filter_by(username="mai.haiquang").one().must_change_password


def test_the_sample_can_be_filled_in_and_read(visit):
    quan = visit("quan")
    data = quan.client.get(f"{ADDRESS}/mau").data
    assert "Xem trước, chưa ghi" in quan.post(ADDRESS, sent(data), status=200).text


def test_a_faulty_row_is_named_by_its_number_in_the_file(visit):
    quan = visit("quan")
    page = quan.post(
        ADDRESS, sent(book(GOOD, [*GOOD[:4], "UBND xã Không Có", *GOOD[5:]])), status=422
    ).text
    assert "Dòng 3" in page
    assert "UBND xã Không Có" in page
    assert 'value="write"' not in page


HOSTILE = {
    "nothing": (b"", "Tệp không có dòng nào"),
    "a program under another name": (b"MZ" + bytes(400), "không phải bảng Excel"),
    "a zip that is no workbook": (archive(a=b"b"), "không phải bảng Excel"),
    "a broken workbook": (book(GOOD)[:900], "không phải bảng Excel"),
    "a workbook without insides": (
        archive(**{"xl/workbook.xml": b"<x/>"}),
        "không phải bảng Excel",
    ),
    "an old Excel file": (b"\xd0\xcf\x11\xe0" + bytes(500), ".xls"),
    "macros": (archive(**{"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "macro"),
    "a bomb": (
        archive(
            **{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(MOST_UNPACKED + 1)}
        ),
        "quá lớn",
    ),
    "too much": (b"a,b\n" * (LARGEST // 4 + 10), "quá lớn"),
    "not UTF-8": ("Họ và tên,Tên".encode("utf-16"), "không phải bảng Excel"),
    "another table": (b"a,b,c\n1,2,3\n", "thiếu cột"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_list_gets_a_sentence(visit, kind):
    data, said = HOSTILE[kind]
    assert said in visit("quan").post(ADDRESS, sent(data), status=422).text


def test_entities_are_not_expanded(visit):
    good = zipfile.ZipFile(io.BytesIO(book(GOOD)))
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    data = archive(
        **{
            name: evil if name.endswith("sheet1.xml") else good.read(name)
            for name in good.namelist()
        }
    )
    assert "không phải bảng Excel" in visit("quan").post(ADDRESS, sent(data), status=422).text


def test_what_is_too_large_for_the_server_gets_a_page(visit):
    quan = visit("quan")
    assert "giới hạn" in quan.post(ADDRESS, sent(bytes(LARGEST + 3 * 1024 * 1024)), status=413).text


def test_no_file_and_a_forged_table_are_refused(visit):
    quan = visit("quan")
    assert "Chưa chọn tệp nào" in quan.post(ADDRESS, {}, status=422).text
    for table in ("", "[1,2]", "{", '[["a"]]'):
        quan.post(ADDRESS, {"then": "write", "table": table}, status=422)


@pytest.mark.parametrize(
    "table",
    [
        "[" * 100_000,
        '[["a' + "\u0323" * 400 + '"]]',
        '[[{"a": 1}]]',
        "[1, null]",
        '[["x", 1e400, NaN]]',
    ],
)
def test_a_table_that_no_page_carried_is_refused_with_a_sentence(visit, table):
    answer = visit("quan").post(ADDRESS, {"then": "write", "table": table}, status=422)
    assert "Mã tham chiếu" not in answer.text
