"""The register's pages: dry run by row, then loaded; the whole country fits."""

from __future__ import annotations

import html
import io

import pytest

from pledge_app.demo.example import DATA
from pledge_app.kernel.base import db
from pledge_app.orgs.models import RegisterImport

ADDRESS = "/quan-tri/don-vi/nhap"
TYPED = {"source": "Danh mục 2025", "on_date": "01/07/2025"}
SMALL = "Cấp;Mã;Tên;Mã cấp trên\ntỉnh;37;Tỉnh Ninh Bình;\nxã;14287;Xã Hải Quang;37\n"


def sent(data: str | bytes) -> dict[str, object]:
    return {"file": (io.BytesIO(data.encode() if isinstance(data, str) else data), "dm.csv")}


def kept(page: str) -> str:
    return html.unescape(
        page.split('<textarea name="table"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
    )


def test_a_register_is_previewed_and_loaded(visit):
    quan = visit("quan")
    quan.get(ADDRESS)
    page = quan.post(ADDRESS, TYPED | sent(SMALL), status=200).text
    assert "Thêm mới" in page
    assert db.session.query(RegisterImport).count() == 0
    quan.post(ADDRESS, TYPED | {"then": "write", "table": kept(page)})
    assert "thêm 2 đơn vị" in quan.get(ADDRESS).text
    assert "Xã Hải Quang" in quan.get("/don-vi?q=14287&ngay=02/07/2025").text


def test_the_whole_country_fits_through_the_page(visit):
    quan = visit("quan")
    page = quan.post(
        ADDRESS,
        TYPED
        | sent(
            (DATA / "units_vietnam_2025.csv").read_bytes().split(b"\n#")[-1] if False else _plain()
        ),
        status=200,
    ).text
    quan.post(ADDRESS, TYPED | {"then": "write", "table": kept(page)})
    assert db.session.query(RegisterImport).one().added == 34 + 3321


def _plain() -> str:
    lines = (DATA / "units_vietnam_2025.csv").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def test_faulty_rows_wrong_days_and_no_file_get_sentences_and_what_was_typed_stays(visit):
    quan = visit("quan")
    page = quan.post(ADDRESS, TYPED | sent(SMALL + "xã;14A;Xã Sai;37\n"), status=422).text
    assert "Dòng 4: mã không phải chữ số (14A)" in page
    assert "Danh mục 2025" in page
    assert (
        "Không có ngày 31/06/2025"
        in quan.post(ADDRESS, TYPED | {"on_date": "31/06/2025"} | sent(SMALL), status=422).text
    )
    assert "Chưa chọn tệp nào" in quan.post(ADDRESS, TYPED, status=422).text
    assert (
        "không phải bảng Excel"
        in quan.post(ADDRESS, TYPED | sent(b"MZ" + bytes(99)), status=422).text
    )
    quan.post(ADDRESS, TYPED | {"then": "write", "table": "rubbish"}, status=422)


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
    answer = visit("quan").post(ADDRESS, TYPED | {"then": "write", "table": table}, status=422)
    assert "Mã tham chiếu" not in answer.text
