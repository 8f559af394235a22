"""Alembic runs inside the application: its engine, its tables. Forward only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from flask import current_app

from pledge_app.kernel import crash
from pledge_app.kernel.base import db

BATCH: dict[str, Any] = {"render_as_batch": True, "compare_type": True, "transactional_ddl": True}


def migrate() -> None:
    """Foreign keys go off before BEGIN (a batch rebuild would delete CASCADE children), and are
    checked after.
    """
    engine = db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection, target_metadata=db.metadata, on_version_apply=_applied, **BATCH
        )
        with connection.begin():
            context.run_migrations()
            if (
                sqlite
                and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None
            ):
                raise RuntimeError(
                    "foreign keys do not hold after the migration; nothing was changed"
                )
        if sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


def _applied(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    crash.point(f"migrated_{step.up_revision_id}")


with current_app.app_context():
    migrate()
