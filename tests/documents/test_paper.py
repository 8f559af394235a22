"""Rendering: the same bytes, closed to the outside, from one party to thirteen, with 200
criteria.
"""

import copy
import io
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from pledge_app.meetings.paper import MINUTES
from pledge_app.papers.content.conform import conform
from pledge_app.papers.decree.reading import read
from pledge_app.papers.errors import PaperError
from pledge_app.papers.printing.assets import FONTS, ClosedFetcher, RefusedAddress
from pledge_app.papers.printing.paper import css_text, print_html, render, render_html
from tests.documents.examples import CHART, EXAMPLES, example_quarter_report
from tests.documents.examples_agreement import example_agreement

PAYLOADS = (
    '<link rel=attachment href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<img src="http://127.0.0.1:9/canary">',
    "<style>@import 'file:///etc/passwd'</style>",
    "{{ 7*7 }}",
    '"><object data="file:///etc/passwd"></object>',
    "<script>alert(1)</script>",
)


def words(pdf: bytes) -> str:
    return " ".join(line.text for sheet in read(pdf) for line in sheet.lines)


def with_text_everywhere(value: Any, text: str, name: str = "") -> Any:
    """`value` with `text` in every free field; ids, dates, numbers and pictures keep their
    shape.
    """
    if isinstance(value, dict):
        return {key: with_text_everywhere(part, text, key) for key, part in value.items()}
    if isinstance(value, list):
        return [with_text_everywhere(part, text, name) for part in value]
    fixed = {
        "cell",
        "svg",
        "starts_on",
        "ends_on",
        "starts_at",
        "ends_at",
        "day",
        "month",
        "public_url",
    }
    return text if isinstance(value, str) and name not in fixed else value


@pytest.mark.parametrize(
    "kind", [kind for kind in sorted(EXAMPLES) if "groups" in EXAMPLES[kind]()]
)
def test_criteria_without_a_group_have_no_empty_row_above_them(kind: str) -> None:
    content = copy.deepcopy(EXAMPLES[kind]())
    named = len(content["groups"])
    assert render_html(kind, content).count('<tr class="group">') == named
    content["groups"][0]["code"], content["groups"][0]["name"] = "", ""
    assert render_html(kind, content).count('<tr class="group">') == named - 1


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_stays_text_and_nothing_is_fetched(kind: str, payload: str) -> None:
    content = with_text_everywhere(EXAMPLES[kind](), payload)
    paper = render(kind, content)
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        names = {str(key) for thing in things for key, _ in thing.items()}
    assert not names & {"/EmbeddedFiles", "/EF", "/URI", "/JS"}
    assert payload not in render_html(kind, content) or payload == "{{ 7*7 }}"
    assert "49" not in words(paper.pdf) or payload != "{{ 7*7 }}"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "data:text/plain,x",
        "asset:../../etc/passwd",
        "ftp://x/",
        "asset:unknown.svg",
        "relative.css",
        "",
    ],
)
def test_the_fetcher_refuses_every_address_but_its_own(address: str) -> None:
    fetcher = ClosedFetcher()
    with pytest.raises(RefusedAddress):
        fetcher.fetch(address)
    assert fetcher.refused == [address]


@pytest.mark.parametrize(
    "element",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img alt="" src="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<img alt="" src="data:image/png;base64,AAAA">',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
    ],
)
def test_an_address_in_the_page_itself_stops_the_rendering(element: str) -> None:
    html = render_html("minutes", EXAMPLES["minutes"]()).replace("</head>", element + "</head>")
    with pytest.raises(PaperError) as refusal:
        print_html(html, css_text(MINUTES.newest.shared), {})
    assert refusal.value.reason == "refused_address"


def test_a_chart_that_reaches_out_stops_the_rendering() -> None:
    content = example_quarter_report()
    assert content["chart"]
    picture = '<image href="file:///etc/passwd" width="9" height="9"/>'
    content["chart"]["svg"] = CHART.replace("</g>", f"{picture}</g>")
    with pytest.raises(PaperError) as refusal:
        render("quarter_report", content)
    assert refusal.value.reason == "refused_address"


@pytest.mark.parametrize(
    "svg", ["", "<p/>", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "<svg", "<svg/>"]
)
def test_a_chart_must_be_one_plain_svg(svg: str) -> None:
    content = example_quarter_report()
    assert content["chart"]
    content["chart"]["svg"] = svg
    with pytest.raises(PaperError) as refusal:
        render("quarter_report", content)
    assert refusal.value.reason == "content"


def test_every_font_is_bundled() -> None:
    for font in FONTS:
        assert len(ClosedFetcher().fetch(f"asset:{font}").read()) > 300_000


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, sys, tests.documents.conftest; "
        "from pledge_app.papers.printing.paper import render; "
        "from tests.documents.examples_agreement import example_agreement as e; "
        "sys.stdout.write(hashlib.sha256(render('agreement', e()).pdf).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1
    assert len(sums.pop()) == 64


@pytest.mark.parametrize("parties", [1, 2, 4, 13])
def test_every_party_has_its_column_and_its_signature_cell(parties: int) -> None:
    content = example_agreement(parties)
    paper = render("agreement", content)
    assert [cell.id for cell in sorted(paper.cells, key=lambda cell: int(cell.id[4:]))] == [
        f"sig-{place}" for place in range(1, parties + 1)
    ]
    sheets = read(paper.pdf)
    for cell in paper.cells:
        sheet = sheets[cell.page - 1]
        assert 80 < cell.x1 < cell.x2 < sheet.width - 40
        assert 50 < cell.y1 < cell.y2 < sheet.height - 50
        assert cell.y2 - cell.y1 == pytest.approx(85, abs=1)  # 30 mm of room for ink and seal
        assert not [
            line
            for line in sheet.lines
            if cell.y1 < line.y < cell.y2 and cell.x1 < line.middle < cell.x2
        ]


def test_a_party_may_have_several_signatories_and_a_witness_may_sign() -> None:
    content = example_agreement(2)
    chair = content["parties"][0]["signatories"][0]
    content["parties"][0]["signatories"].append(
        {**chair, "cell": "sig-3", "organisation": "BAN THƯỜNG TRỰC", "title": "CHỦ TỊCH"}
    )
    content["parties"][1]["signatories"][0].update(
        {"acting": "KT. CHỦ TỊCH", "title": "PHÓ CHỦ TỊCH"}
    )
    content["witnesses"][0]["signatory"] = {**chair, "cell": "sig-4", "organisation": "HỘI ĐỒNG"}
    paper = render("agreement", content)
    assert {cell.id for cell in paper.cells} == {"sig-1", "sig-2", "sig-3", "sig-4"}
    said = words(paper.pdf)
    assert "KT. CHỦ TỊCH" in said
    assert "CHỨNG KIẾN" in said


def test_two_hundred_criteria_are_all_printed() -> None:
    content = example_agreement(4)
    row = content["groups"][0]["rows"][0]
    content["groups"][0]["rows"] = [
        {**row, "code": str(place), "name": f"Chỉ tiêu thứ {place}"} for place in range(1, 201)
    ]
    paper = render("agreement", content)
    said = words(paper.pdf)
    assert all(f"Chỉ tiêu thứ {place}" in said for place in range(1, 201))
    assert paper.pages > 6


def test_long_figures_move_the_table_to_the_annex_and_never_break() -> None:
    content = example_agreement(6)
    content["groups"][0]["rows"][0]["values"] = ["123456789.1234"] * 6
    lines = [line.text for sheet in read(render("agreement", content).pdf) for line in sheet.lines]
    assert any("123.456.789,1234" in line for line in lines)
    assert "Phụ lục" in lines


def test_the_qr_is_printed_only_with_a_public_address() -> None:
    content = example_agreement(1)
    assert "asset:qr.svg" not in render_html("agreement", content)
    content["public_url"] = "https://thidua.example.vn/k/QD23-7K4M"
    assert "asset:qr.svg" in render_html("agreement", content)
    assert render("agreement", content).pages
    content["show_qr"] = False
    assert "asset:qr.svg" not in render_html("agreement", content)


def test_the_marks_are_on_every_page_and_only_when_asked() -> None:
    content = example_agreement(4)
    content["draft"] = True
    for sheet in read(render("agreement", content).pdf):
        assert {"DỰ THẢO", "Số liệu minh họa"} <= {line.text for line in sheet.lines}
    content["draft"] = content["illustrative"] = False
    assert "minh họa" not in words(render("agreement", content).pdf)


def test_the_file_has_title_author_language_outline_and_tags() -> None:
    with pikepdf.open(io.BytesIO(render("agreement", example_agreement(2)).pdf)) as pdf:
        assert str(pdf.Root.Lang) == "vi-VN"
        assert str(pdf.docinfo.Title) == "Bản giao ước thi đua vùng Quang Đông năm 2023"
        assert str(pdf.docinfo.Author) == "Vùng thi đua Quang Đông"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            assert outline.root[0].children[0].title == "I. NỘI DUNG THI ĐUA"
        assert not any(
            thing.get("/Type") == "/ObjStm"
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream)
        )


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*path, key)
            yield from places(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from places(part, (*path, place))


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_a_missing_or_unknown_field_is_named(kind: str) -> None:
    whole = EXAMPLES[kind]()
    for path in places(whole):
        content: Any = copy.deepcopy(whole)
        inner = content
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        with pytest.raises(PaperError, match=str(path[-1])):
            conform(kind, content)
    with pytest.raises(PaperError, match="extra"):
        conform(kind, {**whole, "extra": ""})


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("agreement", ("groups", 0, "rows", 0, "values"), ["1"]),
        ("agreement", ("parties", 0, "signatories", 0, "cell"), "sig-2"),
        ("minutes", ("chair", "cell"), 'a"b'),
        ("agreement", ("campaigns", 0, "quarter"), 11),
        ("agreement", ("heading", "day"), "x"),
        ("minutes", ("starts_at",), "tomorrow"),
    ],
)
def test_a_value_that_cannot_be_printed_is_a_fault_of_the_content(
    kind: str, path: tuple[Any, ...], value: Any
) -> None:
    content: Any = EXAMPLES[kind]()
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(PaperError) as refusal:
        render(kind, content)
    assert refusal.value.reason == "content"


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_a_paper_with_everything_optional_left_out_is_still_a_paper(kind: str) -> None:
    def emptied(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: emptied(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [emptied(part) for part in value] if name in ("signatories", "parties") else []
        kept = {"cell", "title", "type_name", "author", "year", "place", "issuer"}
        return "" if isinstance(value, str) and name not in kept else value

    content = {**emptied(EXAMPLES[kind]()), **({"chart": None} if kind == "quarter_report" else {})}
    paper = render(kind, content)
    assert paper.pages >= 1
    assert "None" not in words(paper.pdf)


def test_decomposed_text_is_composed_and_direction_marks_are_dropped() -> None:
    content = example_agreement(1)
    content["title"] = "Hải Quang\u202e\u200f"
    assert conform("agreement", content)["title"] == "Hải Quang"


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 3},
        {"year": "2023"},
        {"bases": "x"},
        {"draft": 1},
        {"title": "x" * 13_000},
        {"measures": ["x"] * 2_000},
    ],
)
def test_content_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(PaperError) as refusal:
        render("agreement", {**example_agreement(1), **change})
    assert refusal.value.reason == "content"
    with pytest.raises(PaperError):
        render("letter", example_agreement(1))
    with pytest.raises(PaperError):
        render("agreement", example_agreement(1), template_version=99)
