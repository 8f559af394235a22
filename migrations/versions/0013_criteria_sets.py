"""The state of a criteria set, its version against stale forms; frames and notes of criteria."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit.triggers import published_criteria

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATE = sa.Enum("draft", "published", name="criteria_set_state", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.add_column("criterion", sa.Column("is_frame", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("criterion", sa.Column("note", columns.NfcText(), nullable=False, server_default=""))
    op.add_column("criteria_set", sa.Column("version_id", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("criteria_set", sa.Column("state", sa.String(length=32), nullable=True))
    op.execute("UPDATE criteria_set SET state = CASE WHEN published_at IS NULL THEN 'draft' ELSE 'published' END")
    with op.batch_alter_table("criteria_set") as batch:
        batch.alter_column("state", existing_type=sa.String(length=32), type_=STATE, nullable=False)
        batch.create_check_constraint("published", "(state = 'published') = (published_at IS NOT NULL)")
    for statement in published_criteria(op.get_bind().dialect.name):
        op.execute(statement)
