"""The tree of a set, walked: what stands under which group."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

    `criteria`: of the whole set. A group that is met again later comes again.
    """
    branches = {row.id: Branch(row.code, row.name) for row in criteria if row.is_group}
    groups: list[tuple[Branch, list[T]]] = []
    for row in rows:
        branch = branches.get(criterion_of(row).parent_id or 0, Branch("", ""))
        if not groups or groups[-1][0] != branch:
            groups.append((branch, []))
        groups[-1][1].append(row)
    return groups
