"""pg_dump and pg_restore of the configured database. The password travels in the environment,
not in the command.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from flask import current_app
from sqlalchemy import text
from sqlalchemy.engine import make_url

from pledge_app.kernel.base import db
from pledge_app.upkeep.errors import UpkeepError


def dump(path: Path) -> None:
    """A dump in the custom format, readable by its owner; its table of contents is read back."""
    _run(
        "pg_dump",
        "--format=custom",
        "--file",
        str(path),
        "--dbname",
        _address(),
    )
    path.chmod(0o600)
    _run("pg_restore", "--list", str(path))


def load(path: Path) -> None:
    """Restore a dump into the empty database, all or nothing. Raises UpkeepError when it is not
    empty.
    """
    if db.session.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")):
        raise UpkeepError("cơ sở dữ liệu đích không trống, không ghi đè dữ liệu đang có")
    db.session.rollback()
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        "--dbname",
        _address(),
        str(path),
    )


def _run(*command: str) -> None:
    password = make_url(current_app.config["SETTINGS"].database_url).password
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
    except FileNotFoundError as error:
        raise UpkeepError(f"không có lệnh {command[0]}; hãy cài gói postgresql-client") from error
    if done.returncode:
        raise UpkeepError(f"{command[0]}: {done.stderr.strip()[-500:]}")


def _address() -> str:
    url = make_url(current_app.config["SETTINGS"].database_url)
    return (
        url._replace(password=None)
        .set(drivername="postgresql")
        .render_as_string(hide_password=False)
    )
