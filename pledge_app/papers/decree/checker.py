"""Reads a finished PDF and names what departs from NĐ 30/2020/NĐ-CP, Phụ lục I. An empty list:
nothing found.

`applicable.py` says what is judged on which kind of paper. The sentences are those of the decree
and stay Vietnamese.
"""

import io
from collections.abc import Iterator
from unicodedata import is_normalized

import pikepdf

from pledge_app.papers.decree.applicable import PaperParts, Part
from pledge_app.papers.decree.checks_body import ANNEX, Body, check_addressed, check_body
from pledge_app.papers.decree.checks_closing import check_annexes, check_closing
from pledge_app.papers.decree.checks_head import check_bases, check_head
from pledge_app.papers.decree.checks_order import (
    check_empty,
    check_headings,
    check_order,
    check_tables,
)
from pledge_app.papers.decree.checks_pages import check_pages
from pledge_app.papers.decree.checks_words import check_words
from pledge_app.papers.decree.components import (
    BOTTOM_MM,
    INDENTS_MM,
    LEFT_MM,
    MM,
    RIGHT_MM,
    TOP_MM,
    Finding,
    components,
)
from pledge_app.papers.decree.reading import Line, Sheet, read
from pledge_app.papers.registry import parts_of

A4 = (210 * MM, 297 * MM)
SERIF = ("Liberation-Serif", "LiberationSerif", "TimesNewRoman", "Times New Roman")
MARKS = ("DỰ THẢO", "Số liệu minh họa")
SLACK = 0.6 * MM

__all__ = ["Finding", "check_make_up", "check_paper", "check_sheets"]


def check_paper(pdf: bytes, kind: str | None = None) -> list[Finding]:
    """Every departure found. `kind` of a registered paper; without it the type printed on page
    1 tells.
    """
    return [*_file(pdf), *check_sheets(read(pdf), kind)]


def check_sheets(sheets: list[Sheet], kind: str | None = None) -> list[Finding]:
    """As `check_paper`, of pages that are read already: all but what the file alone shows."""
    judged = parts_of(kind, {line.text for line in sheets[0].lines})
    top, inside = _margin_and_inside(sheets)
    found = [*_pages(sheets), *_fonts(sheets)]
    found += _numbers(sheets, top, inside)
    found += _margins(sheets, inside)
    found += _content(sheets, inside, judged)
    return [finding for finding in found if judged.keeps(finding.component, finding.rule)]


def check_make_up(sheets: list[Sheet], kind: str | None = None) -> list[Finding]:
    """Pages that are badly filled: worth a look before signing, no fault by the decree."""
    judged = parts_of(kind, {line.text for line in sheets[0].lines})
    body, _head = _body(sheets, _margin_and_inside(sheets)[1], judged)
    return [*check_pages(body)]


def _margin_and_inside(sheets: list[Sheet]) -> tuple[dict[int, list[Line]], dict[int, list[Line]]]:
    """Of each page the lines in the top margin, and all others."""
    top = {
        sheet.number: [line for line in sheet.lines if line.y > sheet.height - TOP_MM[0] * MM + 1]
        for sheet in sheets
    }
    inside = {
        sheet.number: [line for line in sheet.lines if line not in top[sheet.number]]
        for sheet in sheets
    }
    return top, inside


def _body(
    sheets: list[Sheet],
    inside: dict[int, list[Line]],
    kind: PaperParts,
) -> tuple[Body, list[Finding]]:
    """What stands below the head, and what is wrong with the head where the kind has one."""
    found, below = check_head(sheets[0], inside[1]) if kind.has(Part.HEAD) else ([], inside[1])
    lines = below + [line for sheet in sheets[1:] for line in inside[sheet.number]]
    return Body(sheets, lines, _left(sheets, lines)), found


def _content(sheets: list[Sheet], inside: dict[int, list[Line]], kind: PaperParts) -> list[Finding]:
    """The head, and what stands below it."""
    body, found = _body(sheets, inside, kind)
    found += check_bases(body.paragraphs())
    for check in (
        check_addressed,
        check_body,
        check_order,
        check_headings,
        check_empty,
        check_tables,
        check_annexes,
    ):
        found += check(body)
    head = [line for line in inside[1] if line not in body.lines]
    return [*found, *check_words(body, kind, head), *check_closing(body, kind)]


def _left(sheets: list[Sheet], lines: list[Line]) -> float:
    """Where text or a table begins; a page of single indented lines shows it by nothing but
    them.
    """
    edges = [line.x0 for line in lines] + [
        rule.x0 for sheet in sheets for rule in sheet.drawn if rule.level
    ]
    at_margin = [edge for edge in edges if edge <= LEFT_MM[1] * MM + SLACK]
    return min(at_margin) if at_margin else min(edges, default=0.0) - INDENTS_MM[0] * MM


def _file(pdf: bytes) -> Iterator[Finding]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if str(opened.Root.get("/Lang", "")) != "vi-VN":
            yield Finding(
                "Tệp",
                "language",
                0,
                "chưa ghi ngôn ngữ vi-VN",
            )
        if not str(opened.docinfo.get("/Title", "")):
            yield Finding(
                "Tệp",
                "title",
                0,
                "chưa có tiêu đề",
            )
        for thing in opened.objects:
            if (
                isinstance(thing, pikepdf.Dictionary)
                and thing.get("/Type") == "/FontDescriptor"
                and not any(name in thing for name in ("/FontFile", "/FontFile2", "/FontFile3"))
            ):
                yield Finding(
                    "Phông",
                    "embedded",
                    0,
                    f"chưa nhúng phông {thing.get('/FontName')}",
                )
            if (
                isinstance(thing, pikepdf.Dictionary)
                and thing.get("/Type") == "/Font"
                and thing.get("/Subtype") == "/Type0"
                and "/ToUnicode" not in thing
            ):
                yield Finding(
                    "Phông",
                    "unicode",
                    0,
                    f"phông {thing.get('/BaseFont')} không ghi mã Unicode của chữ",
                )


def _pages(sheets: list[Sheet]) -> Iterator[Finding]:
    annex = False
    for sheet in sheets:
        annex = annex or any(ANNEX.match(line.text) for line in sheet.lines[:3])
        sizes = {A4, (A4[1], A4[0])} if annex else {A4}
        if not any(
            abs(sheet.width - wide) < 1.5 and abs(sheet.height - high) < 1.5 for wide, high in sizes
        ):
            yield Finding(
                "Khổ giấy",
                "size",
                sheet.number,
                f"{sheet.width / MM:.0f} × {sheet.height / MM:.0f} mm, phải là A4 dọc 210 × 297 mm",
            )


def _fonts(sheets: list[Sheet]) -> Iterator[Finding]:
    seen = set()
    for sheet in sheets:
        for line in sheet.lines:
            for sign in line.inked:
                name = sign.font.split("+")[-1]
                if name not in seen and not name.startswith(SERIF):
                    seen.add(name)
                    yield Finding(
                        "Phông",
                        "face",
                        sheet.number,
                        f"dùng phông {name}: “{line.text[:60]}”",
                    )
                if "unicode" not in seen and (
                    sign.text.startswith("(cid:")
                    or "\ufffd" in sign.text
                    or not is_normalized("NFC", sign.text)
                ):
                    seen.add("unicode")
                    yield Finding(
                        "Phông",
                        "unicode",
                        sheet.number,
                        "chữ không đọc được bằng mã Unicode TCVN 6909:2001",
                    )
                if not sign.black and "colour" not in seen:
                    seen.add("colour")
                    yield Finding(
                        "Phông",
                        "colour",
                        sheet.number,
                        f"chữ không đen: “{line.text[:60]}”",
                    )


def _numbers(
    sheets: list[Sheet],
    top: dict[int, list[Line]],
    inside: dict[int, list[Line]],
) -> Iterator[Finding]:
    wanted = 0
    for sheet in sheets:
        first_line = inside[sheet.number][0].text if inside[sheet.number] else ""
        wanted = 1 if ANNEX.match(first_line) else wanted + 1
        numbers = [line for line in top[sheet.number] if line.text.isdigit()]
        for line in top[sheet.number]:
            if line not in numbers and line.text not in MARKS:
                yield Finding(
                    "Lề",
                    "top",
                    sheet.number,
                    f"có chữ trong lề trên: “{line.text[:60]}”",
                )
        if wanted == 1:
            if numbers:
                yield Finding(
                    "Số trang",
                    "first",
                    sheet.number,
                    "trang thứ nhất không hiển thị số trang",
                )
            continue
        if [line.text for line in numbers] != [str(wanted)]:
            yield Finding(
                "Số trang",
                "missing",
                sheet.number,
                f"không có số {wanted} ở giữa lề trên",
            )
            continue
        yield from components()["Số trang"].findings(numbers[0])
        if (
            abs(numbers[0].middle - (sheet.width / 2 + (LEFT_MM[0] - RIGHT_MM[0]) / 2 * MM))
            > 4 * MM
        ):
            yield Finding(
                "Số trang",
                "centred",
                sheet.number,
                "không canh giữa",
            )


def _margins(sheets: list[Sheet], inside: dict[int, list[Line]]) -> Iterator[Finding]:
    """No ink in the smallest margins; the first page shows that they are not larger than
    allowed.
    """
    for sheet in sheets:
        lines = inside[sheet.number]
        if not lines:
            continue
        left, right = min(line.x0 for line in lines), sheet.width - max(line.x1 for line in lines)
        bottom = min(line.y - 0.22 * line.size for line in lines)
        for name, rule, distance, least in (
            ("trái", "left", left, LEFT_MM[0]),
            ("phải", "right", right, RIGHT_MM[0]),
            ("dưới", "bottom", bottom, BOTTOM_MM[0]),
        ):
            if distance < least * MM - SLACK:
                said = f"lề {name} {distance / MM:.1f} mm, ít nhất {least} mm"
                yield Finding(
                    "Lề",
                    rule,
                    sheet.number,
                    said,
                )
    first = inside[1]
    if not first:
        return
    for name, rule, distance, most in (
        ("trái", "left", min(line.x0 for line in first), LEFT_MM[1]),
        ("phải", "right", sheets[0].width - max(line.x1 for line in first), RIGHT_MM[1]),
        (
            "trên",
            "top",
            sheets[0].height - max(line.y + 0.89 * line.size for line in first),
            TOP_MM[1],
        ),
    ):
        if distance > most * MM + SLACK + 1:
            yield Finding(
                "Lề",
                rule,
                1,
                f"lề {name} {distance / MM:.1f} mm, nhiều nhất {most} mm",
            )
