"""Extensions of the year's deadlines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extension",
        sa.Column("emulation_year_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Enum("pledge", "agreement", "report", name="deadline", native_enum=False,
                                  create_constraint=True, length=32), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", columns.NfcText(), nullable=False),
        sa.Column("granted_by", columns.NfcText(), nullable=False),
        sa.Column("granted_at", columns.UtcTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.CheckConstraint("(what = 'report') = (quarter IS NOT NULL)", name=op.f("ck_extension_quarter")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_extension_body_id")),
        sa.ForeignKeyConstraint(["emulation_year_id"], ["emulation_year.id"], name=op.f("fk_extension_emulation_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("pid", name=op.f("uq_extension_pid")),
    )
    with op.batch_alter_table("extension") as batch:
        batch.create_index(op.f("ix_extension_emulation_year_id"), ["emulation_year_id"])
