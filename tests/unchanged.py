"""Whether anything changed: every row of every table that a refused request has no business in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from pledge_app.kernel.base import db

UNWATCHED = frozenset({"kept_text", "login_session", "login_throttle"})
"""What a refused request may write: the text it kept, the visit itself."""


def fingerprint() -> str:
    """A digest of every watched row: equal means that nothing changed."""
    digest = hashlib.sha256()
    connection = db.session.connection()
    for table in db.metadata.sorted_tables:
        if table.name not in UNWATCHED:
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all()
            digest.update(repr((table.name, sorted(map(repr, rows)))).encode())
    db.session.rollback()
    return digest.hexdigest()


@contextmanager
def nothing_changes() -> Iterator[None]:
    """What is done inside leaves every watched row as it was."""
    db.session.commit()
    before = fingerprint()
    yield
    db.session.rollback()
    assert fingerprint() == before, "something changed"
