"""The business date on which a pledge was sent up: what the level above counts its waiting from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.kernel.clock import local

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pledge", sa.Column("sent_on", sa.Date(), nullable=True))
    pledge = sa.table("pledge", sa.column("id", sa.Integer), sa.column("sent_at", columns.UtcTime),
                      sa.column("sent_on", sa.Date))
    connection = op.get_bind()
    for row in connection.execute(sa.select(pledge.c.id, pledge.c.sent_at).where(pledge.c.sent_at.is_not(None))).all():
        connection.execute(pledge.update().where(pledge.c.id == row.id).values(sent_on=local(row.sent_at).date()))
