"""How offices head their columns and word a criterion's fields; every spelling → our value.
Pure.
"""

from __future__ import annotations

import re
from enum import StrEnum

from pledge_app.criteria.kinds import ITEM_KINDS, Cadence, Direction, FigureKind, ValueKind
from pledge_app.kernel.text import fold


class Column(StrEnum):
    """What a column of a pasted table holds."""

    SERIAL = "serial"  # STT beside a column of codes: only a number of the line
    DOES = "does"  # Loại dòng: nhóm, tiêu chí
    CODE = "code"
    GROUP = "group"
    NAME = "name"
    UNIT = "unit"
    KIND = "kind"
    DIRECTION = "direction"
    CADENCE = "cadence"
    POINTS = "points"
    NOTE = "note"
    NEARLY = "nearly_counts"
    STRICT = "is_strict"
    EVIDENCE = "needs_evidence"
    SOURCE = "data_source"
    CHECK = "data_check"
    CUTOFF = "data_cutoff"
    LIMITS = "data_limits"
    BASIS = "legal_basis"
    APPLIES = "applies_to"
    HELP = "help_text"


class Does(StrEnum):
    """What becomes of a row."""

    GROUP = "group"
    SUBGROUP = "group2"
    INNER_GROUP = "group3"
    CRITERION = "criterion"
    SKIP = "skip"

    @property
    def is_group(self) -> bool:
        """It holds criteria, or other groups."""
        return self in GROUPS

    @property
    def level(self) -> int:
        """Of a group: 1, 2 or 3; a criterion stands below whatever group is open."""
        return GROUPS.index(self) + 1


GROUPS = (Does.GROUP, Does.SUBGROUP, Does.INNER_GROUP)


HEADS: dict[Column, tuple[str, ...]] = {
    Column.SERIAL: ("stt", "tt", "so tt", "so thu tu"),
    Column.DOES: ("loai dong", "dong"),
    Column.CODE: ("ma", "ma tieu chi", "ma so", "ma chi tieu", "ky hieu", "muc", "ma hieu"),
    Column.GROUP: ("nhom", "nhom tieu chi", "ten nhom", "linh vuc", "nhom linh vuc", "phan"),
    Column.NAME: (
        "ten",
        "tieu chi",
        "ten tieu chi",
        "noi dung",
        "noi dung tieu chi",
        "tieu chuan",
        "chi tieu",
        "ten chi tieu",
        "noi dung thi dua",
        "noi dung cham diem",
        "noi dung danh gia",
        "noi dung tieu chuan",
        "cac tieu chi",
        "cac chi tieu",
        "tieu chi thi dua",
        "chi tieu thi dua",
        "ten nhom tieu chi",
        "ten nhom hoac tieu chi",
        "noi dung chi tieu",
        "tieu chi danh gia",
    ),
    Column.UNIT: ("dvt", "don vi tinh", "dv tinh", "don vi do", "don vi"),
    Column.KIND: (
        "kieu",
        "kieu so lieu",
        "loai so lieu",
        "loai",
        "dang so lieu",
        "kieu du lieu",
        "loai du lieu",
    ),
    Column.DIRECTION: (
        "chieu",
        "huong",
        "the nao la tot hon",
        "chieu tot",
        "chieu danh gia",
        "muc tieu",
    ),
    Column.CADENCE: (
        "cach tinh",
        "cach tinh nam",
        "cach cong",
        "nhip",
        "luy ke",
        "cach tinh luy ke",
    ),
    Column.POINTS: (
        "diem",
        "chuan",
        "diem chuan",
        "diem toi da",
        "thang diem",
        "so diem",
        "diem chuan toi da",
        "diem toi da chuan",
    ),
    Column.NOTE: ("ghi chu", "chu thich", "huong dan", "giai thich"),
    Column.NEARLY: (
        "trang thai duoc tinh",
        "muc duoc tinh",
        "muc duoc tinh la dat",
    ),
    Column.STRICT: (
        "so sanh",
        "cach so sanh",
        "so voi muc",
    ),
    Column.EVIDENCE: (
        "minh chung",
        "can minh chung",
        "minh chung bat buoc",
    ),
    Column.SOURCE: (
        "nguon so lieu",
        "nguon",
        "nguon du lieu",
    ),
    Column.CHECK: (
        "cach kiem tra",
        "cach kiem tra so lieu",
        "cach xac minh",
    ),
    Column.CUTOFF: (
        "ngay chot so lieu",
        "chot so lieu",
        "thoi diem chot so lieu",
    ),
    Column.LIMITS: (
        "han che cua so lieu",
        "han che",
    ),
    Column.BASIS: (
        "can cu",
        "can cu phap ly",
        "van ban quy dinh",
    ),
    Column.APPLIES: (
        "ap dung cho",
        "doi tuong ap dung",
        "doi tuong",
    ),
    Column.HELP: (
        "huong dan nhap",
        "cach nhap",
    ),
}

DIRECTIONS: dict[Direction, tuple[str, ...]] = {
    Direction.HIGHER: (
        "cang cao cang tot",
        "cao",
        "cang cao",
        "tang",
        "cang nhieu cang tot",
        "higher",
    ),
    Direction.LOWER: (
        "cang thap cang tot",
        "thap",
        "cang thap",
        "giam",
        "cang it cang tot",
        "lower",
    ),
    Direction.KEEP_ZERO: (
        "khong de xay ra",
        "ko de xay ra",
        "k de xay ra",
        "khong xay ra",
        "giu o muc 0",
        "giu muc 0",
        "giu 0",
        "bang 0",
        "muc 0",
        "khong de xay ra (muc 0)",
    ),
    Direction.YES_NO: ("dat/khong dat", "dat hoac khong dat", "dat", "co/khong"),
}
CADENCES: dict[Cadence, tuple[str, ...]] = {
    Cadence.CUMULATIVE: ("luy ke", "luy ke cac quy", "cong don", "luy ke nam", "cong don cac quy"),
    Cadence.STATE: ("tai thoi diem", "thoi diem", "so cuoi ky", "thoi diem bao cao"),
}
KINDS: dict[ValueKind, tuple[str, ...]] = {
    ValueKind.NUMBER: ("so", "so luong", "so tuyet doi", "number"),
    ValueKind.PERCENT: ("%", "ty le", "ty le %", "phan tram", "percent"),
    ValueKind.YES_NO: ("dat/khong dat", "dat hoac khong dat", "dat", "co/khong"),
    ValueKind.COUNTED_ROWS: (
        "dem theo xom",
        "dem theo thon",
        "dem theo thon, xom",
        "dem theo ap",
        "dem theo to dan pho",
        "ty le % dem theo thon, xom",
        "% dem theo xom",
        "ty le dem theo xom",
    ),
}
DOES: dict[Does, tuple[str, ...]] = {
    Does.GROUP: ("nhom", "nhom tieu chi", "nhom cap 1"),
    Does.SUBGROUP: ("nhom cap 2", "nhom con"),
    Does.INNER_GROUP: ("nhom cap 3",),
    Does.CRITERION: ("tieu chi", "chi tieu"),
    Does.SKIP: ("bo qua", "khong dua vao"),
}
_COUNTED_BY = re.compile(r"(?:ty le )?(?:% )?dem theo (.+)")
_BRACKETS = re.compile(r"\(.*?\)")


def head_of(cell: str) -> Column | None:
    """The column that a heading announces; None for a heading that we do not know."""
    whole = plain_key(cell)
    bare = plain_key(_BRACKETS.sub(" ", cell))
    for column, spellings in HEADS.items():
        if whole in spellings or bare in spellings:
            return column
    return None


def direction_of(cell: str) -> Direction | None:
    """Khong de xay ra → KEEP_ZERO; None when the words say no direction."""
    return next(
        (one for one, spellings in DIRECTIONS.items() if plain_key(cell) in spellings), None
    )


def cadence_of(cell: str) -> Cadence | None:
    """Lũy kế → CUMULATIVE."""
    return next((one for one, spellings in CADENCES.items() if plain_key(cell) in spellings), None)


def kind_of(cell: str) -> FigureKind | None:
    """Tỷ lệ % → PERCENT; tỷ lệ % đếm theo sản phẩm → COUNTED_ROWS of products."""
    text = plain_key(cell)
    for kind, spellings in KINDS.items():
        if text in spellings:
            return FigureKind(kind)
    counted = _COUNTED_BY.fullmatch(text)
    for key, items in ITEM_KINDS.items():
        if counted is not None and counted.group(1) == fold(items.word):
            return FigureKind(ValueKind.COUNTED_ROWS, key)
    return None


def does_of(cell: str) -> Does | None:
    """Nhóm → GROUP."""
    return next((one for one, spellings in DOES.items() if plain_key(cell) in spellings), None)


def plain_key(cell: str) -> str:
    """Folded, one spelling of "đạt / không đạt", without the full stop or colon at the end."""
    key = re.sub(r"\s*/\s*", "/", fold(cell))
    return key.strip(" .:*")
