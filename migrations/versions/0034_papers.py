"""An agreement says how its results are scored and ranked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0034"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "agreement",
        sa.Column("scoring", columns.NfcText(), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("agreement", "scoring")
