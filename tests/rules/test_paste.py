"""A block pasted from Excel lands where it belongs, or says where it does not."""

from __future__ import annotations

import time
import unicodedata
from contextlib import suppress
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.criteria.block import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, BlockTooLarge, read_block
from pledge_app.criteria.heads import Head
from pledge_app.criteria.paste import Dash, Declared, PasteFault, read_figures
from pledge_app.kernel.numbers import Shape, format_number
from pledge_app.kernel.text import TextProblem

INPUTS = Path(__file__).parent / "inputs"
PLAIN = Shape(may_be_negative=False)
COMMUNES = [
    Head(f"u{i}", (f"UBND xã {n}",))
    for i, n in enumerate(["Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý"])
]
CRITERIA = [
    Head("c1", ("Mô hình ứng dụng KHKT",), ("1.1",), PLAIN),
    Head(
        "c2",
        ("Chuyển đổi cơ cấu cây trồng, vật nuôi",),
        ("1.2",),
        Shape("ha", may_be_negative=False),
    ),
    Head("c3", ("Sản phẩm OCOP",), ("2.1",), PLAIN),
]
YES_NO = [Head("c4", ("Xã đạt nông thôn mới kiểu mẫu",), ("3.2",), Shape(is_yes_no=True))]
COMMUNES_ACROSS = (
    "TT\tTiêu chí\tĐVT\tHải Quang\tHẢI ĐÔNG\tubnd xã Hải Tây\tHai Ly\r\n"
    "1\tMô hình ứng dụng KHKT\tmô hình\t3\t2\t1\t\r\n"
    "1.2\tChuyển đổi cơ cấu cây trồng, vật nuôi\tha\t1.234,5\t12,5\t0\t1 000\t\r\n"
)


def figures(block: str) -> dict[tuple[str, str], D | None]:
    return {
        (c.commune, c.criterion): c.value for c in read_figures(block, COMMUNES, CRITERIA).cells
    }


def test_communes_may_stand_across_or_down() -> None:
    expected = {
        ("u0", "c1"): D(3),
        ("u1", "c1"): D(2),
        ("u2", "c1"): D(1),
        ("u0", "c2"): D("1234.5"),
        ("u1", "c2"): D("12.5"),
        ("u2", "c2"): D(0),
        ("u3", "c2"): D(1000),
    }
    assert figures(COMMUNES_ACROSS) == expected
    turned = "\n".join("\t".join(row) for row in zip(*read_block(COMMUNES_ACROSS), strict=True))
    down = "\n".join(line for line in turned.split("\n") if not line.startswith(("TT", "ĐVT")))
    assert figures(down) == expected


def test_a_blank_cell_is_not_a_zero() -> None:
    assert ("u3", "c1") not in figures(COMMUNES_ACROSS)
    assert figures(COMMUNES_ACROSS)["u2", "c2"] == 0


def test_faulty_cells_are_named_with_row_and_column_and_the_rest_is_read() -> None:
    seen = read_figures("\tXã Hải Quang\tXã Hải Đông\n1.1\t1.5\tba\n2.1\t-1\t2", COMMUNES, CRITERIA)
    named = [
        (f.row, f.column, f.row_name, f.column_name, f.text, f.problem.reason, f.problem.suggestion)
        for f in seen.faulty
        if f.problem
    ]
    assert named == [
        (2, 2, "1.1", "Xã Hải Quang", "1.5", "point", "1,5"),
        (2, 3, "1.1", "Xã Hải Đông", "ba", "shape", ""),
        (3, 2, "2.1", "Xã Hải Quang", "-1", "negative", ""),
    ]
    assert [(c.commune, c.criterion, c.value) for c in seen.cells] == [("u1", "c3", D(2))]


def test_heads_that_fit_nothing_are_listed() -> None:
    seen = read_figures(
        "Bảng chỉ tiêu\n\tHải Quang\tHải Phú\n2.1 Sản phẩm OCOP\t1\t2\nTổng cộng\t1\t2",
        COMMUNES,
        CRITERIA,
    )
    assert seen.unmatched_rows == ((4, "Tổng cộng"),)
    assert seen.unmatched_columns == ((3, "Hải Phú"),)
    assert len(seen.cells) == 1


def test_a_second_figure_for_the_same_place_is_refused() -> None:
    seen = read_figures("\tHải Quang\tXã Hải Quang\n2.1\t1\t2", COMMUNES, CRITERIA)
    assert [c.value for c in seen.cells] == [D(1)]
    assert [(f.column, f.fault) for f in seen.faulty] == [(3, PasteFault.TWICE)]


def test_a_percent_sign_is_read_over_where_per_cent_is_meant_and_asked_about_elsewhere() -> None:
    share = [Head("c5", ("Tỷ lệ hộ nghèo",), ("4",), Shape("%", is_percent=True))]
    assert [c.value for c in read_figures("\tHải Quang\n4\t100 %", COMMUNES, share).cells] == [
        D(100)
    ]
    seen = read_figures("\tHải Quang\n1.2\t98,06 %", COMMUNES, CRITERIA)
    assert [(f.problem.reason, f.problem.suggestion) for f in seen.faulty if f.problem] == [
        ("percent_sign", "98,06")
    ]


def test_reached_or_not_may_be_written_in_words() -> None:
    block = "\tHải Quang\tHải Lý\n3.2\tĐạt\tKhông đạt\n1.1\tĐạt\t"
    seen = read_figures(block, COMMUNES, [*CRITERIA, *YES_NO])
    assert [(c.commune, c.value) for c in seen.cells] == [("u0", D(1)), ("u3", D(0))]
    assert [f.problem.reason for f in seen.faulty if f.problem] == ["shape"]


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ("", PasteFault.EMPTY),
        (" \t \r\n\t", PasteFault.EMPTY),
        ("a\tb\n1\t2", PasteFault.NO_HEADS),
        ("12", PasteFault.NO_HEADS),
        ("x" * 400_001, PasteFault.TOO_LARGE),
    ],
)
def test_a_block_that_cannot_be_read_says_so(block: str, fault: PasteFault) -> None:
    assert read_figures(block, COMMUNES, CRITERIA).fault == fault


def test_quotes_breaks_and_spaces_as_excel_writes_them() -> None:
    block = '"Sản phẩm\n""OCOP"""\t1\u00a0000\t\t\r\nb\t2\r\n\r\n'
    assert read_block(block) == [['Sản phẩm "OCOP"', "1 000"], ["b", "2"]]
    assert read_block('5" ống\t1\n"chưa đóng\t2') == [['5" ống', "1"], ['"chưa đóng', "2"]]
    assert read_block("a\rb") == [["a"], ["b"]]


@given(st.text(max_size=200))
def test_whatever_is_pasted_gives_a_rectangle_and_a_preview(block: str) -> None:
    assert len({len(row) for row in read_block(block)}) <= 1
    read_figures(block, COMMUNES, CRITERIA)


amounts = st.none() | st.decimals(min_value=0, max_value=10**11, places=4)


@given(
    st.lists(st.lists(amounts, min_size=4, max_size=4), min_size=3, max_size=3),
    st.booleans(),
    st.sampled_from(["NFC", "NFD"]),
)
def test_every_figure_comes_back_in_its_place(
    values: list[list[D | None]], turned: bool, form: str
) -> None:
    rows = [["", *(h.names[0] for h in COMMUNES)]]
    rows += [[h.names[0], *map(format_number, vs)] for h, vs in zip(CRITERIA, values, strict=True)]
    if turned:
        rows = [list(row) for row in zip(*rows, strict=True)]
    block = "\r\n".join("\t".join(row) for row in rows)
    seen = read_figures(unicodedata.normalize(form, block), COMMUNES, CRITERIA)  # type: ignore[arg-type]
    assert not (seen.faulty)
    assert not (seen.unmatched_rows)
    assert not (seen.unmatched_columns)
    assert {(c.commune, c.criterion): c.value for c in seen.cells} == {
        (u.key, k.key): v
        for k, vs in zip(CRITERIA, values, strict=True)
        for u, v in zip(COMMUNES, vs, strict=True)
        if v is not None
    }


def block_of(name: str) -> str:
    return (INPUTS / name).read_text(encoding="utf-8")


def test_a_code_beside_a_foreign_name_is_asked_about_and_nothing_is_read_of_it() -> None:
    criteria = [
        Head("c1", ("Cải tiến kỹ thuật",), ("1.1",)),
        Head("c2", ("Sản phẩm OCOP",), ("2",)),
    ]
    seen = read_figures(block_of("assigned_contradicting.tsv"), COMMUNES, criteria)
    assert not seen.cells
    assert [(row.number, row.key, row.is_row) for row in seen.asked] == [
        (2, "c1", True),
        (3, "c2", True),
    ]
    assert seen.unmatched_rows == ((4, "Thị trấn Hải Quang"),)


def test_an_asked_row_is_read_once_it_is_confirmed_and_only_that_one() -> None:
    criteria = [
        Head("c1", ("Cải tiến kỹ thuật",), ("1.1",)),
        Head("c2", ("Sản phẩm OCOP",), ("2",)),
    ]
    block = block_of("assigned_contradicting.tsv")
    first = read_figures(block, COMMUNES, criteria).asked[0]
    seen = read_figures(
        block, COMMUNES, criteria, Declared(same=frozenset({(first.key, first.text)}))
    )
    assert [(c.commune, c.criterion, c.value) for c in seen.cells] == [
        ("u0", "c1", D(60)),
        ("u1", "c1", D(55)),
    ]
    assert [row.key for row in seen.asked] == ["c2"]


@pytest.mark.parametrize(
    "name", ["Thị trấn Hải Quang", "Phường Hải Quang", "Xã Hải Quảng", "Hải Quãng", "Xã Hải Quàng"]
)
def test_the_type_word_and_every_tone_mark_of_a_commune_count(name: str) -> None:
    seen = read_figures(f"\t{name}\tHải Đông\n1.1\t5\t6", COMMUNES, CRITERIA)
    assert [(c.commune, c.value) for c in seen.cells] == [("u1", D(6))]
    assert seen.unmatched_columns == ((2, name),)


@pytest.mark.parametrize(
    "name",
    [
        "Hải Quang",
        "xã Hải Quang",
        "UBND xã Hải Quang",
        "HẢI QUANG",
        "Hai Quang",
        "Ủy ban nhân dân xã Hải Quang",
        "Xa Hai Quang",
    ],
)
def test_a_commune_may_be_written_without_its_type_or_without_any_diacritics(name: str) -> None:
    seen = read_figures(f"\t{name}\n1.1\t5", COMMUNES, CRITERIA)
    assert [(c.commune, c.value) for c in seen.cells] == [("u0", D(5))]


def test_running_numbers_under_stt_are_no_codes() -> None:
    criteria = [Head("c1", ("Tỷ lệ hộ nghèo",), ("1",)), Head("c2", ("Sản phẩm OCOP",), ("2",))]
    seen = read_figures(
        "STT\tTiêu chí\tHải Quang\n1\tSản phẩm OCOP\t3\n2\tTỷ lệ hộ nghèo\t4\n3\tQuỹ Vì người "
        "nghèo\t60",
        COMMUNES,
        criteria,
    )
    assert [(c.criterion, c.value) for c in seen.cells] == [("c2", D(3)), ("c1", D(4))]
    assert [name for _number, name in seen.unmatched_rows] == ["3 Quỹ Vì người nghèo"]


def test_heads_below_a_letterhead_are_found_and_a_dash_is_asked_about_until_it_is_declared() -> (
    None
):
    criteria = [
        Head("c1", ("Chuyển đổi sản xuất, chuyển đổi cơ cấu cây trồng, vật nuôi",), ("1.2",)),
        Head("c2", ("Sản phẩm OCOP được công nhận",), ("2.1",)),
    ]
    block = block_of("assigned_letterhead.tsv")

    def read(dash: Dash) -> list[tuple[str, str, D | None]]:
        seen = read_figures(block, COMMUNES, criteria, Declared(dash))
        assert seen.has_dashes == (dash is Dash.ASK)
        return [(c.commune, c.criterion, c.value) for c in seen.cells]

    figures = [("u0", "c1", D(12)), ("u1", "c1", D(10)), ("u0", "c2", D(2))]
    assert read(Dash.ASK) == figures
    assert read(Dash.BLANK) == figures
    assert read(Dash.ZERO) == [*figures, ("u1", "c2", D(0))]


def test_a_quoted_cell_with_a_line_break_stays_one_beside_a_quote_that_is_none() -> None:
    assert read_block(block_of("quoted_cells.tsv")) == [
        ["1.2", "12", '"Ngôi nhà xanh" số 2', "Dòng một Dòng hai"],
        ["2.1", "3", "", "Không"],
    ]


@pytest.mark.parametrize("typed", ["x", "X", "✓", "Đ", "có"])
def test_a_cross_and_a_tick_say_yes(typed: str) -> None:
    seen = read_figures(f"\tHải Quang\n3.2\t{typed}", COMMUNES, YES_NO)
    assert [c.value for c in seen.cells] == [D(1)]


@pytest.mark.parametrize(
    "cell",
    ["C3.1 Tham gia đủ hội nghị", "C3.1. Tham gia đủ hội nghị", "c3.1", "Tham gia đủ hội nghị"],
)
def test_codes_with_letters_are_codes(cell: str) -> None:
    criteria = [
        Head("c1", ("Tham gia đủ hội nghị",), ("C3.1",)),
        Head("c2", ("Sáng kiến",), ("a7.6",)),
    ]
    assert [
        c.criterion for c in read_figures(f"\tHải Quang\n{cell}\t3", COMMUNES, criteria).cells
    ] == ["c1"]


@pytest.mark.parametrize("word", ["xóa", "Xoá", "thu hồi"])
def test_a_word_takes_a_figure_back(word: str) -> None:
    seen = read_figures(f"\tHải Quang\tHải Đông\n1.1\t{word}\t", COMMUNES, CRITERIA)
    assert [(c.commune, c.value) for c in seen.cells] == [("u0", None)]


def test_english_numbers_make_the_others_of_their_block_doubtful() -> None:
    seen = read_figures("\tHải Quang\tHải Đông\n1.2\t1,234\t1,234.5", COMMUNES, CRITERIA)
    assert not seen.cells
    assert [f.problem.suggestion for f in seen.faulty if f.problem] == ["1.234", "1.234,5"]


@pytest.mark.parametrize(
    "block",
    [
        '"""\t' * 100_000,
        "\n" * 399_999,
        '"x\t' * 130_000,
        '"' * 399_999,
        "a" + "\u0301\u0323" * 190_000,
        ("a" + "\u0301\u0323" * 400 + "\t") * 400,
    ],
)
def test_a_hostile_block_is_read_or_refused_in_seconds(block: str) -> None:
    begun = time.process_time()
    with suppress(TextProblem, BlockTooLarge):
        read_block(block)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "block",
    [
        "a" + "\t" * 20_000 + "b\n" + "c\n" * 20_000,
        "a" + "\t" * MOST_COLUMNS + "b",
        "a\n" * MOST_ROWS + "b",
        ("a" + "\t" * (MOST_COLUMNS - 1) + "b\n") * (MOST_CELLS // MOST_COLUMNS + 1),
    ],
    ids=["wide above long", "columns", "rows", "cells"],
)
def test_a_block_of_too_many_cells_is_refused_before_it_becomes_a_rectangle(
    block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wide first line above many short ones made a hundred million cells."""
    looked_at: list[str] = []
    monkeypatch.setattr("pledge_app.criteria.block.clean_line", looked_at.append)
    with pytest.raises(BlockTooLarge):
        read_block(block)
    assert not looked_at
    assert read_figures(block, COMMUNES, CRITERIA).fault is PasteFault.TOO_LARGE


def test_columns_and_rows_that_hold_nothing_do_not_count() -> None:
    wide = "a\tb" + "\t" * 5000 + "\nc\u200b" + "\t\u200b" * 20 + "\n" * 5000
    assert read_block(wide) == [["a", "b"], ["c", ""]]
