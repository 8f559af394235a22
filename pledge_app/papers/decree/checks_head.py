"""Boxes 1 to 6 of a paper: Quốc hiệu, issuer, number, place and date, type and subject, căn cứ."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pledge_app.papers.decree.components import Finding, components
from pledge_app.papers.decree.reading import Drawn, Line, Sheet

NATION = re.compile(r"CỘNG (HÒA|HOÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
LEVEL = 4.0
"""Points by which a middle may be off before it is seen."""
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DATED = re.compile(
    r"(?P<place>.+?), ngày ?(?P<day>[0-9]*) ?tháng ?(?P<month>[0-9]*) ?năm (?P<year>[0-9]{4})"
)
NUMBER = re.compile(r"Số: ?(?P<number>[0-9]*) ?/[A-ZĐƯĂÂÊÔƠ0-9]+(-[A-ZĐƯĂÂÊÔƠ0-9]+)*")


@dataclass(frozen=True)
class Head:
    """The parts of the head that were found; `rest` is what stands below it on page 1."""

    left: list[Line]
    right: list[Line]
    rest: list[Line]


def check_head(sheet: Sheet, lines: list[Line]) -> tuple[list[Finding], list[Line]]:
    """The findings of the head, and the lines below it."""
    nation = next((line for line in lines if NATION.search(line.text)), None)
    if nation is None:
        torn = next((line for line in lines if re.search(r"CỘNG (HÒA|HOÀ)", line.text)), None)
        said = f"không nằm trên một dòng: “{torn.text}”" if torn else "không có"
        return [
            Finding(
                "Quốc hiệu",
                "one_line",
                1,
                said,
            )
        ], lines
    head = _head(lines, nation)
    found = components()["Quốc hiệu"].findings(nation)
    if nation.middle < sheet.width / 2:
        found.append(
            Finding(
                "Quốc hiệu",
                "place",
                1,
                "không ở bên phải trang",
            )
        )
    if any(line.y > nation.y + LEVEL for line in lines):
        found.append(
            Finding(
                "Quốc hiệu",
                "top",
                1,
                "không ở trên cùng",
            )
        )
    found += _motto(sheet, head, nation)
    found += _issuer(sheet, head)
    found += _number(head)
    found += _dated(head, nation)
    below, name_findings = _name(sheet, head.rest)
    return found + name_findings, below


def _head(lines: list[Line], nation: Line) -> Head:
    """Left of the Quốc hiệu stands the issuer; the head ends with the line of place and date."""
    edge = nation.x0 - 8
    dated = next(
        (line.y for line in lines if ", ngày" in line.text and line.x0 > edge - 60),
        nation.y - 40,
    )
    top = [line for line in lines if line.y >= dated - 3]
    left = [line for line in top if line.x1 < edge + 8 and line.middle < edge]
    right = [line for line in top if line not in left]
    return Head(left, right, [line for line in lines if line.y < dated - 3])


def _motto(sheet: Sheet, head: Head, nation: Line) -> Iterator[Finding]:
    motto = next((line for line in head.right if line.text == MOTTO), None)
    if motto is None:
        yield Finding(
            "Tiêu ngữ",
            "text",
            1,
            f"không có dòng “{MOTTO}”",
        )
        return
    yield from components()["Tiêu ngữ"].findings(motto)
    if abs(motto.middle - nation.middle) > 4:
        yield Finding(
            "Tiêu ngữ",
            "place",
            1,
            "không canh giữa dưới Quốc hiệu",
        )
    if nation.y - motto.y > 1.6 * motto.size:
        yield Finding(
            "Tiêu ngữ",
            "gap",
            1,
            "không ở dòng ngay dưới Quốc hiệu",
        )
    rule = _rule_below(sheet, motto)
    if rule is None:
        yield Finding(
            "Đường kẻ dưới Tiêu ngữ",
            "missing",
            1,
            "không có",
        )
    elif abs((rule.x1 - rule.x0) - (motto.x1 - motto.x0)) > 4:
        yield Finding(
            "Đường kẻ dưới Tiêu ngữ",
            "length",
            1,
            f"dài {rule.x1 - rule.x0:.0f} pt, dòng chữ dài {motto.x1 - motto.x0:.0f} pt",
        )


def _issuer(sheet: Sheet, head: Head) -> Iterator[Finding]:
    names = [line for line in head.left if not line.text.startswith(("Số", "/"))]
    issuer = [line for line in names if line.bold]
    if not issuer:
        yield Finding(
            "Tên cơ quan ban hành",
            "missing",
            1,
            "không có dòng in đậm ở góc trên bên trái",
        )
        return
    for line in names:
        name = "Tên cơ quan ban hành" if line in issuer else "Tên cơ quan chủ quản trực tiếp"
        yield from components()[name].findings(line)
        if line.text != line.text.upper():
            yield Finding(
                name,
                "upper",
                1,
                f"chưa in hoa: “{line.text}”",
            )
        if abs(line.middle - issuer[0].middle) > LEVEL:
            yield Finding(
                "Tên cơ quan ban hành",
                "centred",
                1,
                f"không canh giữa: “{line.text}”",
            )
    yield from _short_rule(sheet, issuer, "Đường kẻ dưới tên cơ quan")


def _number(head: Head) -> Iterator[Finding]:
    parts = [line for line in head.left if line.text.startswith(("Số", "/"))]
    if not parts:
        yield Finding(
            "Số, ký hiệu",
            "missing",
            1,
            "không có",
        )
        return
    issuer = next((line for line in head.left if line.bold), parts[0])
    if abs((parts[0].x0 + parts[-1].x1) / 2 - issuer.middle) > 2 * LEVEL:
        yield Finding(
            "Số, ký hiệu",
            "centred",
            1,
            "không canh giữa dưới tên cơ quan",
        )
    for line in parts:
        yield from components()["Số, ký hiệu"].findings(line)
    text = " ".join(line.text for line in parts)
    match = NUMBER.fullmatch(text)
    if match is None:
        yield Finding(
            "Số, ký hiệu",
            "form",
            1,
            f"sai thể thức: “{text}”",
        )
    elif len(match["number"]) == 1:
        yield Finding(
            "Số, ký hiệu",
            "leading_zero",
            1,
            f"số dưới 10 phải thêm số 0: “{text}”",
        )


def _dated(head: Head, nation: Line) -> Iterator[Finding]:
    first = next((line for line in head.right if ", ngày" in line.text), None)
    if first is None:
        yield Finding(
            "Địa danh, ngày tháng năm",
            "missing",
            1,
            "không có",
        )
        return
    parts = sorted(
        (line for line in head.right if abs(line.y - first.y) < 3),
        key=lambda line: line.x0,
    )
    for line in parts:
        yield from components()["Địa danh, ngày tháng năm"].findings(line)
    if abs((parts[0].x0 + parts[-1].x1) / 2 - nation.middle) > 2 * LEVEL:
        yield Finding(
            "Địa danh, ngày tháng năm",
            "centred",
            1,
            "không canh giữa dưới Quốc hiệu",
        )
    text = " ".join(line.text for line in parts)
    match = DATED.fullmatch(text)
    if match is None:
        yield Finding(
            "Địa danh, ngày tháng năm",
            "form",
            1,
            f"sai thể thức: “{text}”",
        )
        return
    for part, limit in (("day", 10), ("month", 3)):
        written = match[part]
        if written and written != (
            f"0{int(written)}" if int(written) < limit else str(int(written))
        ):
            yield Finding(
                "Địa danh, ngày tháng năm",
                "leading_zero",
                1,
                f"ngày dưới 10 và tháng 1, 2 mới thêm số 0: “{text}”",
            )
    number = next((line for line in head.left if line.text.startswith("Số")), None)
    if number and abs(number.y - first.y) > 3:
        yield Finding(
            "Địa danh, ngày tháng năm",
            "place",
            1,
            "không cùng dòng với số, ký hiệu",
        )


def _name(sheet: Sheet, lines: list[Line]) -> tuple[list[Line], list[Finding]]:
    """Type (upper case) and subject, both centred between the margins; and the lines below."""
    if not lines:
        return lines, [_finding("Tên loại văn bản", "missing", "không có")]
    type_name, *others = lines
    findings = components()["Tên loại văn bản"].findings(type_name)
    if type_name.text != type_name.text.upper():
        findings.append(
            _finding("Tên loại văn bản", "upper", f"chưa in hoa: “{type_name.text}”"),
        )
    if abs(type_name.middle - _text_middle(sheet)) > 12:
        findings.append(_finding("Tên loại văn bản", "centred", "không canh giữa"))
    subject = _subject(type_name, others)
    findings += _subject_findings(sheet, subject)
    return others[len(subject) :], findings


def _subject(type_name: Line, lines: list[Line]) -> list[Line]:
    """The lines right below the type, in the middle as it is."""
    subject: list[Line] = []
    for line in lines:
        is_centred = abs(line.middle - type_name.middle) < 4
        if not is_centred or not _follows(subject or [type_name], line):
            break
        subject.append(line)
    return subject


def _subject_findings(sheet: Sheet, subject: list[Line]) -> list[Finding]:
    if not subject:
        return [_finding("Trích yếu", "missing", "không có")]
    findings: list[Finding] = []
    for line in subject:
        findings += components()["Trích yếu"].findings(line)
        if line.text == line.text.upper() and len(line.text) > 20:
            findings.append(_finding("Trích yếu", "upper", f"phải in thường: “{line.text}”"))
    return findings + list(_short_rule(sheet, subject, "Đường kẻ dưới trích yếu"))


def _finding(component: str, rule: str, sentence: str) -> Finding:
    """A finding on the first page."""
    return Finding(component, rule, 1, sentence)


def _follows(above: list[Line], line: Line) -> bool:
    return above[-1].y - line.y < 1.6 * line.size


def _text_middle(sheet: Sheet) -> float:
    """Half way between the margins of the decree: left 30 to 35, right 15 to 20 mm."""
    return sheet.width / 2 + 21


def _short_rule(sheet: Sheet, above: list[Line], name: str) -> Iterator[Finding]:
    """A solid rule of a third to half of the text's length."""
    rule = _rule_below(sheet, above[-1])
    width = max(line.x1 - line.x0 for line in above)
    if rule is None:
        yield Finding(
            name,
            "missing",
            1,
            "không có",
        )
    elif not 0.31 * width <= rule.x1 - rule.x0 <= 0.53 * width:
        share = (rule.x1 - rule.x0) / width
        yield Finding(
            name,
            "length",
            1,
            f"dài {share:.0%} dòng chữ, phải từ 1/3 đến 1/2",
        )
    if rule is not None and abs((rule.x0 + rule.x1) / 2 - above[-1].middle) > LEVEL:
        yield Finding(
            name,
            "centred",
            1,
            "không cân đối dưới dòng chữ",
        )


def _rule_below(sheet: Sheet, line: Line) -> Drawn | None:
    near = [
        rule
        for rule in sheet.drawn
        if rule.level and 0 < line.y - rule.y1 < 14 and rule.x0 < line.middle < rule.x1
    ]
    return max(near, key=lambda rule: rule.y1, default=None)


def check_bases(paragraphs: list[list[Line]]) -> Iterator[Finding]:
    """Căn cứ: the paragraphs before the first that is none."""
    bases: list[list[Line]] = []
    for paragraph in paragraphs:
        if not paragraph[0].text.startswith("Căn cứ "):
            break
        bases.append(paragraph)
    if not bases:
        yield Finding(
            "Căn cứ ban hành",
            "missing",
            1,
            "không có",
        )
    for place, paragraph in enumerate(bases, start=1):
        for line in paragraph:
            yield from components()["Căn cứ ban hành"].findings(line)
        if "; căn cứ " in " ".join(line.text for line in paragraph).lower():
            yield Finding(
                "Căn cứ ban hành",
                "one_each",
                paragraph[0].page,
                "mỗi căn cứ phải ở một dòng riêng",
            )
        wanted = "." if place == len(bases) else ";"
        if not paragraph[-1].text.endswith(wanted):
            yield Finding(
                "Căn cứ ban hành",
                "ending",
                paragraph[-1].page,
                f"phải kết thúc bằng “{wanted}”: “…{paragraph[-1].text[-40:]}”",
            )
