"""A block pasted from Excel lands where it belongs, or says where it does not."""

from __future__ import annotations

import unicodedata
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.criteria.paste import Head, PasteFault, read_assigned, read_block
from pledge_app.kernel.numbers import format_number

COMMUNES = [Head(f"u{i}", (f"Xã {n}",)) for i, n in enumerate(["Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý"])]
CRITERIA = [Head("c1", ("1.1", "Mô hình ứng dụng KHKT")),
            Head("c2", ("1.2", "Chuyển đổi cơ cấu cây trồng, vật nuôi")),
            Head("c3", ("2.1", "Sản phẩm OCOP"))]
YES_NO = [Head("c4", ("3.2", "Xã đạt nông thôn mới kiểu mẫu"), is_yes_no=True)]
COMMUNES_ACROSS = ("TT\tTiêu chí\tĐVT\tHải Quang\tHẢI ĐÔNG\tubnd xã Hải Tây\tHai Ly\r\n"
                   "1\tMô hình ứng dụng KHKT\tmô hình\t3\t2\t1\t\r\n"
                   "1.2\tChuyển đổi cơ cấu cây trồng, vật nuôi\tha\t1.234,5\t12,5\t0\t1 000\t\r\n")


def figures(block: str) -> dict[tuple[str, str], D]:
    return {(c.commune, c.criterion): c.value for c in read_assigned(block, COMMUNES, CRITERIA).cells}


def test_communes_may_stand_across_or_down() -> None:
    expected = {("u0", "c1"): D(3), ("u1", "c1"): D(2), ("u2", "c1"): D(1), ("u0", "c2"): D("1234.5"),
                ("u1", "c2"): D("12.5"), ("u2", "c2"): D(0), ("u3", "c2"): D(1000)}
    assert figures(COMMUNES_ACROSS) == expected
    turned = "\n".join("\t".join(row) for row in zip(*read_block(COMMUNES_ACROSS), strict=True))
    down = "\n".join(line for line in turned.split("\n") if not line.startswith(("TT", "ĐVT")))
    assert figures(down) == expected


def test_a_blank_cell_is_not_a_zero() -> None:
    assert ("u3", "c1") not in figures(COMMUNES_ACROSS)
    assert figures(COMMUNES_ACROSS)["u2", "c2"] == 0


def test_faulty_cells_are_named_with_row_and_column_and_the_rest_is_read() -> None:
    seen = read_assigned("\tXã Hải Quang\tXã Hải Đông\n1.1\t1.5\tba\n2.1\t-1\t2", COMMUNES, CRITERIA)
    named = [(f.row, f.column, f.row_name, f.column_name, f.text, f.fault, f.suggestion) for f in seen.faulty]
    assert named == [
        (2, 2, "1.1", "Xã Hải Quang", "1.5", PasteFault.POINT, "1,5"),
        (2, 3, "1.1", "Xã Hải Đông", "ba", PasteFault.SHAPE, ""),
        (3, 2, "2.1", "Xã Hải Quang", "-1", PasteFault.NEGATIVE, "")]
    assert [(c.commune, c.criterion, c.value) for c in seen.cells] == [("u1", "c3", D(2))]


def test_heads_that_fit_nothing_are_listed() -> None:
    seen = read_assigned("Bảng chỉ tiêu\n\tHải Quang\tHải Phú\n2.1 Sản phẩm OCOP\t1\t2\nTổng cộng\t1\t2",
                         COMMUNES, CRITERIA)
    assert seen.unmatched_rows == ((4, "Tổng cộng"),)
    assert seen.unmatched_columns == ((3, "Hải Phú"),)
    assert len(seen.cells) == 1


def test_a_second_figure_for_the_same_place_is_refused() -> None:
    seen = read_assigned("\tHải Quang\tXã Hải Quang\n2.1\t1\t2", COMMUNES, CRITERIA)
    assert [c.value for c in seen.cells] == [D(1)]
    assert [(f.column, f.fault) for f in seen.faulty] == [(3, PasteFault.TWICE)]


def test_a_percent_sign_is_read_over() -> None:
    assert figures("\tHải Quang\n2.1\t100 %") == {("u0", "c3"): D(100)}


def test_reached_or_not_may_be_written_in_words() -> None:
    block = "\tHải Quang\tHải Lý\n3.2\tĐạt\tKhông đạt\n1.1\tĐạt\t"
    seen = read_assigned(block, COMMUNES, [*CRITERIA, *YES_NO])
    assert [(c.commune, c.value) for c in seen.cells] == [("u0", D(1)), ("u3", D(0))]
    assert [f.fault for f in seen.faulty] == [PasteFault.SHAPE]


@pytest.mark.parametrize(("block", "fault"), [
    ("", PasteFault.EMPTY), (" \t \r\n\t", PasteFault.EMPTY), ("a\tb\n1\t2", PasteFault.NO_HEADS),
    ("12", PasteFault.NO_HEADS), ("x" * 400_001, PasteFault.TOO_LARGE),
])
def test_a_block_that_cannot_be_read_says_so(block: str, fault: PasteFault) -> None:
    assert read_assigned(block, COMMUNES, CRITERIA).fault == fault


def test_quotes_breaks_and_spaces_as_excel_writes_them() -> None:
    block = '"Sản phẩm\n""OCOP"""\t1\u00a0000\t\t\r\nb\t2\r\n\r\n'
    assert read_block(block) == [['Sản phẩm "OCOP"', "1 000"], ["b", "2"]]
    assert read_block('5" ống\t1\n"chưa đóng\t2') == [['5" ống', "1"], ['"chưa đóng', "2"]]
    assert read_block("a\rb") == [["a"], ["b"]]


@given(st.text(max_size=200))
def test_whatever_is_pasted_gives_a_rectangle_and_a_preview(block: str) -> None:
    assert len({len(row) for row in read_block(block)}) <= 1
    read_assigned(block, COMMUNES, CRITERIA)


amounts = st.none() | st.decimals(min_value=0, max_value=10**11, places=4)


@given(st.lists(st.lists(amounts, min_size=4, max_size=4), min_size=3, max_size=3), st.booleans(),
       st.sampled_from(["NFC", "NFD"]))
def test_every_figure_comes_back_in_its_place(values: list[list[D | None]], turned: bool, form: str) -> None:
    rows = [["", *(h.names[0] for h in COMMUNES)]]
    rows += [[h.names[1], *map(format_number, vs)] for h, vs in zip(CRITERIA, values, strict=True)]
    if turned:
        rows = [list(row) for row in zip(*rows, strict=True)]
    block = "\r\n".join("\t".join(row) for row in rows)
    seen = read_assigned(unicodedata.normalize(form, block), COMMUNES, CRITERIA)  # type: ignore[arg-type]
    assert not (seen.faulty)
    assert not (seen.unmatched_rows)
    assert not (seen.unmatched_columns)
    assert {(c.commune, c.criterion): c.value for c in seen.cells} == {
        (u.key, k.key): v for k, vs in zip(CRITERIA, values, strict=True)
        for u, v in zip(COMMUNES, vs, strict=True) if v is not None}
