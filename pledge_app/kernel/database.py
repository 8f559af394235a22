"""The one place that opens connections: what SQLite and PostgreSQL must promise us."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pysqlite3.dbapi2 as safe_sqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url

_reading: ContextVar[bool] = ContextVar("reading", default=False)
BUSY_MS = 5000


def set_reading(value: bool) -> None:
    """Say whether what follows on this thread may write. A GET may not."""
    _reading.set(value)


def reading() -> bool:
    """True while a GET is answered."""
    return _reading.get()


@contextmanager
def own_writer(engine: Engine) -> Iterator[Connection]:
    """A short transaction of its own, for the few writers behind a GET (session touch, health
    check).
    """
    token = _reading.set(False)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        _reading.reset(token)


def engine_options(url: str | URL) -> dict[str, Any]:
    """Options for create_engine: SQLite 3.53 from pysqlite3 (Debian's has the WAL-reset bug),
    explicit BEGIN.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return {
            "module": safe_sqlite,
            "connect_args": {
                "isolation_level": None,
                "check_same_thread": False,
                "timeout": BUSY_MS / 1000,
            },
        }
    return {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
    }


def guard_engine(engine: Engine) -> None:
    """Attach what every connection and every transaction of `engine` must do first."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading() else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if reading():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
