"""Which indicator each row of a new or edited set goes on with. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from pledge_app.kernel.text import same_name_key


@dataclass(frozen=True)
class Row:
    """A row of a set: how it is called there."""

    code: str
    name: str
    is_group: bool
    unit: str = ""


@dataclass(frozen=True)
class Known(Row):
    """A row that stands in a set already, and the indicator that it measures."""

    indicator_id: int = 0


Key = Callable[[Row], Hashable]


def _both(row: Row) -> Hashable:
    return row.is_group, row.code, same_name_key(row.name)


def _name(row: Row) -> Hashable:
    return row.is_group, same_name_key(row.name)


def _name_and_unit(row: Row) -> Hashable:
    return row.is_group, same_name_key(row.name), same_name_key(row.unit)


def _code(row: Row) -> Hashable:
    return row.is_group, row.code


def match(
    rows: Sequence[Row],
    own: Sequence[Sequence[Known]],
    others: Sequence[Known],
) -> list[int | None]:
    """The indicator of each row, None where it is a new one. No indicator is given twice.

    `own`: the sets that this one continues, the nearest first: its draft as it stood, the version
    before; `others`: rows of the other sets of its line. The same code and name is the same
    thing; so is the same name under another code, in another set only with the same unit. The
    same code under another name is the same thing only within one set (its name was put right):
    another set may use the number for something else.
    """
    passes: list[tuple[Sequence[Sequence[Known]], Key]] = [
        (own, _both),
        (own, _name),
        ([others], _both),
        (own, _code),
        ([others], _name_and_unit),
    ]
    matched: list[int | None] = [None] * len(rows)
    taken: set[int] = set()
    for layers, key in passes:
        by_key = _nearest(layers, key)
        open_keys = Counter(key(row) for row, one in zip(rows, matched, strict=True) if one is None)
        for place, row in enumerate(rows):
            indicator_id = by_key.get(key(row))
            if matched[place] is not None or indicator_id is None or indicator_id in taken:
                continue
            if open_keys[key(row)] > 1:
                continue
            matched[place] = indicator_id
            taken.add(indicator_id)
    return matched


def _nearest(layers: Sequence[Sequence[Known]], key: Key) -> dict[Hashable, int]:
    """Indicator by key, as the nearest set that knows the key has it."""
    nearest: dict[Hashable, int] = {}
    for layer in reversed(layers):
        nearest |= _unambiguous(layer, key)
    return nearest


def _unambiguous(known: Iterable[Known], key: Key) -> dict[Hashable, int]:
    """Indicator by key, where the key names one only."""
    indicators: dict[Hashable, set[int]] = {}
    for row in known:
        indicators.setdefault(key(row), set()).add(row.indicator_id)
    return {name: min(ids) for name, ids in indicators.items() if len(ids) == 1}
