"""Charts: well-formed, deterministic, readable without colour, safe with any text."""

from __future__ import annotations

import re
from decimal import Decimal as D
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledge_app.charts.svg import EMPTY, Series, grouped_bars, vietnamese

SVG = "{http://www.w3.org/2000/svg}"
figures = st.none() | st.decimals(min_value=-(10**11), max_value=10**12, places=4)
COMMUNES = ["Hải Quang", "Hải Đông", "Hải Tây", "Hải Lý"]


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(svg: str) -> list[str]:
    return [t.text or "" for t in parse(svg).iter(f"{SVG}text")]


@given(st.data(), st.lists(st.text(max_size=60), max_size=5))
def test_any_text_and_any_figures_make_one_well_formed_picture(
    data: st.DataObject, categories: list[str]
) -> None:
    names = data.draw(st.lists(st.text(max_size=30), max_size=4))
    series = [
        Series(n, data.draw(st.lists(figures, min_size=len(categories), max_size=len(categories))))
        for n in names
    ]
    svg = grouped_bars("Biểu đồ", "Mô tả", categories, series, "triệu đồng")
    assert svg == grouped_bars("Biểu đồ", "Mô tả", categories, series, "triệu đồng")
    root = parse(svg)
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert not re.search(
        r"<style|style=|class=|<script|\bon\w+=|href|nan|inf\b", svg.replace(EMPTY, "")
    )
    assert (EMPTY in svg) == (all(v is None for s in series for v in s.values) or not categories)
    for box in root.iter(f"{SVG}rect"):
        x, width = float(box.get("x", "0")), float(box.get("width", "0"))
        assert width >= 0
        assert x >= 0
        assert x + width <= 721


def test_figures_are_written_the_vietnamese_way() -> None:
    svg = grouped_bars(
        "T", "D", ["Thu nhập"], [Series("Hải Quang", [D("1234.5")])], "triệu đồng/ha"
    )
    assert "1.234,5" in words(svg)
    assert "triệu đồng/ha" in words(svg)
    assert vietnamese(D("-0.001")) == "0"
    assert vietnamese(D(1000000)) == "1.000.000"
    assert vietnamese(D("0.5000")) == "0,5"
    assert vietnamese(D("-1234.56")) == "-1.234,56"


def test_counted_things_have_whole_ticks() -> None:
    assert "0,5" not in words(grouped_bars("T", "D", ["A"], [Series("x", [D(2)])]))
    assert "0,5" in words(grouped_bars("T", "D", ["A"], [Series("x", [D("1.9")])]))


def test_every_series_is_told_apart_without_colour() -> None:
    series = [Series(c, [D(i + 1), None]) for i, c in enumerate(COMMUNES)]
    svg = grouped_bars("T", "D", ["A", "B"], series)
    assert [f"{i}. {c}" for i, c in enumerate(COMMUNES, start=1)] == [
        w for w in words(svg) if ". " in w
    ]
    fills = {r.get("fill") for r in parse(svg).iter(f"{SVG}rect")} - {"#ffffff"}
    assert len(fills) == 4
    assert words(svg).count("chưa có") == 4


def test_a_hundred_bars_do_not_touch() -> None:
    series = [Series(c, [D(n * 7 % 100) for n in range(25)]) for c in COMMUNES]
    names = [f"Tiêu chí số {n} với một tên khá dài để xuống dòng" for n in range(25)]
    svg = grouped_bars("T", "D", names, series)
    bars = sorted(
        float(r.get("y", "0")) for r in parse(svg).iter(f"{SVG}rect") if r.get("height") == "14"
    )
    assert len(bars) == 100
    assert min(b - a for a, b in zip(bars, bars[1:], strict=False)) >= 15.9


def test_text_cannot_become_mark_up() -> None:
    svg = grouped_bars(
        "<b>&", "\"'", ["<script>alert(1)</script>"], [Series("<i>", [D(1)])], "</svg>"
    )
    assert parse(svg).find(f".//{SVG}script") is None
    assert "&lt;script&gt;" in svg


def test_two_charts_share_no_id() -> None:
    one, two = (
        grouped_bars(t, "D", ["A"], [Series("x", [D(1)]), Series("y", [D(2)])]) for t in ("1", "2")
    )
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, two)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_each_series_has_a_figure_for_each_category() -> None:
    with pytest.raises(ValueError):
        grouped_bars("T", "D", ["A", "B"], [Series("x", [D(1)])])


def test_a_name_that_is_too_long_is_cut_between_words() -> None:
    name = "1.2. Giá trị sản xuất nông nghiệp trên một hecta đất canh tác hằng năm của xã"
    shown = words(grouped_bars("T", "D", [name], [Series("x", [D(1)])]))
    last = next(line for line in shown if line.endswith("…"))
    assert last.removesuffix("…") in name
    assert f"{last.removesuffix('…')} " in name
