"""What the words of a paper must not say or leave open: dots, căn cứ, symbols, copies, Nơi nhận."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pledge_app.papers.decree.applicable import PaperParts, Part
from pledge_app.papers.decree.checks_body import Body
from pledge_app.papers.decree.components import Finding
from pledge_app.papers.decree.reading import Line
from pledge_app.papers.vietnamese import cited_days

DOTS = re.compile(r"…[….]|\.{4,}|_{4,}")
FOR_INK = re.compile(
    r"(?:[….]{2,} (?:giờ|phút)|(?:ngày|tháng|năm|hồi|lúc) [….]{2,})(?:[ ,/])?",
    re.IGNORECASE,
)
"""Hours and days are written by hand after signing; nothing else is."""
CITED = re.compile(
    r"Căn cứ (?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|"
    r"Hướng dẫn|Kế hoạch|Quy chế) )"
)
SHORT_DATE = re.compile(r"ngày [0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
SYMBOL_CUT = re.compile(r"(?:[0-9]/|/)[0-9A-ZĐ/-]*[-/]$")
COPIES = re.compile(r"lập thành ([0-9]+)(?: \([^)]*\))? bản")
PARTY = re.compile(r"[0-9]{1,2}\. .*\b(?:đại diện|làm đại diện)\b", re.IGNORECASE)
IN_HOUSE = re.compile(r"\b(?:BTT )?UBMTTQ\b|\bHĐTĐKT\b|\bTĐKT\b")
NO_OFFICE = re.compile(r"\b(?:Phó )?Chủ tịch Ban Thường trực\b", re.IGNORECASE)
TWICE = re.compile(r"\b(xóm|thôn|ấp|xã|phường|huyện|tỉnh|chủ tịch|trưởng)\s+\1\b", re.IGNORECASE)
NUMBER_LINE = re.compile(r"Số:(?: |$)")
ONSET = re.compile(r"[b-df-hj-np-tv-wzđ]{1,3}")
"""Letters that are no syllable by themselves; "x" is a mark in a cell."""
AS_ABOVE = "- Như trên;"
BASES, LIST = "Căn cứ ban hành", "Danh sách nơi nhận"
WORDS, SYMBOL = "Lời văn", "Số, ký hiệu"


def check_words(body: Body, kind: PaperParts, head: list[Line]) -> Iterator[Finding]:
    """Everything that the text alone shows. `head`: the lines above the body."""
    if kind.has(Part.SIGNED):
        yield from _open_places(body)
    yield from _cited(body, head)
    yield from _phrases(body)
    yield from _cut(body)
    yield from _copies(body)
    yield from _recipients(body, kind)
    numbers = [line for line in head if NUMBER_LINE.match(line.text)]
    if len(numbers) > 1:
        said = f"có {len(numbers)} số trên một văn bản"
        yield Finding(SYMBOL, "one", numbers[1].page, said)


def _open_places(body: Body) -> Iterator[Finding]:
    for line in body.lines:
        if DOTS.search(FOR_INK.sub("", line.text)):
            said = f"còn chỗ để trống: “{line.text[:60]}”"
            yield Finding(WORDS, "dots", line.page, said)


def _cited(body: Body, head: list[Line]) -> Iterator[Finding]:
    """A căn cứ names the day of what it cites (II.6.a), and that day is not after the paper's."""
    printed = cited_days(" ".join(line.text for line in head))
    for paragraph in body.paragraphs():
        text = " ".join(line.text for line in paragraph)
        if not text.startswith("Căn cứ "):
            return
        days = cited_days(text)
        if CITED.match(text) and not days and not SHORT_DATE.search(text):
            said = f"chưa ghi ngày tháng năm ban hành: “{text[:60]}”"
            yield Finding(BASES, "date", paragraph[0].page, said)
        if printed and any(day > printed[0] for day in days):
            said = f"ban hành sau ngày của văn bản: “{text[:60]}”"
            yield Finding(BASES, "later", paragraph[0].page, said)


def _phrases(body: Body) -> Iterator[Finding]:
    for pattern, rule, said in (
        (IN_HOUSE, "abbreviation", "viết tắt nội bộ, phải viết đủ"),
        (NO_OFFICE, "office", "không có chức vụ này; viết “Chủ tịch Ủy ban MTTQ Việt Nam …”"),
        (TWICE, "twice", "lặp từ"),
    ):
        for line in body.lines:
            if pattern.search(line.text):
                yield Finding(WORDS, rule, line.page, f"{said}: “{line.text[:60]}”")


def _cut(body: Body) -> Iterator[Finding]:
    """A symbol stays on one line; a syllable is never broken, not in a narrow column either."""
    for above, below in pairwise(body.lines):
        if SYMBOL_CUT.search(above.text) and below.text[:1].isupper():
            said = f"ngắt giữa ký hiệu: “…{above.text[-20:]}”"
            yield Finding(SYMBOL, "cut", above.page, said)
    for place, line in enumerate(body.lines):
        if ONSET.fullmatch(line.text) and _goes_on_from(
            body.lines[max(place - 24, 0) : place], line
        ):
            said = f"ngắt giữa tiếng: “{line.text}”"
            yield Finding("Bảng", "syllable", line.page, said)


def _goes_on_from(before: list[Line], line: Line) -> bool:
    """The cell's line above ends in a letter and stands right over this one."""
    return any(
        above.page == line.page
        and 0 < above.y - line.y < 1.5 * line.size
        and above.x0 - 3 < line.middle < above.x1 + 3
        and above.text[-1:].isalpha()
        for above in before
    )


def _copies(body: Body) -> Iterator[Finding]:
    """A joint paper is made in one copy for each party at least."""
    parties = [line for line in body.text if PARTY.match(line.text)]
    for paragraph in body.paragraphs():
        written = COPIES.search(" ".join(line.text for line in paragraph))
        if written is not None and int(written[1]) < len(parties):
            said = f"lập {written[1]} bản, có {len(parties)} bên"
            yield Finding("Số bản", "fewer", paragraph[0].page, said)


def _recipients(body: Body, kind: PaperParts) -> Iterator[Finding]:
    """Who stands in Kính gửi is "Như trên" (II.9.b), first; nobody stands in the list twice."""
    items = [line for line in body.closing if line.text.startswith("- ")]
    addressed = " ".join(line.text for line in body.addressed)
    if kind.has(Part.ADDRESSED) and body.addressed and items:
        if items[0].text != AS_ABOVE:
            said = f"dòng đầu phải là “{AS_ABOVE}”: “{items[0].text}”"
            yield Finding(LIST, "as_above", items[0].page, said)
        for line in items[1:]:
            if line.text.strip("-;. ") in addressed:
                said = f"đã có ở Kính gửi: “{line.text}”"
                yield Finding(LIST, "addressed", line.page, said)
    seen: set[str] = set()
    for line in items:
        name = line.text.strip("-;. ").lower()
        if name in seen:
            yield Finding(LIST, "twice", line.page, f"ghi hai lần: “{line.text}”")
        seen.add(name)
