"""One page of a list. Rubbish page numbers are the first or the last page, never an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from pledge_app.kernel.base import db
from pledge_app.kernel.numbers import whole_number

PER_PAGE = 25


@dataclass(frozen=True)
class Page:
    """`rows` of page `number` (from 1) of `last`, of `total` rows in all."""

    rows: Sequence[Any]
    number: int
    last: int
    total: int


def page_of(chosen: Select[Any], *, per_page: int = PER_PAGE, scalars: bool = True) -> Page:
    """The page that ?trang= asks for; `scalars`: rows are single objects."""
    counted = select(func.count()).select_from(chosen.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    last = max(1, -(-total // per_page))
    number = min(asked(), last)
    limited = chosen.limit(per_page).offset((number - 1) * per_page)
    if scalars:
        return Page(
            db.session.scalars(limited).unique().all(),
            number,
            last,
            total,
        )
    return Page(
        db.session.execute(limited).all(),
        number,
        last,
        total,
    )


def page_of_list(rows: Sequence[object], *, per_page: int = PER_PAGE) -> Page:
    """The same for rows that are already read."""
    last = max(1, -(-len(rows) // per_page))
    number = min(asked(), last)
    return Page(
        rows[(number - 1) * per_page : number * per_page],
        number,
        last,
        len(rows),
    )


def asked() -> int:
    """The page number in the query; 1 for anything else than a small whole number."""
    return whole_number(request.args.get("trang")) or 1
