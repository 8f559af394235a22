"""The migrations build exactly the tables that the models describe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import Connection, create_engine, inspect

from pledge_app.application import ROOT, create_app
from pledge_app.config import Settings
from pledge_app.kernel.base import db
from pledge_app.kernel.database import engine_options
from tests import pg


def _constraints(connection: Connection) -> dict[str, list[tuple[str, Any]]]:
    """What alembic does not compare: CHECK constraints with their text."""
    looking = inspect(connection)
    return {
        table: sorted(
            (str(found["name"]), found["sqltext"]) for found in looking.get_check_constraints(table)
        )
        for table in looking.get_table_names()
        if table != "alembic_version"
    }


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_migrations_build_what_the_models_say(database: str, tmp_path: Path) -> None:
    if database == "postgresql":
        migrated, described = pg.fresh_database(), pg.fresh_database()
    else:
        migrated, described = (
            f"sqlite:///{tmp_path / name}.sqlite" for name in ("migrated", "described")
        )
    app = create_app(Settings(database_url=migrated, data_dir=tmp_path, secret_key="k" * 64))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        model = create_engine(described, **engine_options(described))
        db.metadata.create_all(model)
        with db.engine.connect() as ours, model.connect() as theirs:
            context = MigrationContext.configure(ours, opts={"compare_type": True})
            differences = compare_metadata(context, db.metadata)
            checks = _constraints(ours), _constraints(theirs)
        db.engine.dispose()
        model.dispose()
    assert differences == []
    assert checks[0] == checks[1]
