"""The rows of a set as plain values. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pledge_app.criteria.card import Card
from pledge_app.criteria.kinds import HAMLETS, Cadence, Direction, FigureKind, ValueKind

DEEPEST = 4  # levels of the tree, the criteria included


@dataclass(frozen=True)
class CriterionRow:
    """One line of a set: a group or a criterion, under the group of the code `parent`."""

    code: str
    name: str
    parent: str = ""
    is_group: bool = False
    unit_of_measure: str = ""
    kind: ValueKind = ValueKind.NUMBER
    direction: Direction = Direction.HIGHER
    cadence: Cadence = Cadence.CUMULATIVE
    max_points: Decimal | None = None
    is_illustrative: bool = False
    is_frame: bool = False
    note: str = ""
    counts: str = HAMLETS
    card: Card = Card()

    @property
    def figure_kind(self) -> FigureKind:
        """Its kind and what it counts."""
        return FigureKind(self.kind, self.counts)

    @property
    def still_frame(self) -> bool:
        """A row taken over by its name alone, of which nobody has said yet what is measured."""
        return self.is_frame and self.kind is ValueKind.NUMBER and not self.unit_of_measure


def levels_of(rows: Iterable[CriterionRow]) -> dict[str, int]:
    """How deep each row stands, by its code: 1 for what stands in no group."""
    levels: dict[str, int] = {"": 0}
    for row in rows:
        levels[row.code] = levels.get(row.parent, 0) + 1
    return levels
