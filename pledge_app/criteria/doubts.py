"""What is wrong or doubtful in the rows of a set: by row, in a sentence, with its correction
where one is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _

from pledge_app.criteria.bands import unsaid
from pledge_app.criteria.card import TEXTS
from pledge_app.criteria.code_doubts import (
    codes_like_dates,
    continued_codes,
    repeated_codes,
    skipped_codes,
    uncommon_spellings,
)
from pledge_app.criteria.doubt import Doubt
from pledge_app.criteria.kinds import Direction, ValueKind
from pledge_app.criteria.reading import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_UNIT,
    DraftRow,
)
from pledge_app.criteria.vocabulary import Does
from pledge_app.criteria.words import CARD_WORDS, STRICT_SIGNS
from pledge_app.kernel.numbers import NumberProblem, format_number, parse_number
from pledge_app.ui.typed_values import number_sentence


def doubts_about(rows: Sequence[DraftRow]) -> list[Doubt]:
    """In the order of the rows; what blocks stands first within a row."""
    counted = [
        (place, row)
        for place, row in enumerate(rows)
        if row.does is not Does.SKIP and not row.is_blank
    ]
    doubts: list[Doubt] = []
    for place, row in counted:
        doubts += _row_doubts(place, row)
    doubts += repeated_codes(counted)
    doubts += uncommon_spellings(counted)
    doubts += skipped_codes(counted)
    doubts += continued_codes(counted)
    doubts += _groups(counted)
    for place, row in enumerate(rows):
        doubts += _heard(place, row)
    return sorted(doubts, key=lambda doubt: (doubt.row, not doubt.blocks))


def _row_doubts(place: int, row: DraftRow) -> list[Doubt]:
    """What is wrong or doubtful in one row, whatever the others are."""
    doubts = _text_faults(place, row)
    doubts += _points_faults(place, row)
    doubts += codes_like_dates(place, row)
    if row.does is Does.CRITERION:
        doubts += _figure_doubts(place, row)
    return doubts


def _text_faults(place: int, row: DraftRow) -> list[Doubt]:
    """A name that is missing, and texts that are longer than their column holds."""
    faults = []
    if not row.name:
        faults.append(("name", _("Chưa có tên.")))
    if len(row.name) > LONGEST_NAME:
        faults.append(("name", _("Tên dài quá %(n)s ký tự.", n=LONGEST_NAME)))
    if len(row.code) > LONGEST_CODE:
        faults.append(("code", _("Mã dài quá %(n)s ký tự.", n=LONGEST_CODE)))
    if len(row.unit) > LONGEST_UNIT:
        faults.append(("unit", _("Đơn vị tính dài quá %(n)s ký tự.", n=LONGEST_UNIT)))
    if len(row.note) > LONGEST_NOTE:
        faults.append(("note", _("Ghi chú dài quá %(n)s ký tự.", n=LONGEST_NOTE)))
    for name in TEXTS:
        if len(getattr(row.card, name)) > LONGEST_NOTE:
            word = CARD_WORDS[name]
            faults.append((name, _("%(field)s dài quá %(n)s ký tự.", field=word, n=LONGEST_NOTE)))
    return [
        Doubt(
            place,
            column,
            sentence,
            blocks=True,
        )
        for column, sentence in faults
    ]


def _figure_doubts(place: int, row: DraftRow) -> list[Doubt]:
    """What does not fit in the kind, the direction and the bands of a criterion."""
    doubts = []
    if (row.kind is ValueKind.YES_NO) != (row.direction is Direction.YES_NO):
        sentence = _("Kiểu số liệu và chiều phải cùng là “Đạt / không đạt”, hoặc cùng không phải.")
        doubts.append(
            Doubt(
                place,
                "direction",
                sentence,
                blocks=True,
            )
        )
    if row.card.is_strict and row.direction not in STRICT_SIGNS:
        sentence = _(
            "“Phải hơn mức, dưới mức” chỉ dùng với chiều càng cao hoặc càng thấp càng tốt."
        )
        doubts.append(
            Doubt(
                place,
                "strict",
                sentence,
                blocks=True,
            )
        )
    if row.kind is ValueKind.NUMBER and row.unit == "%":
        sentence = _(
            "Đơn vị tính là phần trăm mà kiểu số liệu là Số. Nếu là tỷ lệ, hãy chọn kiểu tỷ lệ."
        )
        doubts.append(Doubt(place, "kind", sentence))
    edges = unsaid(row.name)
    if edges:
        sentence = _(
            "Tên có các mức điểm nhưng chưa nói được mấy điểm khi: %(edges)s.",
            edges="; ".join(edges),
        )
        doubts.append(Doubt(place, "name", sentence))
    return doubts


def points_of(row: DraftRow) -> Decimal | None:
    """The points of a row; None for blank. Raises NumberProblem."""
    return parse_number(row.points)


def _points_faults(place: int, row: DraftRow) -> list[Doubt]:
    try:
        value = points_of(row)
    except NumberProblem as problem:
        sentence = _(
            "Điểm chuẩn “%(text)s”: %(why)s",
            text=row.points[:60],
            why=number_sentence(problem),
        )
        return [
            Doubt(
                place,
                "points",
                sentence,
                True,
                problem.suggestion,
            )
        ]
    if value is not None and value < 0:
        return [
            Doubt(
                place,
                "points",
                _("Điểm chuẩn không được âm."),
                True,
            )
        ]
    return []


def _groups(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """A group without a criterion, or whose points are not the sum of its criteria's."""
    doubts = []
    for at, (place, row) in enumerate(counted):
        if not row.does.is_group:
            continue
        members = _members(row, counted[at + 1 :])
        if not members:
            doubts.append(Doubt(place, "does", _("Nhóm này không có tiêu chí nào ngay dưới nó.")))
            continue
        own = _value(row)
        total = sum((_value(other) or Decimal(0) for other in members), Decimal(0))
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


def _members(group: DraftRow, below: Sequence[tuple[int, DraftRow]]) -> list[DraftRow]:
    """The criteria of a group, those of the groups inside it too."""
    members = []
    for _place, other in below:
        if other.does.is_group and other.does.level <= group.does.level:
            break
        if other.does is Does.CRITERION:
            members.append(other)
    return members


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
        elif what == "reached":
            doubts.append(
                Doubt(
                    place,
                    "nearly",
                    _(
                        "Tên không nói “cơ bản đạt” nên chỉ tính “Đạt”. Nếu tính cả “Cơ bản đạt”, "
                        "hãy chọn ở mục Thêm của dòng này."
                    ),
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
