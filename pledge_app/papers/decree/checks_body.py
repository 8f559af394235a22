"""What stands below the head: the lines sorted into kinds, Kính gửi, the running text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pledge_app.papers.decree.components import (
    INDENTS_MM,
    LEFT_MM,
    MM,
    PARAGRAPH_GAP,
    RIGHT_MM,
    SPACING,
    Finding,
    components,
)
from pledge_app.papers.decree.reading import Line, Sheet

OFFICE = (
    r"(?:PHÓ )?(?:THƯ KÝ|CHỦ TỌA|CHỦ TOẠ|CHỦ TỊCH|BÍ THƯ|(?:TỔNG )?GIÁM ĐỐC|HIỆU TRƯỞNG|(?:CHI "
    r")?CỤC TRƯỞNG|TỔ TRƯỞNG|CHÁNH VĂN PHÒNG|CHỈ HUY TRƯỞNG|THỦ TRƯỞNG|TRƯỞNG "
    r"(?:BAN|PHÒNG|TRẠM|THÔN|XÓM|ẤP|BẢN|BUÔN|KHU PHỐ)(?: \S+){0,4})"
)
"""Heads of agencies and hamlets sign with the office alone."""
AUTHORITY = re.compile(rf"(T/?M|K/?T|T/?L|T/?U/?Q|Q)[. ] ?\S|{OFFICE}$")
"""Badly written ones too, such as T/M: they are found as a signature, and their form as a fault."""
SIGNING = re.compile(r"ĐẠI DIỆN .*(?:KÝ GIAO ƯỚC|CHỨNG KIẾN)$|XÁC NHẬN CỦA ")
"""The line above the signatures of a joint paper."""
ANNEX = re.compile(r"Phụ lục( [IVXLC]+| [0-9]+)?$")


class Body:
    """The lines below the head of all pages, in order, sorted into kinds."""

    def __init__(self, sheets: list[Sheet], lines: list[Line], left: float) -> None:
        self.sheets = {sheet.number: sheet for sheet in sheets}
        self.left = left
        self.lines = lines
        annex = next(
            (place for place, line in enumerate(lines) if self.begins_annex(line)),
            len(lines),
        )
        self.end = next(
            (place for place, line in enumerate(lines[:annex]) if self._ends(line)),
            annex,
        )
        self.closing = lines[self.end : annex]
        self.annex = lines[annex:]
        self.addressed = lines[: self._addressed()]
        self.text = [
            line for line in lines[len(self.addressed) : self.end] if not self._apart(line)
        ]

    @property
    def middle(self) -> float:
        """Half way between the margins of the first page."""
        return self.sheets[1].width / 2 + (LEFT_MM[0] - RIGHT_MM[0]) / 2 * MM

    def begins_annex(self, line: Line) -> bool:
        """The line "Phụ lục I" that an annex begins with."""
        return ANNEX.match(line.text) is not None and not self.sheets[line.page].in_table(line)

    def _addressed(self) -> int:
        """How many lines "Kính gửi" and its list take; they stand centred, close together."""
        place = 0
        while place < self.end and (
            self.lines[place].text.startswith(("Kính gửi", "- ")) or place and self._goes_on(place)
        ):
            place += 1
        return place if place and self.lines[0].text.startswith("Kính gửi") else 0

    def _goes_on(self, place: int) -> bool:
        above, line = self.lines[place - 1], self.lines[place]
        return (
            abs(line.x0 - above.x0) < 14
            and 0 < above.y - line.y < 1.4 * line.size
            and line.x0 > self.left + 2
        )

    def _ends(self, line: Line) -> bool:
        signs = AUTHORITY.match(line.text) is not None or SIGNING.match(line.text) is not None
        return line.text.startswith("Nơi nhận") or (
            line.bold and signs and not self.sheets[line.page].in_table(line)
        )

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
                yield Finding(
                    "Nội dung",
                    "size",
                    line.page,
                    f"cỡ chữ {line.smallest:g}: “{line.text[:60]}”",
                )
        yield from _indent(body, paragraph)
        yield from _spacing(paragraph)
        yield from _justified(body, paragraph)
    yield from _gaps(paragraphs)


def check_addressed(body: Body) -> Iterator[Finding]:
    """Kính gửi stands right below the subject, and only in papers sent upwards."""
    if not body.addressed:
        yield Finding(
            "Kính gửi",
            "missing",
            1,
            "không có",
        )
    for line in body.addressed:
        yield from components()["Kính gửi"].findings(line)
    found = next(
        (line for line in body.lines[: body.end] if line.text.startswith("Kính gửi")),
        None,
    )
    if found is not None:
        yield Finding(
            "Kính gửi",
            "unwanted",
            found.page,
            "chỉ ghi ở tờ trình, báo cáo gửi cấp trên, công văn",
        )


def _indent(body: Body, paragraph: list[Line]) -> Iterator[Finding]:
    first = paragraph[0]
    shift = (first.x0 - body.left) / MM
    centred = shift > 14 or abs(first.middle - body.middle) < 3
    if not centred and all(abs(shift - wanted) > 0.8 for wanted in INDENTS_MM):
        yield Finding(
            "Nội dung",
            "indent",
            first.page,
            f"lùi đầu dòng {shift:.1f} mm, phải 10 hoặc 12,7 mm: “{first.text[:60]}”",
        )


def _spacing(paragraph: list[Line]) -> Iterator[Finding]:
    for above, below in pairwise(paragraph):
        ratio = (above.y - below.y) / below.size
        if above.page == below.page and not SPACING[0] <= ratio <= SPACING[1]:
            yield Finding(
                "Nội dung",
                "spacing",
                below.page,
                f"giãn dòng {ratio / 1.15:.2f}, phải từ 1 đến 1,5: “{below.text[:60]}”",
            )
            return


def _justified(body: Body, paragraph: list[Line]) -> Iterator[Finding]:
    right = max((line.x1 for line in body.text), default=0)
    if (
        len(paragraph) > 2
        and not paragraph[0].bold
        and any(right - line.x1 > 3 for line in paragraph[:-1])
    ):
        yield Finding(
            "Nội dung",
            "justified",
            paragraph[0].page,
            f"chưa canh đều hai lề: “{paragraph[0].text[:60]}”",
        )


def _gaps(paragraphs: list[list[Line]]) -> Iterator[Finding]:
    for above, below in pairwise(paragraphs):
        last, first = above[-1], below[0]
        plain = last.light and first.light and first.x0 - last.x0 < 100
        single = 1.149 * first.size
        if plain and last.page == first.page and last.y - first.y < single + PARAGRAPH_GAP - 0.6:
            yield Finding(
                "Nội dung",
                "paragraph_gap",
                first.page,
                f"các đoạn cách nhau dưới 6 pt: “{first.text[:60]}”",
            )
            return
