"""A request of the level above is answered in words; what a leader signed is kept to be compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("addition_request") as batch:
        for name in ("answer", "answered_by"):
            batch.add_column(
                sa.Column(name, columns.NfcText(), server_default="", nullable=False),
            )
        batch.add_column(sa.Column("answered_at", columns.UtcTime(), nullable=True))
    with op.batch_alter_table("pledge") as batch:
        batch.add_column(sa.Column("signed_content", sa.JSON(none_as_null=True), nullable=True))
        batch.add_column(sa.Column("signed_content_at", columns.UtcTime(), nullable=True))
