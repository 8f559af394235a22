"""The comparison of a cluster for Excel: criteria down, communes across, as on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from pledge_app.criteria.words import figure_cell
from pledge_app.orgs.queries import column_names
from pledge_app.reports.overview import Compared, Line, Overview
from pledge_app.tables.writing import Band, Value


class ComparisonSheet(NamedTuple):
    """`bands`: the name of each commune over its columns; `groups`: the rows that are groups."""

    head: list[str]
    bands: list[Band]
    rows: list[Sequence[Value]]
    groups: set[int]


def comparison_sheet(made: Overview) -> ComparisonSheet:
    """Of each commune the goal of the year, the year so far, the plan to date and its standing."""
    head = [
        _("Tiêu chí"),
        _("Đơn vị tính"),
        _("Cả cụm (trung vị)"),
    ]
    until = made.shown.until if made.shown is not None else ""
    bands: list[Band] = []
    for name in column_names([member.body for member in made.members]):
        bands.append((name, len(head), len(head) + 3))
        head += [
            _("Kế hoạch năm"),
            _("Lũy kế đến %(until)s", until=until),
            _("Kế hoạch đến %(until)s", until=until),
            _("Tiến độ"),
        ]
    groups = {number for number, line in enumerate(made.lines) if line.criterion.is_group}
    return ComparisonSheet(
        head,
        bands,
        [_row(line) for line in made.lines],
        groups,
    )


def _row(line: Line) -> list[Value]:
    criterion = line.criterion
    row: list[Value] = [
        f"{criterion.code}. {criterion.name}",
        criterion.unit_of_measure,
        figure_cell(line.median, criterion.is_yes_no),
    ]
    for cell in line.cells:
        row += _cells(cell, criterion.is_yes_no)
    return row


def _cells(cell: Compared | None, is_yes_no: bool) -> list[Value]:
    if cell is None:
        return [None] * 4
    return [
        figure_cell(cell.goal, is_yes_no),
        figure_cell(cell.so_far, is_yes_no),
        figure_cell(cell.standing.plan, is_yes_no),
        str(cell.standing.word),
    ]
