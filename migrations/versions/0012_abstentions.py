"""Abstentions of a meeting's vote; empty where nobody counted them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("votes_abstained", sa.Integer(), nullable=True))
