"""What the database itself refuses: rewriting the trail, an envelope, or the kind of an
installation.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pledge_app.audit.operations import first_broken_link, record
from pledge_app.kernel.actor import SYSTEM
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Cluster

AT = datetime(2023, 2, 10, 1, 0, tzinfo=UTC)


@pytest.fixture
def two_events(app, cast):
    cluster = db.session.get_one(Cluster, cast.cluster)
    for n in range(2):
        record("test.happened", cluster, actor=SYSTEM, at=AT, n=n)
    db.session.commit()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trail_event SET verb = 'x'",
        "DELETE FROM trail_event",
        "UPDATE installation SET is_demo = NOT is_demo",
    ],
)
def test_the_database_refuses(two_events, sql):
    with pytest.raises(DBAPIError):
        db.session.execute(text(sql))
    db.session.rollback()
    assert first_broken_link() is None


def test_a_truncated_trail_is_noticed(two_events):
    db.session.execute(text("UPDATE trail_head SET seq = seq + 1"))
    assert first_broken_link() is not None
    db.session.rollback()
