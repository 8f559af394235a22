"""Rows under the groups of their set."""

from __future__ import annotations

from pledge_app.criteria.models import Criterion
from pledge_app.criteria.tree import by_group


def row(number: int, code: str, parent: int | None = None, *, is_group: bool = False) -> Criterion:
    return Criterion(id=number, code=code, name=f"Tên {code}", parent_id=parent, is_group=is_group)


GROUPS = [row(1, "I", is_group=True), row(2, "II", is_group=True)]


def walked(rows: list[Criterion]) -> list[tuple[str, list[str]]]:
    groups = by_group(rows, lambda criterion: criterion, [*GROUPS, *rows])
    return [(branch.code, [one.code for one in under]) for branch, under in groups]


def test_each_row_stands_under_its_group_in_the_order_of_the_set():
    rows = [row(3, "1", 1), row(4, "2", 1), row(5, "3", 2)]
    assert walked(rows) == [("I", ["1", "2"]), ("II", ["3"])]


def test_what_has_no_group_stands_under_none():
    assert walked([row(3, "1"), row(4, "2", 2), row(5, "3")]) == [
        ("", ["1"]),
        ("II", ["2"]),
        ("", ["3"]),
    ]


def test_without_rows_there_is_no_group():
    assert walked([]) == []
