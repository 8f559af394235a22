"""What stands below the head: paragraphs, headings, tables, the signature block, Nơi nhận."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pledge_app.documents.decree import INDENTS_MM, MM, PARAGRAPH_GAP, SPACING, Finding, components
from pledge_app.documents.reading import Line, Sheet

HEADING = re.compile(r"([IVX]+|[0-9]+)\. ")
SECTION = re.compile(r"[IVX]+\. ")
AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\. |(THƯ KÝ|CHỦ TỌA|CHỦ TOẠ|CHỦ TỊCH|TRƯỞNG BAN)$")
CODE = re.compile(r"Mã tra cứu: ")
INK = (20.0, 260.0)
"""Points between an office and the name below it."""


class Body:
    """The lines below the head of all pages, in order, sorted into kinds."""

    def __init__(self, sheets: list[Sheet], lines: list[Line], left: float) -> None:
        self.sheets = {sheet.number: sheet for sheet in sheets}
        self.left = left
        self.end = next((place for place, line in enumerate(lines) if self._ends(line)), len(lines))
        self.lines = lines
        annex = next((place for place, line in enumerate(lines) if line.text.startswith("Phụ lục")
                      and line.bold), len(lines))
        self.closing = lines[self.end:annex]
        self.annex = lines[annex:]
        addressed = self._addressed()
        self.text = [line for line in lines[addressed:self.end] if not self._apart(line)]

    def _addressed(self) -> int:
        """How many lines "Kính gửi" and its list take; they stand centred, close together."""
        place = 0
        while place < self.end and self.lines[place].text.startswith(("Kính gửi", "- ")):
            place += 1
        return place

    def _ends(self, line: Line) -> bool:
        return line.text.startswith("Nơi nhận") or (line.bold and AUTHORITY.match(line.text) is not None
                                                     and not self.sheets[line.page].in_table(line))

    def _apart(self, line: Line) -> bool:
        sheet = self.sheets[line.page]
        return sheet.in_table(line) or (sheet.in_picture(line) and not line.bold)

    def paragraphs(self) -> list[list[Line]]:
        """Lines that belong together; a paragraph begins indented or centred."""
        found: list[list[Line]] = []
        for line in self.text:
            if found and abs(line.x0 - self.left) < 2 and line.bold == found[-1][-1].bold:
                found[-1].append(line)
            else:
                found.append([line])
        return found


def check_body(body: Body) -> Iterator[Finding]:
    """Sizes, indents, spacing, justification of the running text, and headings."""
    content = components()["Nội dung"]
    paragraphs = body.paragraphs()
    for paragraph in paragraphs:
        for line in paragraph:
            if not content.smallest - 0.3 <= line.smallest <= line.size <= content.largest + 0.3:
                yield Finding("Nội dung", "size", line.page, f"cỡ chữ {line.smallest:g}: “{line.text[:60]}”")
        yield from _indent(body, paragraph)
        yield from _spacing(paragraph)
        yield from _justified(body, paragraph)
    yield from _gaps(paragraphs)
    for line in body.text:
        if SECTION.match(line.text) and line.text.upper() == line.text:
            yield from components()[
                'Số thứ tự và tiêu đề mục (bố cục phần-mục-khoản, VD "I. NHỮNG KẾT QUẢ")'].findings(line)


def _indent(body: Body, paragraph: list[Line]) -> Iterator[Finding]:
    first = paragraph[0]
    shift = (first.x0 - body.left) / MM
    centred = shift > 14
    if not centred and all(abs(shift - wanted) > 0.8 for wanted in INDENTS_MM):
        yield Finding("Nội dung", "indent", first.page,
                      f"lùi đầu dòng {shift:.1f} mm, phải 10 hoặc 12,7 mm: “{first.text[:60]}”")


def _spacing(paragraph: list[Line]) -> Iterator[Finding]:
    for above, below in pairwise(paragraph):
        ratio = (above.y - below.y) / below.size
        if above.page == below.page and not SPACING[0] <= ratio <= SPACING[1]:
            yield Finding("Nội dung", "spacing", below.page,
                          f"giãn dòng {ratio / 1.15:.2f}, phải từ 1 đến 1,5: “{below.text[:60]}”")
            return


def _justified(body: Body, paragraph: list[Line]) -> Iterator[Finding]:
    right = max((line.x1 for line in body.text), default=0)
    if len(paragraph) > 2 and not paragraph[0].bold and any(right - line.x1 > 3 for line in paragraph[:-1]):
        yield Finding("Nội dung", "justified", paragraph[0].page,
                      f"chưa canh đều hai lề: “{paragraph[0].text[:60]}”")


def _gaps(paragraphs: list[list[Line]]) -> Iterator[Finding]:
    for above, below in pairwise(paragraphs):
        last, first = above[-1], below[0]
        plain = last.light and first.light and first.x0 - last.x0 < 100
        single = 1.149 * first.size
        if plain and last.page == first.page and last.y - first.y < single + PARAGRAPH_GAP - 0.6:
            yield Finding("Nội dung", "paragraph_gap", first.page,
                          f"các đoạn cách nhau dưới 6 pt: “{first.text[:60]}”")
            return


def check_headings(body: Body) -> Iterator[Finding]:
    """No heading may be the last line of its page."""
    for above, below in pairwise(body.lines[:body.end + 1]):
        if above.page != below.page and above.bold and HEADING.match(above.text) \
                and not body.sheets[above.page].in_table(above):
            yield Finding("Tiêu đề mục", "widow", above.page, f"đứng cuối trang: “{above.text}”")


def check_tables(body: Body) -> Iterator[Finding]:
    """A table that goes on begins its next page with its head."""
    for above, below in pairwise(body.lines):
        sheet = body.sheets[below.page]
        if above.page != below.page and sheet.in_table(below) and body.sheets[above.page].in_table(above) \
                and not below.bold:
            yield Finding("Bảng", "head", below.page, "đầu bảng không lặp lại ở trang sau")


def check_closing(body: Body) -> Iterator[Finding]:
    """The signature block and Nơi nhận."""
    offices = [line for line in body.closing if line.bold and AUTHORITY.match(line.text)]
    if not offices:
        yield Finding("Quyền hạn, chức vụ người ký", "missing", 0, "không có khối chữ ký")
        return
    if not any(line.page == offices[0].page and line.light for line in body.lines[:body.end]):
        yield Finding("Khối chữ ký", "torn", offices[0].page, "bị tách khỏi đoạn văn cuối cùng")
    for office in offices:
        yield from components()["Quyền hạn, chức vụ người ký"].findings(office)
        if office.text != office.text.upper():
            yield Finding("Quyền hạn, chức vụ người ký", "upper", office.page,
                          f"chưa in hoa: “{office.text}”")
    yield from _names(body, offices)
    yield from _recipients(body)


def _names(body: Body, offices: list[Line]) -> Iterator[Finding]:
    bold = [line for line in body.closing if line.text != line.text.upper() and not line.italic
            and not line.text.startswith(("-", "Nơi nhận")) and not CODE.match(line.text)]
    near = [line for line in bold if any(
        abs(line.middle - office.middle) < 60 and line.page == office.page
        and INK[0] < office.y - line.y < INK[1] for office in offices)]
    for line in near:
        yield from components()["Họ tên người ký"].findings(line)
    for line in bold:
        if line not in near and line.bold:
            yield Finding("Khối chữ ký", "torn", line.page, f"họ tên tách khỏi chức vụ: “{line.text}”")


def _recipients(body: Body) -> Iterator[Finding]:
    place = next((place for place, line in enumerate(body.closing) if line.text.startswith("Nơi nhận")), None)
    if place is None:
        return
    label = body.closing[place]
    yield from components()['Từ "Nơi nhận:"'].findings(label)
    items = [line for line in body.closing[place:] if line.page == label.page and line.y < label.y
             and abs(line.x0 - label.x0) < 2 and not CODE.match(line.text) and not line.bold]
    for line in items:
        yield from components()["Danh sách nơi nhận"].findings(line)
    if not any(line.text.startswith("- Lưu:") and line.text.endswith(".") for line in items[-2:]):
        yield Finding("Danh sách nơi nhận", "ending", label.page, "dòng cuối phải là “- Lưu: VT, ….”")
