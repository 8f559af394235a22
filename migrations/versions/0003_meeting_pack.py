"""What is planned for a meeting, and the papers made for it at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_plan",
        sa.Column("cluster_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("begins", columns.NfcText(), nullable=False),
        sa.Column("place", columns.NfcText(), nullable=False),
        sa.Column("chair_name", columns.NfcText(), nullable=False),
        sa.Column("secretary_name", columns.NfcText(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("guests", columns.NfcText(), nullable=False),
        sa.Column("news_closing", columns.NfcText(), nullable=False),
        sa.Column("news_author", columns.NfcText(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_meeting_plan_cluster_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_plan")),
        sa.UniqueConstraint("cluster_id", name=op.f("uq_meeting_plan_cluster_id")),
        sa.UniqueConstraint("pid", name=op.f("uq_meeting_plan_pid")),
    )
    op.create_table(
        "meeting_pack",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum("making", "ready", "failed", name="pack_state", native_enum=False,
                                   create_constraint=True, length=32), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("error", columns.NfcText(), nullable=False),
        sa.Column("asked_by", columns.NfcText(), nullable=False),
        sa.Column("asked_at", columns.UtcTime(), nullable=False),
        sa.Column("made_at", columns.UtcTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_meeting_pack_agreement_id")),
        sa.ForeignKeyConstraint(["file_sha256"], ["stored_file.sha256"], name=op.f("fk_meeting_pack_file_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_pack")),
        sa.UniqueConstraint("pid", name=op.f("uq_meeting_pack_pid")),
    )
    with op.batch_alter_table("meeting_pack") as batch:
        batch.create_index(op.f("ix_meeting_pack_agreement_id"), ["agreement_id"])

