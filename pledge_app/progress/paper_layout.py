"""What the third edition of the report asks for beside its content."""

from __future__ import annotations

from collections.abc import Iterator

from pledge_app.papers.definition import Content
from pledge_app.papers.figures import Row
from pledge_app.papers.printing.cells import signed_at_the_end

LETTERS = "abcdđeghiklm"
COLUMNS = 6
"""Of the table, without those that only some reports have."""


def report_layout(content: Content) -> dict[str, object]:
    """The table's columns, what is explained below it, the campaigns of which something is told."""
    has_plan = any(row["planned"] for row in _rows(content))
    told = [drive for drive in content["campaigns"] if drive["done"]]
    drives = [
        {
            **drive,
            "letter": letter,
        }
        for drive, letter in zip(
            told,
            LETTERS,
            strict=False,
        )
    ]
    return {
        **signed_at_the_end(content),
        "has_plan": has_plan,
        "columns": COLUMNS + has_plan + content["shows_cumulative"],
        "explained": [_explained(row) for row in _rows(content) if row["explanation"]],
        "drives": drives,
        "done": bool(drives or content["movements"]),
    }


def _rows(content: Content) -> Iterator[Row]:
    for group in content["groups"]:
        yield from group["rows"]


def _explained(row: Row) -> str:
    """One line, however many were typed."""
    said = " ".join(row["explanation"].split())
    return f"{row['code']}. {row['name']}: {said}"
