"""The figures of a frozen paper as the public check shows them, to be held beside the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from pledge_app.documents.models import PaperKind


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


def figure_table(kind: PaperKind, content: Mapping[str, Any]) -> FigureTable | None:
    """The figures of a paper of this kind; None where it has none (minutes)."""
    groups = content.get("groups")
    if not groups:
        return None
    if kind is PaperKind.AGREEMENT:
        return FigureTable(party_heads(content["parties"]), _groups(groups, _values))
    if kind is PaperKind.QUARTER_REPORT:
        heads = [_("Kế hoạch năm"), _("Thực hiện trong quý"), _("Lũy kế")]
        return FigureTable(heads, _groups(groups, _progress))
    return FigureTable([_("Chỉ tiêu")], _groups(groups, _goal))


def party_heads(parties: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each party's column is called: its place only where no two parties share one."""
    shorts = [str(party["short"]) for party in parties]
    if len(set(shorts)) == len(shorts):
        return shorts
    return [str(party["body"]) for party in parties]


def _groups(
    groups: Sequence[Mapping[str, Any]], figures_of: Callable[[Mapping[str, Any]], list[str]]
) -> list[FigureGroup]:
    return [
        FigureGroup(
            ". ".join(part for part in (group["code"], group["name"]) if part),
            [_row(row, figures_of(row)) for row in group["rows"]],
        )
        for group in groups
    ]


def _row(row: Mapping[str, Any], figures: list[str]) -> FigureRow:
    return FigureRow(f"{row['code']}. {row['name']}", row["unit"], figures)


def _values(row: Mapping[str, Any]) -> list[str]:
    return list(row["values"])


def _goal(row: Mapping[str, Any]) -> list[str]:
    return [row["goal"]]


def _progress(row: Mapping[str, Any]) -> list[str]:
    return [row["goal"], row["this_quarter"], row["cumulative"]]
