"""How the text is divided: phần, chương, mục, điều, khoản, điểm, and headings that stand alone
at a page's foot.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pledge_app.papers.decree.checks_body import Body
from pledge_app.papers.decree.components import Finding, components
from pledge_app.papers.decree.reading import Line

CHAPTER = re.compile(r"(Phần|Chương) ([IVXLC]+|thứ \w+)$", re.IGNORECASE)
DIVISION = re.compile(r"Mục [0-9IVXLC]+$", re.IGNORECASE)
SECTION = re.compile(r"[IVXLC]+\. ")
ARTICLE = re.compile(r"Điều [0-9]+(?P<end>\S*) ")
CLAUSE = re.compile(r"[0-9]{1,3}\. ")
POOR_CLAUSE = re.compile(r"[0-9]{1,3}[)/:] ")
POINT = re.compile(r"[a-zđ]\) ")
POOR_POINT = re.compile(r"[a-zđ][./:] ")
HEADING = re.compile(r"([IVXLC]+|[0-9]+)\. ")
CHAPTER_ROW, DIVISION_ROW = "Phần, Chương (từ + số La Mã)", "Mục (từ + số Ả Rập)"
SECTION_ROW = 'Số thứ tự và tiêu đề mục (bố cục phần-mục-khoản, VD "I. NHỮNG KẾT QUẢ")'


def check_order(body: Body) -> Iterator[Finding]:
    """Every line that begins a division of the text."""
    paragraphs = body.paragraphs()
    size = Counter(line.size for line in body.text if line.light).most_common(1)
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1][0] if place + 1 < len(paragraphs) else None
        yield from _centred(body, paragraph[0], following)
        yield from _section(paragraph[0])
        yield from _article(paragraph[0])
        yield from _clause(paragraph[0], size[0][0] if size else paragraph[0].size)


def _centred(body: Body, line: Line, following: Line | None) -> Iterator[Finding]:
    """Phần, chương, mục: word and number alone on a line, the title below in upper case."""
    row = (
        CHAPTER_ROW
        if CHAPTER.match(line.text)
        else DIVISION_ROW
        if DIVISION.match(line.text)
        else None
    )
    if row is None:
        return
    yield from components()[row].findings(line)
    if abs(line.middle - body.middle) > 12:
        yield Finding(
            row,
            "centred",
            line.page,
            f"không canh giữa: “{line.text}”",
        )
    if following is None or not following.bold or following.text != following.text.upper():
        yield Finding(
            row,
            "title",
            line.page,
            f"dưới “{line.text}” phải là tiêu đề in hoa đậm",
        )


def _section(line: Line) -> Iterator[Finding]:
    upper = line.text.upper() == line.text
    if SECTION.match(line.text) and (upper or line.bold):
        yield from components()[SECTION_ROW].findings(line)
        if not upper:
            yield Finding(
                SECTION_ROW,
                "upper",
                line.page,
                f"chưa in hoa: “{line.text[:60]}”",
            )


def _article(line: Line) -> Iterator[Finding]:
    match = ARTICLE.match(line.text)
    if match is None or (
        line.light and line.upright and match["end"] != "."
    ):  # "Điều 5 của Luật …" is a citation
        return
    yield from components()["Điều"].findings(line)
    if match["end"] != ".":
        yield Finding(
            "Điều",
            "form",
            line.page,
            f"sau số thứ tự phải có dấu chấm: “{line.text[:60]}”",
        )


def _clause(line: Line, size: float) -> Iterator[Finding]:
    """Khoản and điểm are of the size of the text around them."""
    for poor, row, said in (
        (POOR_CLAUSE, "Khoản không tiêu đề", "phải là số Ả Rập và dấu chấm"),
        (POOR_POINT, "Điểm", "phải là chữ cái và dấu đóng ngoặc đơn"),
    ):
        if poor.match(line.text):
            yield Finding(
                row,
                "form",
                line.page,
                f"{said}: “{line.text[:60]}”",
            )
    if CLAUSE.match(line.text) and line.inked[0].bold:
        if not line.bold:
            yield Finding(
                "Khoản có tiêu đề",
                "own_line",
                line.page,
                f"tiêu đề phải ở dòng riêng: “{line.text[:60]}”",
            )
        elif abs(line.size - size) > 0.3:
            yield Finding(
                "Khoản có tiêu đề",
                "size",
                line.page,
                f"cỡ chữ {line.size:g}, lời văn cỡ {size:g}",
            )
        if not line.upright:
            yield Finding(
                "Khoản có tiêu đề",
                "italic",
                line.page,
                f"in nghiêng: “{line.text[:60]}”",
            )
    elif (CLAUSE.match(line.text) or POINT.match(line.text)) and not line.upright:
        row = "Điểm" if POINT.match(line.text) else "Khoản không tiêu đề"
        yield Finding(
            row,
            "italic",
            line.page,
            f"in nghiêng: “{line.text[:60]}”",
        )


def check_headings(body: Body) -> Iterator[Finding]:
    """No heading may be the last line of its page."""
    for above, below in pairwise(body.lines[: body.end + 1]):
        if (
            above.page != below.page
            and above.bold
            and not body.sheets[above.page].in_table(above)
            and (
                HEADING.match(above.text)
                or CHAPTER.match(above.text)
                or DIVISION.match(above.text)
                or ARTICLE.match(above.text)
                or above.text.upper() == above.text
            )
        ):
            yield Finding(
                "Tiêu đề mục",
                "widow",
                above.page,
                f"đứng cuối trang: “{above.text}”",
            )


def check_empty(body: Body) -> Iterator[Finding]:
    """No section's heading stands right above the next one, or above the signatures."""
    for place, line in enumerate(body.lines[: body.end]):
        below = body.lines[place + 1] if place + 1 < len(body.lines) else None
        is_last = place + 1 == body.end
        if _is_section(line) and (is_last or below is None or _is_section(below)):
            yield Finding(
                "Tiêu đề mục",
                "empty",
                line.page,
                f"không có nội dung: “{line.text[:60]}”",
            )


def _is_section(line: Line) -> bool:
    return line.bold and SECTION.match(line.text) is not None and line.text == line.text.upper()


def check_tables(body: Body) -> Iterator[Finding]:
    """A table that goes on begins its next page with its head."""
    for above, below in pairwise(body.lines):
        sheet = body.sheets[below.page]
        if (
            above.page != below.page
            and sheet.in_table(below)
            and body.sheets[above.page].in_table(above)
            and not below.bold
        ):
            yield Finding(
                "Bảng",
                "head",
                below.page,
                "đầu bảng không lặp lại ở trang sau",
            )
