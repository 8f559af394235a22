"""What is wrong or doubtful in the rows of a set: by row, in a sentence, with its correction
where one is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.criteria.bands import unsaid
from pledge_app.criteria.kinds import Direction, ValueKind
from pledge_app.criteria.reading import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_UNIT,
    DraftRow,
)
from pledge_app.criteria.vocabulary import Does
from pledge_app.kernel.numbers import NumberProblem, format_number, parse_number
from pledge_app.ui.typed_values import number_sentence

_LETTER_CODE = re.compile(r"^([A-Za-zĐđ])(\.?)([0-9]+(?:\.[0-9]+)*)$")


@dataclass(frozen=True)
class Doubt:
    """Something about row `row` (from 0) in `column`. `blocks`: no set is made of it before it
    is mended.

    `suggestion`: the text that would mend it, "" where only a person can know.
    """

    row: int
    column: str
    sentence: str
    blocks: bool = False
    suggestion: str = ""


def doubts_about(rows: Sequence[DraftRow]) -> list[Doubt]:
    """In the order of the rows; what blocks stands first within a row."""
    counted = [
        (place, row)
        for place, row in enumerate(rows)
        if row.does is not Does.SKIP and not row.is_blank
    ]
    doubts = [doubt for place, row in counted for doubt in _faults(place, row)]
    doubts += _repeated(counted)
    doubts += _spellings(counted)
    doubts += _gaps(counted)
    doubts += _parts(counted)
    doubts += _groups(counted)
    for place, row in enumerate(rows):
        doubts += _heard(place, row)
    return sorted(doubts, key=lambda doubt: (doubt.row, not doubt.blocks))


def _faults(place: int, row: DraftRow) -> list[Doubt]:
    """What one row lacks, whatever the others are."""
    doubts = []
    if not row.name:
        doubts.append(Doubt(place, "name", _("Chưa có tên."), True))
    if len(row.name) > LONGEST_NAME:
        doubts.append(Doubt(place, "name", _("Tên dài quá %(n)s ký tự.", n=LONGEST_NAME), True))
    if len(row.code) > LONGEST_CODE:
        doubts.append(Doubt(place, "code", _("Mã dài quá %(n)s ký tự.", n=LONGEST_CODE), True))
    if len(row.unit) > LONGEST_UNIT:
        doubts.append(
            Doubt(place, "unit", _("Đơn vị tính dài quá %(n)s ký tự.", n=LONGEST_UNIT), True)
        )
    if len(row.note) > LONGEST_NOTE:
        doubts.append(Doubt(place, "note", _("Ghi chú dài quá %(n)s ký tự.", n=LONGEST_NOTE), True))
    doubts += _points(place, row) + _dates(place, row)
    if row.does is Does.CRITERION:
        if (row.kind is ValueKind.YES_NO) != (row.direction is Direction.YES_NO):
            doubts.append(
                Doubt(
                    place,
                    "direction",
                    _(
                        "Kiểu số liệu và chiều phải cùng là “Đạt / không đạt”, hoặc cùng không "
                        "phải."
                    ),
                    True,
                )
            )
        if row.kind is ValueKind.NUMBER and row.unit == "%":
            doubts.append(
                Doubt(
                    place,
                    "kind",
                    _(
                        "Đơn vị tính là phần trăm mà kiểu số liệu là Số. Nếu là tỷ lệ, hãy chọn "
                        "kiểu tỷ lệ."
                    ),
                )
            )
        edges = unsaid(row.name)
        if edges:
            doubts.append(
                Doubt(
                    place,
                    "name",
                    _(
                        "Tên có các mức điểm nhưng chưa nói được mấy điểm khi: %(edges)s.",
                        edges="; ".join(edges),
                    ),
                )
            )
    return doubts


def points_of(row: DraftRow) -> Decimal | None:
    """The points of a row; None for blank. Raises NumberProblem."""
    return parse_number(row.points)


def _points(place: int, row: DraftRow) -> list[Doubt]:
    try:
        value = points_of(row)
    except NumberProblem as problem:
        sentence = _(
            "Điểm chuẩn “%(text)s”: %(why)s", text=row.points[:60], why=number_sentence(problem)
        )
        return [Doubt(place, "points", sentence, True, problem.suggestion)]
    if value is not None and value < 0:
        return [Doubt(place, "points", _("Điểm chuẩn không được âm."), True)]
    return []


def _repeated(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """A code that stands already above: figures and pastes are found by the code, so it must be
    one row's.
    """
    first: dict[str, DraftRow] = {}
    taken = {row.code for _place, row in counted}
    doubts = []
    group = before = ""
    for place, row in counted:
        previous, before = before, row.code
        group = row.code if row.does is Does.GROUP else group
        earlier = first.setdefault(row.code, row)
        if earlier is row or not row.code:
            continue
        inside = f"{group}.{row.code}"
        is_counted_anew = row.does is Does.CRITERION and group and not row.code.startswith(group)
        free = inside if is_counted_anew and inside not in taken else _free(row.code, taken)
        free = _tenth(previous, row.code, taken) or free
        taken.add(free)
        doubts.append(
            Doubt(
                place,
                "code",
                _(
                    "Mã %(code)s đã có ở %(where)s (%(name)s). Mỗi tiêu chí cần một mã riêng.",
                    code=row.code,
                    where=place_words(earlier),
                    name=earlier.name[:60],
                ),
                True,
                free,
            )
        )
    return doubts


def _free(code: str, taken: set[str]) -> str:
    """C3.1 → "C3.1b", "C3.1c" …, or a number where the letters run out."""
    for ending in "bcdeghiklmn":
        if f"{code}{ending}" not in taken:
            return f"{code}{ending}"
    number = 2
    while f"{code}-{number}" in taken:
        number += 1
    return f"{code}-{number}"


def _tenth(previous: str, code: str, taken: set[str]) -> str:
    """1.9 and then 1.1: Excel made a number of 1.10 and dropped its nought."""
    parts = re.fullmatch(r"([0-9]+\.)([0-9]*9)", previous)
    if parts is None:
        return ""
    meant = f"{parts.group(1)}{int(parts.group(2)) + 1}"
    return meant if code == meant.rstrip("0") and meant not in taken else ""


def _dates(place: int, row: DraftRow) -> list[Doubt]:
    """Excel takes a code 1.2 for the first of February."""
    parts = re.fullmatch(r"0?([0-9]{1,2})/0?([0-9]{1,2})(?:/[0-9]{4})?", row.code)
    if parts is None:
        return []
    meant = f"{parts.group(1)}.{parts.group(2)}"
    return [
        Doubt(
            place,
            "code",
            _(
                "Mã %(code)s giống ngày tháng: Excel có thể đã đổi từ %(meant)s.",
                code=row.code,
                meant=meant,
            ),
            suggestion=meant,
        )
    ]


def _spellings(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """a1.1 beside a.1.2: the rarer way of writing is asked about."""
    styled = [
        (place, row, match) for place, row in counted if (match := _LETTER_CODE.match(row.code))
    ]
    styles = Counter(match.group(2) for _place, _row, match in styled)
    if len(styles) < 2:
        return []
    usual = styles.most_common(1)[0][0]
    doubts = []
    for place, row, match in styled:
        if match.group(2) != usual:
            better = f"{match.group(1)}{usual}{match.group(3)}"
            doubts.append(
                Doubt(
                    place,
                    "code",
                    _(
                        "Mã %(code)s viết khác các mã cùng loại. Ý bạn là %(better)s?",
                        code=row.code,
                        better=better,
                    ),
                    suggestion=better,
                )
            )
    return doubts


def _gaps(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """5.3 and then 5.5: perhaps a row was lost on the way."""
    last: dict[str, tuple[int, str]] = {}
    doubts = []
    for place, row in counted:
        parts = re.fullmatch(r"(.*?)([0-9]+)", _normal(row.code))
        if parts is None or row.does is Does.GROUP:
            continue
        before, number = parts.group(1), int(parts.group(2))
        earlier = last.get(before)
        if earlier is not None and number > earlier[0] + 1:
            missing = f"{before}{earlier[0] + 1}"
            doubts.append(
                Doubt(
                    place,
                    "code",
                    _(
                        "Sau %(before)s là %(code)s: không có %(missing)s. Có thiếu dòng nào "
                        "không?",
                        before=earlier[1],
                        code=row.code,
                        missing=missing,
                    ),
                )
            )
        last[before] = (number, row.code)
    return doubts


def _normal(code: str) -> str:
    """One spelling of a letter code: a.1.2 → a1.2."""
    match = _LETTER_CODE.match(code)
    return f"{match.group(1)}{match.group(3)}" if match else code


def _parts(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """A criterion whose code others continue: both ask for a figure of their own."""
    codes = [_normal(row.code) for _place, row in counted]
    doubts = []
    for place, row in counted:
        below = [code for code in codes if code.startswith(_normal(row.code) + ".")]
        if row.does is Does.CRITERION and row.code and below:
            doubts.append(
                Doubt(
                    place,
                    "does",
                    _(
                        "%(code)s có các mục con (%(below)s …). Để là tiêu chí thì đơn vị nhập "
                        "số liệu cho cả %(code)s và từng mục con; nếu không, hãy chọn “Nhóm”.",
                        code=row.code,
                        below=below[0],
                    ),
                )
            )
    return doubts


def _groups(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """A group without a criterion, or whose points are not the sum of its criteria's."""
    doubts = []
    for at, (place, row) in enumerate(counted):
        if row.does is not Does.GROUP:
            continue
        members = []
        for _later, other in counted[at + 1 :]:
            if other.does is Does.GROUP:
                break
            members.append(other)
        if not members:
            doubts.append(Doubt(place, "does", _("Nhóm này không có tiêu chí nào ngay dưới nó.")))
            continue
        own, total = (
            _value(row),
            sum((_value(other) or Decimal(0) for other in members), Decimal(0)),
        )
        if own is not None and total and own != total:
            doubts.append(
                Doubt(
                    place,
                    "points",
                    _(
                        "Nhóm ghi %(own)s điểm, các tiêu chí trong nhóm cộng lại là %(total)s.",
                        own=format_number(own),
                        total=format_number(total),
                    ),
                )
            )
    return doubts


def _value(row: DraftRow) -> Decimal | None:
    try:
        return points_of(row)
    except NumberProblem:
        return None


def _heard(place: int, row: DraftRow) -> list[Doubt]:
    """What the reading of the table had to say, and a remark that is left out."""
    doubts = []
    others = [heard.split("|", 2)[1:] for heard in row.heard if heard.startswith("other|")]
    if others:
        words = "; ".join(
            f"{title} “{text[:80]}”" if title else f"“{text[:80]}”" for title, text in others
        )
        doubts.append(
            Doubt(
                place,
                "note",
                _("Giữ nguyên ở Ghi chú, chưa tính thành số: %(words)s.", words=words),
            )
        )
    for heard in row.heard:
        what, _title, text = (heard.split("|", 2) + ["", ""])[:3]
        if what == "zero":
            doubts.append(
                Doubt(
                    place,
                    "direction",
                    _("Tên có chữ “không để xảy ra” nên hiểu chiều là giữ ở mức 0."),
                )
            )
        elif what != "other":
            doubts.append(
                Doubt(
                    place,
                    "note",
                    _(
                        "Không hiểu “%(text)s”; được giữ nguyên ở Ghi chú, hãy chọn ô cho đúng.",
                        text=text[:120],
                    ),
                )
            )
    if row.does is Does.SKIP and row.name:
        doubts.append(
            Doubt(
                place,
                "does",
                _(
                    "Dòng này không được đưa vào bộ tiêu chí. Nếu là tiêu chí hoặc nhóm, hãy "
                    "chọn lại ở cột “Loại dòng”."
                ),
            )
        )
    return doubts


def place_words(row: DraftRow) -> str:
    """ "dòng 12", or by its code where it stands in no pasted line."""
    return _("dòng %(n)s", n=row.line) if row.line else _("dòng mới %(code)s", code=row.code)
