"""What `flask verify` compares, as each room says it: checks, and rows that the trail seals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from sqlalchemy import ColumnElement

from pledge_app.kernel.base import Base


@dataclass(frozen=True)
class Check:
    """One comparison of `flask verify`. `find` gives a Vietnamese sentence for each bad item; the
    first one is told.
    """

    name: str
    find: Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Sealed:
    """Rows of `of` whose digest goes into the trail with the deeds of their `subject`.

    `joined` leads from the one to the other, or leaves rows out. Every deed of the subject seals
    them, or only the verbs `by`; the verbs `lifted_by` let them be changed again.
    `is_always_sealed`: although named verbs seal them, no row may be there without a seal. `what`
    is how a sentence calls them, `name` the check. Other columns or another order of them are
    another seal: it gets another name, and a migration seals what is there (`audit/resealing.py`).
    """

    subject: type[Base]
    of: type[Base]
    columns: tuple[str, ...]
    what: LazyString
    joined: tuple[ColumnElement[bool], ...] = ()
    by: frozenset[str] = frozenset()
    lifted_by: frozenset[str] = frozenset()
    is_always_sealed: bool = False
    suffix: str = ""

    @property
    def name(self) -> str:
        """The name of the check: the table, and what of it."""
        return f"{self.of.__tablename__}{self.suffix}"
