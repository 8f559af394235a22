"""The tests' own PostgreSQL: a copy is a copy, copies do not see each other, and nothing stays
behind.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import pg

pytestmark = pytest.mark.skipif(
    not (pg.BINARIES / "initdb").exists(), reason="PostgreSQL is not installed"
)
ROOT = Path(__file__).parents[2]


def _run(url: str, *statements: str) -> object:
    engine = create_engine(url)
    with engine.begin() as connection:
        answers = [connection.execute(text(statement)) for statement in statements]
        answer = answers[-1].scalar() if answers[-1].returns_rows else None
    engine.dispose()
    return answer


def test_a_copy_holds_what_its_template_held_and_no_more() -> None:
    base = pg.fresh_database()
    _run(base, "CREATE TABLE goal (name text)", "INSERT INTO goal VALUES ('Đường giao thông')")
    first, second = (pg.fresh_database(base.rsplit("/", 1)[1]) for _ in range(2))

    _run(first, "INSERT INTO goal VALUES ('Nhà văn hóa')")

    assert _run(first, "SELECT count(*) FROM goal") == 2
    assert _run(second, "SELECT count(*) FROM goal") == 1
    assert _run(second, "SELECT upper(name) FROM goal") == "ĐƯỜNG GIAO THÔNG"


def test_the_last_user_takes_the_cluster_with_it() -> None:
    program = (
        "from tests import pg; pg.fresh_database(); print(pg._cluster()['pid'], "
        "pg._cluster()['folder'])"
    )
    environment = {**os.environ, "PYTEST_XDIST_TESTRUNUID": "a-run-of-its-own"}

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )

    pid, folder = done.stdout.split()
    assert not Path(folder).exists()
    assert not Path(f"/proc/{pid}").exists()
