"""Which row of nd30_components.csv is judged on which kind of paper, and by which rules.

`ROWS` gives every row of the csv its part and the rules by which the checker finds a fault of it.
A paper's `PaperParts` say of every part whether it must have it, may have it, or cannot have it
and why; no check asks for the name of a kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Rules = tuple[str, ...]
STYLE: Rules = ("size", "bold", "italic")


class Part(Enum):
    """Rows of the csv that a paper has or lacks together."""

    PAGE = "page"
    HEAD = "head"
    NUMBER = "number"
    NAME = "type and subject"
    LETTER = "subject of a letter"
    BASES = "căn cứ"
    BODY = "running text"
    CHAPTERS = "parts and chapters"
    SECTIONS = "sections"
    ADDRESSED = "kính gửi"
    SIGNED = "signature"
    RECIPIENTS = "nơi nhận"
    IMAGES = "image of a digital signature"
    SEPARATE = "attachment in a file of its own"
    ANNEX = "annex"
    DRAFTER = "sign of the drafter"
    ADDRESS = "address of the body"


ROWS: dict[str, tuple[Part, Rules]] = {
    "Khổ giấy": (Part.PAGE, ("size",)),
    "Lề": (Part.PAGE, ("top", "bottom", "left", "right")),
    "Phông": (Part.PAGE, ("face", "colour", "embedded", "unicode")),
    "Quốc hiệu": (Part.HEAD, (*STYLE, "one_line", "place", "top")),
    "Tiêu ngữ": (Part.HEAD, (*STYLE, "text", "place", "gap")),
    "Đường kẻ dưới Tiêu ngữ": (Part.HEAD, ("missing", "length")),
    "Tên cơ quan chủ quản trực tiếp": (Part.HEAD, (*STYLE, "upper")),
    "Tên cơ quan ban hành": (Part.HEAD, ("size", "italic", "missing", "upper", "centred")),
    "Đường kẻ dưới tên cơ quan": (Part.HEAD, ("missing", "length", "centred")),
    "Số, ký hiệu": (
        Part.NUMBER,
        (*STYLE, "missing", "form", "leading_zero", "centred", "one", "cut"),
    ),
    "Địa danh, ngày tháng năm": (
        Part.HEAD,
        (*STYLE, "missing", "form", "leading_zero", "place", "centred"),
    ),
    "Tên loại văn bản": (Part.NAME, (*STYLE, "missing", "upper", "centred")),
    "Trích yếu": (Part.NAME, (*STYLE, "missing", "upper")),
    "Trích yếu công văn": (Part.LETTER, ()),
    "Căn cứ ban hành": (Part.BASES, (*STYLE, "missing", "ending", "one_each", "date", "later")),
    "Nội dung": (Part.BODY, ("size", "indent", "spacing", "paragraph_gap", "justified")),
    "Phần, Chương (từ + số La Mã)": (Part.CHAPTERS, (*STYLE, "centred", "title")),
    "Mục (từ + số Ả Rập)": (Part.CHAPTERS, (*STYLE, "centred", "title")),
    'Số thứ tự và tiêu đề mục (bố cục phần-mục-khoản, VD "I. NHỮNG KẾT QUẢ")': (
        Part.SECTIONS,
        (*STYLE, "upper"),
    ),
    "Điều": (Part.CHAPTERS, (*STYLE, "form")),
    "Khoản có tiêu đề": (Part.SECTIONS, ("size", "italic", "own_line")),
    "Khoản không tiêu đề": (Part.SECTIONS, ("form", "italic")),
    "Điểm": (Part.SECTIONS, ("form", "italic")),
    "Quyền hạn, chức vụ người ký": (
        Part.SIGNED,
        ("size", "italic", "missing", "upper", "form", "unit", "name_cut", "place"),
    ),
    "Họ tên người ký": (Part.SIGNED, (*STYLE, "degree", "centred")),
    "Hình ảnh chữ ký số của người ký": (Part.IMAGES, ()),
    "Hình ảnh chữ ký số cơ quan (dấu)": (Part.IMAGES, ()),
    "Ký số trên tệp kèm theo / phụ lục tách tệp": (Part.SEPARATE, ()),
    "Kính gửi": (Part.ADDRESSED, (*STYLE, "missing", "unwanted")),
    'Từ "Nơi nhận:"': (Part.RECIPIENTS, (*STYLE, "missing", "place")),
    "Danh sách nơi nhận": (
        Part.RECIPIENTS,
        (*STYLE, "dash", "ending", "archive", "as_above", "addressed", "twice"),
    ),
    "Số trang": (Part.PAGE, (*STYLE, "first", "missing", "centred")),
    '"Phụ lục" + số La Mã': (Part.ANNEX, (*STYLE, "roman")),
    "Tên phụ lục": (Part.ANNEX, (*STYLE, "upper")),
    "Dòng (Kèm theo ...)": (Part.ANNEX, (*STYLE, "line")),
    "Ký hiệu người soạn thảo và số bản": (Part.DRAFTER, ()),
    "Địa chỉ cơ quan": (Part.ADDRESS, ()),
}
"""By the names of the csv. No rules: no paper here has the part; its `PaperParts` then say why."""

OUR_OWN: dict[str, Rules] = {
    "Tệp": ("language", "title"),
    "Khối chữ ký": ("torn",),
    "Tiêu đề mục": ("widow", "empty"),
    "Bảng": ("head", "syllable"),
    "Lời văn": ("dots", "abbreviation", "office", "twice"),
    "Số bản": ("fewer",),
    "Bố trí trang": ("empty", "recipients", "block"),
    "Đường kẻ dưới trích yếu": ("missing", "length", "centred"),
}
"""What we ask beyond the csv."""

MUST, MAY = "must", "may"


@dataclass(frozen=True)
class PaperParts:
    """What a paper of one kind has; every part stands in exactly one of the three."""

    must: frozenset[Part]
    may: frozenset[Part] = frozenset()
    cannot: Mapping[Part, str] = field(default_factory=dict)
    """With the reason, in the words of the decree's readers."""
    beside: bool = False
    """Signatures stand side by side, Nơi nhận below them; else one at the right, Nơi nhận level
    with it.
    """

    def has(self, part: Part) -> bool:
        return part in self.must or part in self.may

    def judges(self, component: str) -> bool:
        """Whether a row of the csv, or a rule of ours, is looked at on this kind of paper."""
        return component not in ROWS or self.has(ROWS[component][0])

    def needs(self, component: str) -> bool:
        """Whether it is a fault when the component is not there at all."""
        return component not in ROWS or ROWS[component][0] in self.must

    def keeps(self, component: str, rule: str) -> bool:
        """Whether a finding counts on this kind of paper."""
        if rule == "unwanted":
            return not self.judges(component)
        return self.judges(component) and (rule != "missing" or self.needs(component))


PLAIN = {
    Part.LETTER: "chỉ công văn mới có trích yếu dưới số, ký hiệu; văn bản này có tên loại",
    Part.IMAGES: "bản in để ký tay: khối chữ ký chừa chỗ, ảnh chữ ký và dấu chỉ có khi ký số",
    Part.SEPARATE: "phụ lục nằm cùng tệp với văn bản nên dùng chung chữ ký",
    Part.DRAFTER: "chỉ ghi khi cần quản lý số bản; văn bản này có mã tra cứu thay vào đó",
    Part.ADDRESS: "chỉ công văn, giấy giới thiệu, thư công và phiếu gửi mới ghi địa chỉ cơ quan",
}
NO_ADDRESSEE = {Part.ADDRESSED: "Kính gửi chỉ có ở tờ trình, báo cáo gửi cấp trên và công văn"}

ALWAYS = frozenset(
    {
        Part.PAGE,
        Part.HEAD,
        Part.NAME,
        Part.BODY,
    }
)
SIGNED = frozenset({Part.SIGNED, Part.RECIPIENTS})
ORDER = frozenset({Part.CHAPTERS, Part.SECTIONS})
ANNEXED = frozenset({Part.ANNEX})

REPORT = PaperParts(
    ALWAYS | SIGNED | {Part.NUMBER, Part.ADDRESSED},
    ORDER | ANNEXED | {Part.BASES},
    PLAIN,
)
"""One body reports to the level above."""

UNKNOWN = PaperParts(
    ALWAYS | SIGNED,
    ORDER | ANNEXED | {Part.NUMBER, Part.BASES, Part.ADDRESSED},
    PLAIN,
    beside=True,
)
"""A paper of which only the file is known: it is signed, and may have what any paper may have."""
