"""Version 2: columns whose heads are whole, names that stand level, no heading without a text
below it.
"""

import io
import re
from typing import Any

import pypdfium2
import pytest

from pledge_app.agreements.paper_layout import EDGES, HEAD_SIZE_ANNEX, second_layout
from pledge_app.papers.printing.measure import balanced, width_mm
from pledge_app.papers.printing.paper import render, render_html
from tests.documents.examples_agreement import example_agreement


def headings(content: Any) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", render_html("agreement", content))


@pytest.mark.parametrize("parties", [2, 4, 5, 6, 7, 13])
def test_no_syllable_of_a_head_is_wider_than_its_column(parties: int) -> None:
    content: Any = example_agreement(parties)
    layout = second_layout(content)
    size = HEAD_SIZE_ANNEX if layout["in_annex"] else layout["head_size"]
    for party in content["parties"]:
        for word in party["short"].split():
            assert width_mm(word, size) + EDGES <= layout["column_width"] + 0.01


def test_the_head_of_six_parties_stands_whole_on_the_page() -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(render("agreement", example_agreement(6)).pdf))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Quan\r\ng" not in text


@pytest.mark.parametrize("parties", [4, 8])
def test_the_text_of_the_standards_is_printed_wherever_the_table_stands(parties: int) -> None:
    content = example_agreement(parties)
    content["criteria_intro"] = ["Tiêu chuẩn riêng của vùng."]
    assert "Tiêu chuẩn riêng của vùng." in render_html("agreement", content)


def test_sections_without_a_text_are_left_out_and_the_others_numbered() -> None:
    content: Any = example_agreement(2)
    content["contents_intro"] = []
    content["measures"] = content["titles"] = content["scoring"] = []
    for drive in content["campaigns"]:
        drive.update(theme="", anniversaries=[], contents=[])
    assert headings(content) == ["I. TIÊU CHUẨN, CHỈ TIÊU THI ĐUA", "II. TỔ CHỨC THỰC HIỆN"]


def test_a_campaign_of_dates_only_is_not_printed() -> None:
    content: Any = example_agreement(2)
    content["campaigns"][0].update(theme="", anniversaries=[], contents=[])
    html = render_html("agreement", content)
    assert "1. Đợt thi đua quý II" in html
    assert "quý I " not in html


def test_the_commitment_stands_before_the_copies() -> None:
    content = example_agreement(2)
    html = render_html("agreement", content)
    assert 0 < html.index(content["commitment"][0]) < html.index(content["copies"])


def test_the_names_below_offices_of_different_height_stand_level() -> None:
    content = example_agreement(2)
    cell = content["parties"][1]["signatories"][0]
    cell["acting"], cell["title"] = "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
    paper = render("agreement", content)
    assert len({(box.page, box.y1) for box in paper.cells}) == 1


def test_a_witness_signs_below_the_name_of_what_it_stands_for() -> None:
    content: Any = example_agreement(2)
    front = "Ủy ban MTTQ Việt Nam huyện Hải Hậu"
    cell = {
        "cell": "sig-3",
        "authority": "TM.",
        "organisation": f"BAN THƯỜNG TRỰC\n{front.upper()}",
        "acting": "",
        "title": "CHỦ TỊCH",
        "name": "Ông B",
    }
    content["witnesses"] = [
        {"name": "Ông B", "title": "Chủ tịch", "organisation": front, "signatory": cell}
    ]
    (row,) = second_layout(content)["witness_rows"]
    assert row[0]["heading"] == f"ĐẠI DIỆN {front.upper()} CHỨNG KIẾN"
    assert row[0]["office"] == "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH"


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("CỤM THI ĐUA CÁC XÃ PHÍA NAM", ["CỤM THI ĐUA", "CÁC XÃ PHÍA NAM"]),
        ("CỤM THI ĐUA MẶT TRẬN SỐ 3", ["CỤM THI ĐUA", "MẶT TRẬN SỐ 3"]),
        (
            "TỔNG CÔNG TY ĐIỆN LỰC THÀNH PHỐ HỒ CHÍ MINH",
            ["TỔNG CÔNG TY", "ĐIỆN LỰC", "THÀNH PHỐ HỒ CHÍ MINH"],
        ),
    ],
)
def test_a_letterhead_is_not_broken_inside_a_name(heading: str, lines: list[str]) -> None:
    broken = balanced(heading, 54, 12).replace("\u00a0", " ").split("\n")
    assert broken == lines
