"""The tree of a set, walked: what stands under which group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pledge_app.criteria.models import Criterion

T = TypeVar("T")


class Branch(NamedTuple):
    """A group of the set, or, with "" for code and name, what stands outside the groups."""

    code: str
    name: str


def by_group(
    rows: Iterable[T],
    criterion_of: Callable[[T], Criterion],
    criteria: Iterable[Criterion],
) -> list[tuple[Branch, list[T]]]:
    """Rows in the order of their set → the groups that they stand under, each with its rows.

    `criteria`: of the whole set. A group of groups comes first, without rows of its own where it
    has none. A group that is met again later comes again.
    """
    by_id = {row.id: row for row in criteria if row.is_group}
    groups: list[tuple[Branch, list[T]]] = []
    open_path: list[Criterion] = []
    for row in rows:
        path = _path(criterion_of(row), by_id)
        if path != open_path or not groups:
            groups += [(branch, []) for branch in _opened(path, open_path)]
            open_path = path
        groups[-1][1].append(row)
    return groups


def _path(criterion: Criterion, by_id: Mapping[int, Criterion]) -> list[Criterion]:
    """The groups above a criterion, the outermost first."""
    path: list[Criterion] = []
    above = by_id.get(criterion.parent_id or 0)
    while above is not None:
        path.insert(0, above)
        above = by_id.get(above.parent_id or 0)
    return path


def _opened(path: Sequence[Criterion], before: Sequence[Criterion]) -> list[Branch]:
    """The groups that begin where `path` follows `before`; the last one always does."""
    if not path:
        return [Branch("", "")]
    common = 0
    for group, other in zip(path[:-1], before, strict=False):
        if group is not other:
            break
        common += 1
    return [Branch(group.code, group.name) for group in path[common:]]
