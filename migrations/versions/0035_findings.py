"""What the checker found on a draft stands beside it, for the page where its content is frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("findings", sa.JSON(none_as_null=True), nullable=True))
