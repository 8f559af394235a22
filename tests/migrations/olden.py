"""Databases of earlier releases, kept as their rows (tests/tools/old_database.py writes them)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

from pledge_app.application import ROOT
from pledge_app.kernel.base import db

MIGRATIONS = str(ROOT / "migrations")
OLD = sorted(Path(__file__).parent.glob("old/*.json.gz"))
Kept = dict[str, dict[str, list[Any]]]


def read(path: Path) -> Kept:
    """What a database of an earlier release held."""
    kept: Kept = json.loads(gzip.decompress(path.read_bytes()))
    return kept


def fill(kept: Kept) -> None:
    """Insert the rows as they were, with their keys, into a database of that revision."""
    with db.engine.connect() as connection:
        triggers = _without_triggers(connection)
        _fill(connection, kept)
        for trigger in triggers:
            connection.exec_driver_sql(trigger)
        connection.commit()


def _without_triggers(connection: Connection) -> list[str]:
    """SQLite: drop the triggers, which refuse the rows of a published set; their own SQL makes them
    again. PostgreSQL lets none fire while it is a replica.
    """
    if connection.dialect.name == "postgresql":
        return []
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = {row.name: row.sql for row in found}
    for name in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return list(triggers.values())


def _fill(connection: Connection, kept: Kept) -> None:
    """The order of the tables does not matter meanwhile, and no trigger fires."""
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("SET TIME ZONE 'UTC'"))
        triggers = []
    else:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        chosen = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = list(connection.execute(chosen))
    for trigger in triggers:
        connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    for name, found in kept.items():
        if not found["rows"]:
            continue
        table = Table(name, MetaData(), autoload_with=connection)
        values = ", ".join(
            f"CAST(:{column} AS {table.c[column].type.compile(connection.dialect)})"
            if postgresql
            else f":{column}"
            for column in found["columns"]
        )
        columns = ", ".join(f'"{column}"' for column in found["columns"])
        connection.execute(
            text(f'INSERT INTO "{name}" ({columns}) VALUES ({values})'),
            [
                {
                    column: _plain(value, postgresql)
                    for column, value in zip(found["columns"], row, strict=True)
                }
                for row in found["rows"]
            ],
        )
        if postgresql and "id" in found["columns"]:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "
                    f'(SELECT max(id) FROM "{name}")) '
                    f"WHERE pg_get_serial_sequence('{name}', 'id') IS NOT NULL"
                )
            )
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)


def _plain(value: Any, postgresql: bool) -> Any:
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"])
    return str(value) if postgresql and value is not None else value
