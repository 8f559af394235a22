"""What is doubtful about the codes of a set: repeated, like a date, spelled otherwise, skipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from flask_babel import gettext as _

from pledge_app.criteria.doubt import Doubt, place_words
from pledge_app.criteria.reading import (
    DraftRow,
)
from pledge_app.criteria.vocabulary import Does

_LETTER_CODE = re.compile(r"^([A-Za-zĐđ])(\.?)([0-9]+(?:\.[0-9]+)*)$")


def repeated_codes(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """A code that stands already above: figures and pastes are found by the code, so it must be
    one row's.
    """
    first: dict[str, DraftRow] = {}
    taken = {row.code for _place, row in counted}
    doubts = []
    group = before = ""
    for place, row in counted:
        previous = before
        before = row.code
        group = row.code if row.does.is_group else group
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


def codes_like_dates(place: int, row: DraftRow) -> list[Doubt]:
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


def uncommon_spellings(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
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


def skipped_codes(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
    """5.3 and then 5.5: perhaps a row was lost on the way."""
    last: dict[str, tuple[int, str]] = {}
    doubts = []
    for place, row in counted:
        parts = re.fullmatch(r"(.*?)([0-9]+)", _normal(row.code))
        if parts is None or row.does.is_group:
            continue
        before = parts.group(1)
        number = int(parts.group(2))
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


def continued_codes(counted: Sequence[tuple[int, DraftRow]]) -> list[Doubt]:
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
