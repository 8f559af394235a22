"""Version 3 of the agreement's layout: points beside the criteria, an annex of at least 11 points,
three columns of signature cells where more than eight sign.

A kept edition is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledge_app.agreements.paper_layout import (
    COLUMNS_IN_LANDSCAPE,
    EDGES,
    PARTIES_IN_PORTRAIT,
    ROOM_LANDSCAPE,
    ROOM_PORTRAIT,
    WIDEST_COLUMN,
    longest_figure,
    pairs,
    says_something,
    widest,
    witness_row,
)
from pledge_app.papers.content.schema import Signatory
from pledge_app.papers.definition import Content
from pledge_app.papers.printing.cells import Cell, level
from pledge_app.papers.printing.measure import NO_BREAK

IN_PAIRS = 8
"""With more signatories the cells stand three in a row, or signatures alone fill pages."""
ROOM_OF_THREE = 53.0
"""Millimetres of an office where three stand side by side."""
SIZES_PORTRAIT = (13.0, 12.0, 11.0)
SIZES_ANNEX = (12.0, 11.0)
"""Points tried in turn; at less than 11 a table is not read at a meeting."""
DIGIT = 0.18
"""Millimetres of one digit at one point."""
POINTS_WIDTH = 15.0


COMPANY = re.compile(r"(?:CÔNG TY|HỢP TÁC XÃ|XÍ NGHIỆP|NHÀ MÁY|NGÂN HÀNG)\b")
WORDS_OF_COMPANIES = re.compile(
    r"\b(?:(?:TỔNG )?CÔNG TY(?: TNHH| CỔ PHẦN)?(?: MỘT THÀNH VIÊN| MTV)?|HỢP TÁC XÃ|KHAI THÁC|"
    r"CÔNG TRÌNH|THỦY LỢI|XÂY DỰNG|THƯƠNG MẠI|DỊCH VỤ|ĐẦU TƯ|SẢN XUẤT|NÔNG NGHIỆP|MÔI TRƯỜNG|"
    r"CHI NHÁNH|PHÁT TRIỂN|NÔNG THÔN)\b"
)
LAST_TWO = re.compile(r" (?=[^ \n]+$)")


def company_whole(organisation: str) -> str:
    """A company's name broken between words of it, never inside one: its kind, its trade, its own
    name of two syllables stay together.
    """
    if COMPANY.search(organisation) is None:
        return organisation
    glued = WORDS_OF_COMPANIES.sub(lambda found: found[0].replace(" ", NO_BREAK), organisation)
    return LAST_TWO.sub(NO_BREAK, glued)


def third_layout(content: Content) -> dict[str, object]:
    signatories = [_whole(cell) for party in content["parties"] for cell in party["signatories"]]
    witnesses = [witness for witness in content["witnesses"] if witness["signatory"]]
    is_three = len(signatories) > IN_PAIRS
    return {
        "is_three": is_three,
        "cell_rows": _rows_of_three(signatories) if is_three else _rows_of_two(signatories),
        "witness_rows": [witness_row(row) for row in pairs(witnesses)],
        "drives": [drive for drive in content["campaigns"] if says_something(drive)],
        **_columns(content),
    }


def _whole(cell: Signatory) -> Signatory:
    return {**cell, "organisation": company_whole(cell["organisation"])}


def _rows_of_two(signatories: Sequence[Signatory]) -> list[list[Cell]]:
    return [level(row) for row in pairs(signatories)]


def _rows_of_three(signatories: Sequence[Signatory]) -> list[list[Cell]]:
    rows = [signatories[first : first + 3] for first in range(0, len(signatories), 3)]
    return [level(row, ROOM_OF_THREE) for row in rows]


def _columns(content: Content) -> dict[str, object]:
    """Where the columns of figures stand, how wide they are, how large their letters."""
    columns = max(len(content["parties"]), 1)
    has_points = any(row["points"] for group in content["groups"] for row in group["rows"])
    points = POINTS_WIDTH if has_points else 0.0
    if columns <= PARTIES_IN_PORTRAIT:
        room = (ROOM_PORTRAIT - points) / columns
        for size in SIZES_PORTRAIT:
            if _least(content, size, SIZES_PORTRAIT[0]) <= room:
                return _placed(False, columns, size, room, points)
    room = ROOM_LANDSCAPE - points
    for size in SIZES_ANNEX:
        if _least(content, size, size) <= room / columns:
            return _placed(True, columns, size, room / columns, points)
    size = SIZES_ANNEX[-1]
    most = max(1, min(COLUMNS_IN_LANDSCAPE, int(room / _least(content, size, size))))
    bands = -(-columns // most)
    at_once = -(-columns // bands)
    return _placed(True, at_once, size, room / at_once, points)


def _least(content: Content, head: float, body: float) -> float:
    """Millimetres that a column needs: the longest word of its head, the longest figure."""
    words = [word for party in content["parties"] for word in party["short"].split()]
    return max(widest(words, head), longest_figure(content) * body * DIGIT) + EDGES


def _placed(
    in_annex: bool, columns: int, size: float, room: float, points: float
) -> dict[str, object]:
    return {
        "in_annex": in_annex,
        "columns_at_once": columns,
        "head_size": size,
        "points_width": points,
        "column_width": round(min(WIDEST_COLUMN, room) if room >= WIDEST_COLUMN else room, 2),
    }
