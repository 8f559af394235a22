"""Where the columns and the signature cells of the agreement go, for each edition of its templates.

A kept edition is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pledge_app.papers.content.schema import Signatory, Witness
from pledge_app.papers.definition import Content
from pledge_app.papers.printing.cells import (
    OFFICE_SIZE,
    ROOM_ALONE,
    ROOM_BESIDE,
    Cell,
    filled_up,
    in_named_lines,
    level,
)
from pledge_app.papers.printing.measure import width_mm
from pledge_app.papers.vietnamese import DECIMAL, UNIT_NAME, figure

T = TypeVar("T")
PARTIES_IN_PORTRAIT = 6
"""With more columns the table of criteria moves to a landscape annex."""
COLUMNS_IN_LANDSCAPE = 13
ROOM_PORTRAIT, ROOM_LANDSCAPE = 84.0, 169.0
"""Millimetres for the columns of figures, beside code, name and unit of measure."""
DIGIT_PORTRAIT, DIGIT_LANDSCAPE = 2.3, 1.77
"""Millimetres of one digit at 13 and at 10 points."""


def first_layout(content: Content) -> dict[str, object]:
    """Where the columns and the signature cells go. Cells stand in pairs: a line of office needs
    55 mm.
    """
    cells = [cell for party in content["parties"] for cell in party["signatories"]]
    witnesses = [witness["signatory"] for witness in content["witnesses"] if witness["signatory"]]
    columns = max(len(content["parties"]), 1)
    longest = max(
        (
            _digits(figure(value))
            for group in content["groups"]
            for row in group["rows"]
            for value in row["values"]
            if DECIMAL.fullmatch(value)
        ),
        default=1,
    )
    room = ROOM_PORTRAIT / columns
    in_annex = columns > PARTIES_IN_PORTRAIT or room < longest * DIGIT_PORTRAIT + 3
    at_once = columns
    if in_annex:
        most = max(
            1,
            min(COLUMNS_IN_LANDSCAPE, int(ROOM_LANDSCAPE / (longest * DIGIT_LANDSCAPE + 2))),
        )
        at_once = -(-columns // -(-columns // most))
        room = ROOM_LANDSCAPE / at_once
    return {
        "cell_rows": pairs(cells),
        "witness_cells": pairs(witnesses),
        "in_annex": in_annex,
        "columns_at_once": at_once,
        "column_width": min(24.0, round(room, 2)),
    }


def _digits(text: str) -> float:
    """The width of a figure in digits; a comma, a point, a minus are half as wide or less."""
    return sum(1.0 if sign.isdigit() else 0.5 for sign in text)


def pairs(cells: Sequence[T]) -> list[Sequence[T]]:
    return [cells[first : first + 2] for first in range(0, len(cells), 2)]


# Version 2: an office in lines of its own making, heads of columns whole, room for every column.

HEAD_SIZES = (13.0, 12.0, 11.0)
"""Points of the head of a column of figures; what does not fit at the least goes to the annex."""
HEAD_SIZE_ANNEX = 10.0
EDGES = 2.0
"""Millimetres that a cell's edges take."""
WIDEST_COLUMN = 24.0


def second_layout(content: Content) -> dict[str, Any]:
    signatories = [cell for party in content["parties"] for cell in party["signatories"]]
    witnesses = [witness for witness in content["witnesses"] if witness["signatory"]]
    return {
        "cell_rows": [level(row) for row in pairs(signatories)],
        "witness_rows": [witness_row(row) for row in pairs(witnesses)],
        "drives": [drive for drive in content["campaigns"] if says_something(drive)],
        **_columns_second(content),
    }


def says_something(drive: Content) -> bool:
    """A campaign of dates only is not printed."""
    return bool(drive["theme"] or drive["anniversaries"] or drive["contents"])


def _columns_second(content: Content) -> dict[str, object]:
    """Where the columns of figures stand, how wide they are, how large their heads."""
    columns = max(len(content["parties"]), 1)
    words = [word for party in content["parties"] for word in party["short"].split()]
    digits = longest_figure(content)
    room = ROOM_PORTRAIT / columns
    fitting = [size for size in HEAD_SIZES if widest(words, size) + EDGES <= room]
    portrait = columns <= PARTIES_IN_PORTRAIT and room >= digits * DIGIT_PORTRAIT + 3
    if fitting and portrait:
        wanted = max(WIDEST_COLUMN, widest(words, fitting[0]) + EDGES)
        return {
            "in_annex": False,
            "columns_at_once": columns,
            "head_size": fitting[0],
            "column_width": min(wanted, round(room, 2)),
        }
    least = max(digits * DIGIT_LANDSCAPE, widest(words, HEAD_SIZE_ANNEX)) + EDGES
    most = max(1, min(COLUMNS_IN_LANDSCAPE, int(ROOM_LANDSCAPE / least)))
    bands = -(-columns // most)
    at_once = -(-columns // bands)
    wanted = max(WIDEST_COLUMN, least)
    return {
        "in_annex": True,
        "columns_at_once": at_once,
        "head_size": HEAD_SIZE_ANNEX,
        "column_width": min(wanted, round(ROOM_LANDSCAPE / at_once, 2)),
    }


def longest_figure(content: Content) -> float:
    values = [
        value for group in content["groups"] for row in group["rows"] for value in row["values"]
    ]
    return max((_digits(figure(value)) for value in values if DECIMAL.fullmatch(value)), default=1)


def widest(words: list[str], size: float) -> float:
    return max((width_mm(word, size) for word in words), default=0.0)


def witness_row(witnesses: Sequence[Witness]) -> list[Cell]:
    """Cells of witnesses under the name of what they stand for, which their office then need not
    repeat.
    """
    cells = level([_shortened(witness) for witness in witnesses])
    room = ROOM_BESIDE if len(witnesses) > 1 else ROOM_ALONE
    heads = [_witness_head(witness["organisation"].upper(), room) for witness in witnesses]
    longest = max(map(len, heads))
    return [
        {**cell, "heading": "\n".join(filled_up(head, longest))}
        for cell, head in zip(cells, heads, strict=True)
    ]


def _shortened(witness: Witness) -> Signatory:
    return {**_signatory_of(witness), "organisation": _own_line(witness)}


def _signatory_of(witness: Witness) -> Signatory:
    """Who signs for a witness; only witnesses that sign have a cell."""
    signatory = witness["signatory"]
    assert signatory is not None
    return signatory


def _witness_head(organisation: str, room: float) -> list[str]:
    whole = f"ĐẠI DIỆN {organisation} CHỨNG KIẾN"
    if width_mm(whole, OFFICE_SIZE) <= room:
        return [whole]
    return [*in_named_lines(f"ĐẠI DIỆN {organisation}", room), "CHỨNG KIẾN"]


def _own_line(witness: Witness) -> str:
    """ "BAN THƯỜNG TRỰC" of "BAN THƯỜNG TRỰC\\nỦY BAN MTTQ …": the unit stands in the heading
    already.
    """
    organisation = _signatory_of(witness)["organisation"].split("\n")[0]
    unit = UNIT_NAME.search(organisation)
    return organisation[: unit.start()].strip() or organisation if unit else organisation
