"""What stands at the end of a paper: the signature block, Nơi nhận, annexes."""

import re
from collections.abc import Iterator

from pledge_app.papers.decree.applicable import PaperParts
from pledge_app.papers.decree.checks_body import AUTHORITY, Body
from pledge_app.papers.decree.components import Finding, components
from pledge_app.papers.decree.reading import Line
from pledge_app.papers.vietnamese import UNIT_NAME

CODE = re.compile(r"Mã tra cứu: ")
WELL_FORMED = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S|[^./]+$")
ACTING_BODY = re.compile(r"Q\. (?:ỦY BAN|UBND|BAN|HỘI ĐỒNG|ĐẢNG ỦY)\b")
CUT_NAME = re.compile(r"\b(?:XÃ|PHƯỜNG|THỊ TRẤN|HUYỆN|QUẬN|TỈNH|THÔN|XÓM|ẤP|VIỆT|NHÂN)$")
DEGREE = re.compile(
    r"(GS|PGS|TS|TSKH|ThS|BS|KS|CN|LS|NGND|NGƯT)\b|(Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ "
    r"sư|Cử nhân|Nhà giáo|Thầy thuốc|Nghệ sĩ|Anh hùng) "
)
INK = (20.0, 260.0)
"""Points between an office and the name below it."""
LEVEL = 6.0
POSITION, NAME = "Quyền hạn, chức vụ người ký", "Họ tên người ký"
LABEL, LIST = 'Từ "Nơi nhận:"', "Danh sách nơi nhận"


def check_closing(body: Body, kind: PaperParts) -> Iterator[Finding]:
    """The signature block and Nơi nhận."""
    offices = [line for line in body.closing if line.bold and AUTHORITY.match(line.text)]
    if offices:
        if kind.judges(POSITION) and not any(
            line.page == offices[0].page and line.light for line in body.lines[: body.end]
        ):
            yield Finding(
                "Khối chữ ký",
                "torn",
                offices[0].page,
                "bị tách khỏi đoạn văn cuối cùng",
            )
        for office in offices:
            yield from _office(body, office, kind)
        if not kind.beside and offices[0].middle < body.sheets[offices[0].page].width / 2:
            yield Finding(
                POSITION,
                "place",
                offices[0].page,
                "không ở bên phải trang",
            )
        yield from _names(body, offices)
    else:
        yield Finding(
            POSITION,
            "missing",
            0,
            "không có khối chữ ký",
        )
    yield from _recipients(body, offices, kind)


def _office(body: Body, office: Line, kind: PaperParts) -> Iterator[Finding]:
    """The lines of one authority and position, down to the room for ink."""
    if not WELL_FORMED.match(office.text):
        yield Finding(
            POSITION,
            "form",
            office.page,
            f"phải ghi TM., KT., TL., TUQ. hoặc Q.: “{office.text}”",
        )
    block, last = [office], office
    for line in body.closing:
        if (
            line.page == office.page
            and abs(line.middle - office.middle) < 60
            and 0 < last.y - line.y < 1.6 * last.size
        ):
            block.append(line)
            last = line
    yield from _form_of_block(block, kind)
    for line in block:
        if line.bold:
            yield from components()[POSITION].findings(line)
        if line.text != line.text.upper():
            yield Finding(
                POSITION,
                "upper",
                line.page,
                f"chưa in hoa: “{line.text}”",
            )
        elif not line.bold:
            yield Finding(
                POSITION,
                "missing",
                line.page,
                f"không in đậm: “{line.text}”",
            )


def _form_of_block(block: list[Line], kind: PaperParts) -> Iterator[Finding]:
    """What the lines of a block say together (II.7.b): where TM., Q., TL., TUQ. stand, and whose
    name.
    """
    first = block[0]
    if ACTING_BODY.match(first.text):
        said = f"Q. đứng trước chức vụ, không đứng trước tên cơ quan: “{first.text}”"
        yield Finding(
            POSITION,
            "form",
            first.page,
            said,
        )
    yield from _names_of_block(block)
    if not first.text.startswith("TM."):
        return
    charged = next((line for line in block if line.text.startswith(("TL.", "TUQ."))), None)
    if charged is not None:
        yield Finding(
            POSITION,
            "form",
            charged.page,
            f"TL., TUQ. đứng riêng, không có TM. ở trên: “{charged.text}”",
        )
    named = next((line for line in block if UNIT_NAME.search(line.text)), None)
    if not kind.beside and named is not None:
        said = f"tên đơn vị đã có ở tên cơ quan ban hành, không ghi lại: “{named.text}”"
        yield Finding(
            POSITION,
            "unit",
            named.page,
            said,
        )


def _names_of_block(block: list[Line]) -> Iterator[Finding]:
    """No line ends within a unit's name; KT. is followed by the deputy's office, TM. alone by the
    head's.
    """
    for line in block:
        if line.text.endswith(",") or CUT_NAME.search(line.text):
            said = f"ngắt giữa tên cơ quan: “{line.text}”"
            yield Finding(POSITION, "name_cut", line.page, said)
    texts = [line.text for line in block]
    deputy = next((text for text in texts if text.startswith("PHÓ ")), None)
    stands_in = any(text.startswith("KT.") for text in texts)
    if stands_in and deputy is None:
        said = "dưới KT. phải là chức vụ của cấp phó"
        yield Finding(POSITION, "form", block[0].page, said)
    of_committee = texts[0].startswith(("TM. ỦY BAN NHÂN DÂN", "TM. UBND"))
    if of_committee and deputy is not None and not stands_in:
        said = f"cấp phó ký thay phải có dòng KT.: “{deputy}”"
        yield Finding(POSITION, "form", block[0].page, said)


def _names(body: Body, offices: list[Line]) -> Iterator[Finding]:
    names = [
        line
        for line in body.closing
        if line.text != line.text.upper()
        and not line.text.startswith(("-", "Nơi nhận"))
        and not CODE.match(line.text)
    ]
    for line in names:
        above = [
            office
            for office in offices
            if abs(line.middle - office.middle) < 60
            and line.page == office.page
            and INK[0] < office.y - line.y < INK[1]
        ]
        if above:
            yield from components()[NAME].findings(line)
            if DEGREE.match(line.text):
                yield Finding(
                    NAME,
                    "degree",
                    line.page,
                    f"không ghi học hàm, học vị, danh hiệu: “{line.text}”",
                )
            if min(abs(line.middle - office.middle) for office in above) > LEVEL:
                yield Finding(
                    NAME,
                    "centred",
                    line.page,
                    f"không canh giữa dưới chức vụ: “{line.text}”",
                )
        elif line.bold and line.upright:
            yield Finding(
                "Khối chữ ký",
                "torn",
                line.page,
                f"họ tên tách khỏi chức vụ: “{line.text}”",
            )


def _recipients(body: Body, offices: list[Line], kind: PaperParts) -> Iterator[Finding]:
    place = next(
        (place for place, line in enumerate(body.closing) if line.text.startswith("Nơi nhận")),
        None,
    )
    if place is None:
        yield Finding(
            LABEL,
            "missing",
            0,
            "không có nơi nhận",
        )
        return
    label = body.closing[place]
    yield from components()[LABEL].findings(label)
    if abs(label.x0 - body.left) > LEVEL:
        yield Finding(
            LABEL,
            "place",
            label.page,
            "không sát lề trái",
        )
    elif not kind.beside and not any(
        office.page == label.page and abs(office.y - label.y) < 2 * LEVEL for office in offices
    ):
        yield Finding(
            LABEL,
            "place",
            label.page,
            "không ngang hàng quyền hạn, chức vụ người ký",
        )
    items = [
        line
        for line in body.closing[place:]
        if line.page == label.page
        and line.y < label.y
        and abs(line.x0 - label.x0) < 2
        and not CODE.match(line.text)
        and not line.bold
    ]
    yield from _items(items, label)


def _items(items: list[Line], label: Line) -> Iterator[Finding]:
    """Each begins with "- " and ends with ";", the last, "- Lưu: VT, …", with "."."""
    complete = True
    for line in items:
        yield from components()[LIST].findings(line)
        if complete and not line.text.startswith("- "):
            yield Finding(
                LIST,
                "dash",
                line.page,
                f"thiếu gạch đầu dòng: “{line.text}”",
            )
        if line.text.startswith("- ") and not complete:
            yield Finding(
                LIST,
                "ending",
                line.page,
                f"dòng trước chưa có dấu chấm phẩy: “{line.text}”",
            )
        complete = line.text.endswith((";", "."))
    if items and not items[-1].text.endswith("."):
        yield Finding(
            LIST,
            "ending",
            label.page,
            "dòng cuối phải kết thúc bằng dấu chấm",
        )
    if not any(line.text.startswith("- Lưu:") for line in items[-2:]):
        yield Finding(
            LIST,
            "archive",
            label.page,
            "dòng cuối phải là “- Lưu: VT, ….”",
        )


def check_annexes(body: Body) -> Iterator[Finding]:
    """Each annex: its label, its title, and what it belongs to."""
    labels = [place for place, line in enumerate(body.annex) if body.begins_annex(line)]
    for place in labels:
        label, *others = body.annex[place : place + 8]
        yield from components()['"Phụ lục" + số La Mã'].findings(label)
        if (
            len(labels) > 1
            and not re.fullmatch(r"Phụ lục [IVXLC]+", label.text)
            or re.search(r"[0-9]", label.text)
        ):
            yield Finding(
                '"Phụ lục" + số La Mã',
                "roman",
                label.page,
                f"phải đánh số La Mã: “{label.text}”",
            )
        yield from _annex_name(label, others)


def _annex_name(label: Line, others: list[Line]) -> Iterator[Finding]:
    whose = next(
        (place for place, line in enumerate(others) if line.text.startswith("(Kèm theo")),
        None,
    )
    if whose is None:
        yield Finding(
            "Dòng (Kèm theo ...)",
            "line",
            label.page,
            "không có dòng “(Kèm theo …)” dưới tên phụ lục",
        )
    else:
        yield from components()["Dòng (Kèm theo ...)"].findings(others[whose])
    for line in others[: 1 if whose is None else whose]:
        yield from components()["Tên phụ lục"].findings(line)
        if line.text != line.text.upper():
            yield Finding(
                "Tên phụ lục",
                "upper",
                line.page,
                f"chưa in hoa: “{line.text}”",
            )
