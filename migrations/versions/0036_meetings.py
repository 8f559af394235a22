"""A meeting has a title, an agenda and a second chair of its own, and votes on several matters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0036"
down_revision = "0031"
branch_labels = None
depends_on = None

TEXTS = {
    "meeting": ("title", "second_chair_name"),
    "meeting_plan": ("title", "second_chair_name", "matters"),
}


def upgrade() -> None:
    for table, names in TEXTS.items():
        for name in names:
            text = sa.Column(name, columns.NfcText(), server_default="", nullable=False)
            op.add_column(table, text)
    votes = sa.Column("other_votes", sa.JSON(), server_default="[]", nullable=False)
    op.add_column("meeting", votes)
