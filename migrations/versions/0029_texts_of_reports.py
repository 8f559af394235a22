"""A report tells of the period's situation, its movements, what held it back and what comes next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TEXTS = ("situation", "movements", "causes", "directions")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column(
            "progress_report",
            sa.Column(name, columns.NfcText(), nullable=False, server_default=""),
        )
