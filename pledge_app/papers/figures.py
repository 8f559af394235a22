"""The figures of a frozen paper as the public check shows them, to be held beside the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class FigureRow:
    """One criterion; a figure for each column."""

    name: str
    unit: str
    figures: list[str]


@dataclass(frozen=True)
class FigureGroup:
    """A group of criteria; `name` is "" where the set has no groups."""

    name: str
    rows: list[FigureRow]


@dataclass(frozen=True)
class FigureTable:
    """Heads of the columns of figures, and the rows below them."""

    heads: list[str]
    groups: list[FigureGroup]


def figure_table(
    heads: Sequence[str],
    groups: Sequence[Row],
    figures_of: Callable[[Row], list[str]],
) -> FigureTable | None:
    """The groups of a content under their heads; None where it has no groups."""
    if not groups:
        return None
    return FigureTable(list(heads), [_group(group, figures_of) for group in groups])


def _group(group: Row, figures_of: Callable[[Row], list[str]]) -> FigureGroup:
    name = ". ".join(part for part in (group["code"], group["name"]) if part)
    return FigureGroup(name, [_row(row, figures_of(row)) for row in group["rows"]])


def _row(row: Row, figures: list[str]) -> FigureRow:
    return FigureRow(f"{row['code']}. {row['name']}", row["unit"], figures)
