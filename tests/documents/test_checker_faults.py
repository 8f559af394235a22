"""The checker is tried on faults made on purpose: each must be named, and by its own component and rule."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pledge_app.documents.check_command import main
from pledge_app.documents.checker import check_paper
from pledge_app.documents.paper import css_text, pictures, print_html, render, render_html
from tests.documents.examples import EXAMPLES, example_agreement

Change = Callable[[str, str], tuple[str, str]]


def style(old: str, new: str) -> Change:
    def change(html: str, css: str) -> tuple[str, str]:
        assert old in css
        return html, css.replace(old, new)
    return change


def more_style(rule: str) -> Change:
    return lambda html, css: (html, css + rule)


def text(old: str, new: str) -> Change:
    def change(html: str, css: str) -> tuple[str, str]:
        assert old in html
        return html.replace(old, new), css
    return change


FAULTS: dict[str, tuple[str, str, str, Change]] = {
    "left margin too narrow": ("registration", "Lề", "left", style("20mm 16mm 20mm 30mm", "20mm 16mm 20mm 24mm")),
    "left margin too wide": ("registration", "Lề", "left", style("20mm 16mm 20mm 30mm", "20mm 6mm 20mm 40mm")),
    "right margin too narrow": ("registration", "Lề", "right", style("20mm 16mm 20mm 30mm", "20mm 9mm 20mm 30mm")),
    "top margin too wide": ("registration", "Lề", "top", style("20mm 16mm 20mm 30mm", "32mm 16mm 20mm 30mm")),
    "page is Letter": ("minutes", "Khổ giấy", "size", style("size: A4 portrait", "size: letter")),
    "Quốc hiệu on two lines": ("registration", "Quốc hiệu", "one_line", text("XÃ HỘI CHỦ", "XÃ HỘI<br>CHỦ")),
    "Quốc hiệu too large": ("registration", "Quốc hiệu", "size", more_style(".nation { font-size: 14.5pt }")),
    "Quốc hiệu not bold": ("registration", "Quốc hiệu", "bold", more_style(".nation { font-weight: 400 }")),
    "Tiêu ngữ with other dashes": ("minutes", "Tiêu ngữ", "text", text("Độc lập - Tự do", "Độc lập – Tự do")),
    "Tiêu ngữ with a short rule": ("registration", "Đường kẻ dưới Tiêu ngữ", "length",
                                   more_style(".motto .ruled::after { width: 50% }")),
    "issuer not bold": ("registration", "Tên cơ quan ban hành", "missing",
                        more_style(".issuer { font-weight: 400 }")),
    "issuer with a long rule": ("registration", "Đường kẻ dưới tên cơ quan", "length",
                                more_style(".issuer .ruled::after { width: 90% }")),
    "number below ten without its zero": ("registration", "Số, ký hiệu", "leading_zero",
                                          text('<span class="room"></span>/BĐK', "5/BĐK")),
    "number in italics": ("registration", "Số, ký hiệu", "italic", more_style(".number { font-style: italic }")),
    "day without its zero": ("registration", "Địa danh, ngày tháng năm", "leading_zero",
                             text('ngày <span class="room"></span>', "ngày 5")),
    "March with a zero": ("registration", "Địa danh, ngày tháng năm", "leading_zero",
                          text('tháng <span class="room"></span>', "tháng 03")),
    "date upright": ("registration", "Địa danh, ngày tháng năm", "italic",
                     more_style(".dated { font-style: normal }")),
    "type in small letters": ("minutes", "Tên loại văn bản", "upper", text(">BIÊN BẢN<", ">Biên bản<")),
    "subject not bold": ("minutes", "Trích yếu", "bold", more_style(".name .subject { font-weight: 400 }")),
    "căn cứ upright": ("agreement", "Căn cứ ban hành", "italic", more_style(".basis { font-style: normal }")),
    "last căn cứ with a semicolon": ("agreement", "Căn cứ ban hành", "ending",
                                     text("thi đua, khen thưởng năm 2023.</p>", "thi đua, khen thưởng năm 2023;</p>")),
    "body too small": ("agreement", "Nội dung", "size", more_style("p { font-size: 12pt }")),
    "body with double spacing": ("agreement", "Nội dung", "spacing", more_style("p { line-height: 2.2 }")),
    "body not indented enough": ("agreement", "Nội dung", "indent", more_style("p { text-indent: 5mm }")),
    "paragraphs too close": ("agreement", "Nội dung", "paragraph_gap", more_style("p { margin-top: 0 }")),
    "body ragged": ("agreement", "Nội dung", "justified", more_style("p { text-align: left }")),
    "no page numbers": ("agreement", "Số trang", "missing", style("content: counter(page)", "content: none")),
    "page number on page 1": ("agreement", "Số trang", "first",
                              style("@page :first { @top-center { content: none } }", "")),
    "page number at the foot": ("agreement", "Số trang", "missing", style("@top-center { content: counter(page)",
                                                                          "@bottom-center { content: counter(page)")),
    "another face": ("agreement", "Phông", "face", more_style('.basis { font-family: "DejaVu Sans" }')),
    "red text": ("agreement", "Phông", "colour", more_style(".nation { color: #c00 }")),
    "signature block torn off": ("registration", "Khối chữ ký", "torn", more_style(".end { break-before: page }")),
    "name torn from office": ("registration", "Khối chữ ký", "torn",
                              more_style(".cell .ink { height: 140mm } .keep { break-inside: auto }")),
    "office not bold": ("registration", "Quyền hạn, chức vụ người ký", "missing",
                        more_style(".cell .office { font-weight: 400 }")),
    "Nơi nhận upright": ("registration", 'Từ "Nơi nhận:"', "italic",
                         more_style(".recipients .label { font-style: normal }")),
    "Nơi nhận too large": ("registration", "Danh sách nơi nhận", "size", more_style(".recipients p { font-size: 13pt }")),
    "heading at the foot of a page": ("agreement", "Tiêu đề mục", "widow",
                                      more_style("h2 { break-after: page }")),
    "table head not repeated": ("agreement", "Bảng", "head",
                                more_style("thead { display: table-row-group } tr { height: 22mm }")),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_the_checker_names_the_fault(fault: str) -> None:
    kind, component, rule, change = FAULTS[fault]
    content = EXAMPLES[kind]()
    html, css = change(render_html(kind, content), css_text())
    found = check_paper(print_html(html, css, pictures(content)).pdf, kind)
    assert (component, rule) in {(finding.component, finding.rule) for finding in found}, [*map(str, found)]


@pytest.mark.parametrize("parties", [1, 2, 6, 7, 13, 20])
def test_an_agreement_of_any_size_is_without_fault(parties: int) -> None:
    assert [*map(str, check_paper(render("agreement", example_agreement(parties)).pdf, "agreement"))] == []


def test_an_annex_must_say_what_it_belongs_to() -> None:
    html = render_html("agreement", example_agreement(13)).replace("(Kèm theo", "(Theo")
    found = check_paper(print_html(html, css_text(), {}).pdf, "agreement")
    assert "Dòng (Kèm theo ...)" in {finding.component for finding in found}


def test_the_command_says_it_in_vietnamese_and_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, no_pdf = (tmp_path / name for name in ("good.pdf", "bad.pdf", "no.pdf"))
    content = EXAMPLES["minutes"]()
    good.write_bytes(render("minutes", content).pdf)
    html, css = render_html("minutes", content), css_text() + ".nation { font-size: 15pt }"
    bad.write_bytes(print_html(html, css, {}).pdf)
    no_pdf.write_bytes(b"not a paper")
    assert (main(good), main(bad), main(no_pdf), main(tmp_path / "absent")) == (0, 1, 2, 2)
    said = capsys.readouterr().out
    assert "Đúng thể thức" in said
    assert "Quốc hiệu (trang 1): cỡ chữ 15" in said
