"""What belongs together on a paper stays together, whatever the length of what stands before it."""

from typing import Any

import pytest

from pledge_app.papers.decree.checker import check_paper
from pledge_app.papers.decree.reading import read
from pledge_app.papers.printing.paper import PrintedPaper, render, render_html
from tests.documents.examples import EXAMPLES, example_minutes
from tests.documents.examples_agreement import example_agreement
from tests.documents.examples_meeting import MEETING_EXAMPLES

LENGTHS = [0, 5, 9, 13]


def longer_agreement(parties: int, more: int) -> Any:
    content = example_agreement(parties)
    return {
        **content,
        "organisation": content["organisation"]
        + ["Các bên thực hiện nghiêm túc nội dung đã ký."] * more,
    }


def pages_of_cells(paper: PrintedPaper) -> list[int]:
    return [cell.page for cell in sorted(paper.cells, key=lambda cell: int(cell.id[4:]))]


@pytest.mark.parametrize("parties", [1, 3, 5])
@pytest.mark.parametrize("more", LENGTHS)
def test_the_first_signatures_stand_with_the_last_paragraph_and_the_last_ones_not_alone(
    parties: int, more: int
) -> None:
    """No more than that is held together: half a page left blank before signatures invites
    insertions.
    """
    paper = render("agreement", longer_agreement(parties, more))
    pages = pages_of_cells(paper)
    assert any(
        line.text.startswith("Bản giao ước này") for line in read(paper.pdf)[pages[0] - 1].lines
    )
    assert pages[-3:].count(pages[-1]) == len(pages[-3:])


@pytest.mark.parametrize("more", LENGTHS)
def test_of_many_signatures_the_last_one_has_company(more: int) -> None:
    pages = pages_of_cells(render("agreement", longer_agreement(9, more)))
    assert pages[-1] == pages[-2] == pages[-3]


@pytest.mark.parametrize("rows", range(3, 12, 2))
def test_a_signature_after_a_table_takes_the_tables_end_along(rows: int) -> None:
    content = EXAMPLES["registration"]()
    content = {**content, "closing": "", "titles": content["titles"] * rows}
    assert [
        str(one) for one in check_paper(render("registration", content).pdf, "registration")
    ] == []


def test_what_the_author_wrote_is_not_printed_twice() -> None:
    content = example_agreement(2)
    drive = {
        **content["campaigns"][0],
        "contents": [
            "Phát động đợt thi đua “Lập thành tích cao nhất” chào mừng kỷ niệm 93 "
            "năm Ngày thành lập Đảng"
        ],
        "theme": "Lập thành tích cao nhất",
        "anniversaries": ["kỷ niệm 93 năm Ngày thành lập Đảng"],
    }
    html = render_html("agreement", {**content, "campaigns": [drive]})
    assert html.count("Lập thành tích cao nhất") == html.count("kỷ niệm 93 năm") == 1


@pytest.mark.parametrize(("abstained", "printed"), [(None, False), (0, True), (2, True)])
def test_abstentions_are_printed_only_when_they_were_counted(
    abstained: int | None, printed: bool
) -> None:
    content = example_minutes()
    content["votes"] = [{**content["votes"][0], "abstained": abstained}]
    assert ("Không biểu quyết" in render_html("minutes", content)) is printed


def test_a_paper_of_single_lines_shows_its_margin_by_its_indents() -> None:
    content = {**MEETING_EXAMPLES["programme"](), "place": "Hội trường"}
    assert [str(one) for one in check_paper(render("programme", content).pdf, "programme")] == []


LONG = "https://congthongtin.example/" + "van-ban-" * 14


@pytest.mark.parametrize("kind", ["agreement", "registration", "minutes", "quarter_report"])
def test_a_word_longer_than_the_line_stays_within_the_margins(kind: str) -> None:
    content = {
        **EXAMPLES[kind](),
        "opening": [LONG],
        "closing": LONG,
        "measures": [LONG],
        "proceedings": [LONG],
    }
    content = {key: value for key, value in content.items() if key in EXAMPLES[kind]()}
    groups = content.get("groups", [])
    groups = [
        {**group, "rows": [{**row, "name": LONG, "unit": LONG[:40]} for row in group["rows"]]}
        for group in groups
    ]
    content.update({"groups": groups} if groups else {})
    found = check_paper(render(kind, content).pdf, kind)
    assert [str(one) for one in found if one.component == "Lề"] == []
