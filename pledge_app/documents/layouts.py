"""Where columns and signature cells go, for each version of the templates. A kept version is never changed."""

from collections.abc import Callable, Mapping
from typing import Any

from pledge_app.documents.vietnamese import DECIMAL, figure

PARTIES_IN_PORTRAIT = 6
"""With more columns the table of criteria moves to a landscape annex."""
COLUMNS_IN_LANDSCAPE = 13
ROOM_PORTRAIT, ROOM_LANDSCAPE = 84.0, 169.0
"""Millimetres for the columns of figures, beside code, name and unit of measure."""
DIGIT_PORTRAIT, DIGIT_LANDSCAPE = 2.3, 1.77
"""Millimetres of one digit at 13 and at 10 points."""


def first_layout(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates of version 1 ask for besides the content."""
    return _agreement_first(content) if kind == "agreement" else {}


def _agreement_first(content: Mapping[str, Any]) -> dict[str, Any]:
    """Where the columns and the signature cells go. Cells stand in pairs: a line of office needs 55 mm."""
    cells = [cell for party in content["parties"] for cell in party["signatories"]]
    witnesses = [witness["signatory"] for witness in content["witnesses"] if witness["signatory"]]
    columns = max(len(content["parties"]), 1)
    longest = max((_digits(figure(value)) for group in content["groups"] for row in group["rows"]
                   for value in row["values"] if DECIMAL.fullmatch(value)), default=1)
    room = ROOM_PORTRAIT / columns
    in_annex = columns > PARTIES_IN_PORTRAIT or room < longest * DIGIT_PORTRAIT + 3
    at_once = columns
    if in_annex:
        most = max(1, min(COLUMNS_IN_LANDSCAPE, int(ROOM_LANDSCAPE / (longest * DIGIT_LANDSCAPE + 2))))
        at_once = -(-columns // -(-columns // most))
        room = ROOM_LANDSCAPE / at_once
    return {
        "cell_rows": _pairs(cells), "witness_cells": _pairs(witnesses), "in_annex": in_annex,
        "columns_at_once": at_once, "column_width": min(24.0, round(room, 2)),
    }


def _digits(text: str) -> float:
    """The width of a figure in digits; a comma, a point, a minus are half as wide or less."""
    return sum(1.0 if sign.isdigit() else 0.5 for sign in text)


def _pairs(cells: list[Any]) -> list[list[Any]]:
    return [cells[first:first + 2] for first in range(0, len(cells), 2)]


LAYOUTS: dict[int, Callable[[str, Mapping[str, Any]], dict[str, Any]]] = {
    1: first_layout,
    2: first_layout,
}
