"""Forty faults seeded on the pages of four faultless papers: the checker names each of them."""

from functools import cache

import pytest

from pledge_app.papers.decree.checker import check_make_up, check_sheets
from pledge_app.papers.decree.reading import Sheet, read
from pledge_app.papers.printing.paper import render
from tests.documents.examples import EXAMPLES
from tests.documents.reworking import (
    Rework,
    gone,
    last_page_from,
    line_below,
    says,
    shifted,
    styled,
)

POSITION, LIST, LABEL = (
    "Quyền hạn, chức vụ người ký",
    "Danh sách nơi nhận",
    'Từ "Nơi nhận:"',
)
BASES, SYMBOL, WORDS, PAGE = "Căn cứ ban hành", "Số, ký hiệu", "Lời văn", "Bố trí trang"
DECREE = "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính"
SEEDED: dict[str, tuple[str, str, str, Rework]] = {
    "dots left in the minutes": ("minutes", WORDS, "dots", says("Có mặt: 03", "Có mặt: …..")),
    "full stops left as dots": (
        "minutes", WORDS, "dots", says("Thư ký: Đỗ Thị Hoa", "Thư ký: ....."),
    ),
    "in-house short name": ("minutes", WORDS, "abbreviation", says("Có mặt", "BTT UBMTTQ có mặt")),
    "an office that there is not": (
        "agreement", WORDS, "office", says("1. Ủy ban", "1. Chủ tịch Ban Thường trực Ủy ban"),
    ),
    "a unit said twice": ("minutes", WORDS, "twice", says("Vắng mặt", "Xóm Xóm 2 vắng mặt")),
    "căn cứ without a day": ("agreement", BASES, "date", says(DECREE, DECREE[:29] + "của Chính")),
    "circular without a day": (
        "registration", BASES, "date", says(DECREE, "Căn cứ Thông tư số 15/2025/TT-BNV của Chính"),
    ),
    "căn cứ after the paper": (
        "quarter_report", BASES, "later",
        lambda sheets: says("Thực hiện Bản", "Căn cứ Luật ngày 15 tháng 6 năm 2099 và Bản")(
            says("Hải Quang, ngày", "Hải Quang, ngày 05 tháng 04 năm 2023")(sheets)
        ),
    ),
    "căn cứ without its end": ("agreement", BASES, "ending", says("năm 2023.", "năm 2023")),
    "căn cứ upright": ("agreement", BASES, "italic", styled(DECREE, font="Liberation-Serif")),
    "symbol cut in two": (
        "agreement", SYMBOL, "cut",
        lambda sheets: says("phủ quy định", "CP quy định")(
            says(DECREE, "Căn cứ Nghị định ngày 31 tháng 7 năm 2017 số 91/2017/NĐ-")(sheets)
        ),
    ),
    "two numbers": ("registration", SYMBOL, "one", line_below("Số:", "Số: 06/ĐK", 1.0)),
    "syllable cut in a table": (
        "agreement", "Bảng", "syllable", line_below("Tỷ lệ hộ nghèo", "ng", 12.0),
    ),
    "fewer copies than parties": (
        "agreement", "Số bản", "fewer",
        says("Bản giao ước này được lập thành 06", "Bản giao ước này được lập thành 03"),
    ),
    "no Như trên": ("registration", LIST, "as_above", says("- Như trên;", "- Sở Nội vụ;")),
    "addressee again in Nơi nhận": (
        "registration", LIST, "addressed",
        says("- Đảng ủy, HĐND xã;", "- Hội đồng Thi đua - Khen thưởng huyện Hải Hậu;"),
    ),
    "somebody twice in Nơi nhận": (
        "agreement", LIST, "twice",
        says("- Các đơn vị ký giao ước;", "- Ủy ban MTTQ Việt Nam huyện;"),
    ),
    "no archive": ("agreement", LIST, "archive", says("- Lưu: VT.", "- Văn thư.")),
    "no Nơi nhận": ("registration", LABEL, "missing", gone("Nơi nhận")),
    "Nơi nhận upright": (
        "registration", LABEL, "italic", styled("Nơi nhận", font="Liberation-Serif-Bold"),
    ),
    "unit named in a single block": (
        "registration", POSITION, "unit",
        says("TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN XÃ HẢI QUANG"),
    ),
    "Q. before the committee": (
        "registration", POSITION, "form", says("TM. ỦY BAN NHÂN DÂN", "Q. ỦY BAN NHÂN DÂN"),
    ),
    "T/M": ("registration", POSITION, "form", says("TM. ỦY BAN", "T/M ỦY BAN")),
    "TL. below TM.": ("registration", POSITION, "form", says("CHỦ TỊCH", "TL. CHỦ TỊCH")),
    "TUQ. below TM.": ("registration", POSITION, "form", says("CHỦ TỊCH", "TUQ. CHỦ TỊCH")),
    "KT. without a deputy": ("registration", POSITION, "form", says("CHỦ TỊCH", "KT. CHỦ TỊCH")),
    "deputy without KT.": ("registration", POSITION, "form", says("CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    "office in small letters": ("registration", POSITION, "upper", says("CHỦ TỊCH", "Chủ tịch")),
    "name broken in a block": (
        "agreement", POSITION, "name_cut", says("XÃ HẢI QUANG", "XÃ HẢI QUANG,"),
    ),
    "name with a degree": (
        "registration", "Họ tên người ký", "degree", says("Nguyễn Văn An", "ThS. Nguyễn Văn An"),
    ),
    "name off its office": (
        "registration", "Họ tên người ký", "centred", shifted("Nguyễn Văn An", 20.0),
    ),
    "empty section": (
        "minutes", "Tiêu đề mục", "empty", line_below("II. NỘI DUNG", "III. KẾT QUẢ", 8.0),
    ),
    "Quốc hiệu too large": ("minutes", "Quốc hiệu", "size", styled("CỘNG HÒA", size=15.0)),
    "Tiêu ngữ misspelt": ("minutes", "Tiêu ngữ", "text", says("Độc lập", "Độc Lập")),
    "red text": ("minutes", "Phông", "colour", styled("Có mặt", black=False)),
    "another face": ("minutes", "Phông", "face", styled("Có mặt", font="DejaVuSans")),
    "no page number": ("agreement", "Số trang", "missing", last_page_from("Nơi nhận")),
    "body too small": ("minutes", "Nội dung", "size", styled("Có mặt", size=11.0)),
    "only Nơi nhận on a page": ("agreement", PAGE, "recipients", last_page_from("Nơi nhận")),
    "one block alone on a page": (
        "registration", PAGE, "block",
        lambda sheets: last_page_from("TM. ỦY BAN", "CHỦ TỊCH")(gone("- Như trên;")(sheets)),
    ),
    "a page nearly empty": ("registration", PAGE, "empty", last_page_from("Nơi nhận")),
}  # fmt: skip


@cache
def pages(kind: str) -> tuple[Sheet, ...]:
    """A faultless paper, printed and read once."""
    return tuple(read(render(kind, EXAMPLES[kind]()).pdf))


@pytest.mark.parametrize("fault", sorted(SEEDED))
def test_the_checker_finds_what_was_seeded(fault: str) -> None:
    kind, component, rule, rework = SEEDED[fault]
    sheets = rework([*pages(kind)])
    found = [*check_sheets(sheets, kind), *check_make_up(sheets, kind)]
    assert (component, rule) in {(one.component, one.rule) for one in found}, [*map(str, found)]


def test_forty_faults_are_seeded() -> None:
    assert len(SEEDED) >= 40
    for kind in {kind for kind, _component, _rule, _rework in SEEDED.values()}:
        assert check_sheets([*pages(kind)], kind) == []
