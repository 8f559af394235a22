"""As somebody would who holds the database itself: no trigger refuses what is written."""

from __future__ import annotations

from sqlalchemy import TextClause, text

from pledge_app.kernel.base import db


def free(table: str) -> None:
    """The database no longer guards the rows of `table`."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    ours = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    _drop(ours.bindparams(table=table))


def free_all() -> None:
    """No trigger of any table fires in this transaction (on SQLite: any more)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    _drop(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))


def _drop(chosen: TextClause) -> None:
    for name in db.session.scalars(chosen).all():
        db.session.execute(text(f"DROP TRIGGER {name}"))
