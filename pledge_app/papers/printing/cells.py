"""Signature cells as the templates ask for them. What a kept edition uses is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from pledge_app.papers.content.schema import Signatory
from pledge_app.papers.definition import Content
from pledge_app.papers.printing.measure import balanced, width_mm
from pledge_app.papers.vietnamese import unit_apart

OFFICE_SIZE = 13.0
ROOM_SINGLE = 92.0
"""Millimetres of an office beside Nơi nhận."""
ROOM_BESIDE = 78.0
"""Millimetres of one of two offices side by side."""
ROOM_ALONE = 150.0
"""Millimetres of an office across the page."""
BLANK_LINE = "\u00a0"


class Cell(TypedDict):
    """One signature cell, its office broken into lines."""

    cell: str
    name: str
    heading: str
    office: str


def no_layout(_content: Content) -> dict[str, object]:
    """The templates ask for nothing besides the content."""
    return {}


def signed_at_the_end(content: Content) -> dict[str, list[Cell]]:
    """The signatories of a paper of one body, if it has any."""
    signatories: list[Signatory] = content.get("signatories", [])
    room = ROOM_SINGLE if len(signatories) == 1 else ROOM_BESIDE
    return {"cells": level(signatories, room)}


def level(signatories: Sequence[Signatory], room: float = ROOM_BESIDE) -> list[Cell]:
    """Cells side by side: the lines of each office, as many in all, so that the names stand
    level.
    """
    offices = [_office(cell, room) for cell in signatories]
    longest = max(map(len, offices), default=0)
    return [
        {
            "cell": cell["cell"],
            "name": cell["name"],
            "heading": "",
            "office": "\n".join(filled_up(lines, longest)),
        }
        for cell, lines in zip(signatories, offices, strict=True)
    ]


def filled_up(lines: list[str], count: int) -> list[str]:
    """The lines, and blank ones after them, `count` in all."""
    return lines + [BLANK_LINE] * (count - len(lines))


def _office(cell: Signatory, room: float) -> list[str]:
    """Authority and organisation, who is acted for, the office: never broken inside a name."""
    authority = cell["authority"]
    if cell["organisation"]:
        organisation = _joined(authority, cell["organisation"])
        parts = [*organisation.split("\n"), cell["acting"], cell["title"]]
    else:
        parts = [cell["acting"], _joined(authority, cell["title"])]
    lines: list[str] = []
    for part in parts:
        if part:
            lines += in_named_lines(part, room)
    return lines


def _joined(authority: str, name: str) -> str:
    return " ".join(filter(None, (authority, name)))


def in_named_lines(text: str, room: float) -> list[str]:
    """One line where it fits; else the unit's name on a line of its own."""
    if width_mm(text, OFFICE_SIZE) <= room:
        return [text]
    lines: list[str] = []
    for part in unit_apart(text).split("\n"):
        lines += balanced(part, room, OFFICE_SIZE).split("\n")
    return lines
