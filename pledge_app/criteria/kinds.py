"""What kind of figure a criterion asks for. The values are stored: never rename them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"  # càng cao càng tốt: thu nhập, sản phẩm OCOP
    LOWER = "lower"  # càng thấp càng tốt: tỷ lệ hộ nghèo
    KEEP_ZERO = "keep_zero"  # giữ ở mức 0: số vụ việc; the goal is 0
    YES_NO = "yes_no"  # đạt = 1, không đạt = 0


class Cadence(StrEnum):
    """How the quarters make the year."""

    CUMULATIVE = "cumulative"  # lũy kế: each quarter adds to the year
    STATE = "state"  # tại thời điểm: the last known quarter is the year


class ValueKind(StrEnum):
    """What is typed."""

    NUMBER = "number"
    PERCENT = "percent"  # a number of per cent, 95.5 = 95,5 %
    YES_NO = "yes_no"
    COUNTED_ROWS = "counted_rows"  # per cent of counted items in a good state, a row each


class ItemKind(NamedTuple):
    """What a criterion counts. `word`: one of them; `is_unit`: they are the units below."""

    word: str
    is_unit: bool = False


HAMLETS = "hamlet"
# The keys are stored: never rename them. A kind more is a line more, here and in words.ITEM_WORDS.
ITEM_KINDS: dict[str, ItemKind] = {
    HAMLETS: ItemKind("xóm", is_unit=True),
    "product": ItemKind("sản phẩm"),
    "house": ItemKind("nhà"),
    "model": ItemKind("mô hình"),
}


class FigureKind(NamedTuple):
    """What is typed and, where items are counted, which ones: a choice of the editor of sets."""

    kind: ValueKind
    counts: str = HAMLETS

    @property
    def value(self) -> str:
        """As a form sends it."""
        return str(self.kind) if self.counts == HAMLETS else f"{self.kind}.{self.counts}"


FIGURE_KINDS = (
    *(FigureKind(kind) for kind in ValueKind),
    *(FigureKind(ValueKind.COUNTED_ROWS, key) for key in ITEM_KINDS if key != HAMLETS),
)


def is_as_good(
    value: Decimal | None,
    goal: Decimal | None,
    direction: Direction,
    *,
    is_strict: bool = False,
) -> bool:
    """Whether `value` reaches `goal`; False while either is blank. `is_strict`: equal is not
    enough ("nhiều hơn", "dưới"); a kept zero and a yes have nothing beyond them.
    """
    if value is None or goal is None:
        return False
    if direction is Direction.KEEP_ZERO:
        return value == 0
    if is_strict and direction in (Direction.HIGHER, Direction.LOWER) and value == goal:
        return False
    return not is_worse(value, goal, direction)


def is_worse(value: Decimal, than: Decimal, direction: Direction) -> bool:
    """Whether `value` is worse than `than` in the direction's sense; equal is not worse."""
    if direction in (Direction.LOWER, Direction.KEEP_ZERO):
        return value > than
    return value < than
