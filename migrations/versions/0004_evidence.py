"""Files that prove a report's figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("original_name", columns.NfcText(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("preview_sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_by_name", columns.NfcText(), nullable=False),
        sa.Column("added_at", columns.UtcTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.CheckConstraint("target_id IS NULL OR campaign_id IS NULL", name=op.f("ck_evidence_one_pin")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_evidence_campaign_id")),
        sa.ForeignKeyConstraint(["file_sha256"], ["stored_file.sha256"], name=op.f("fk_evidence_file_sha256")),
        sa.ForeignKeyConstraint(["preview_sha256"], ["stored_file.sha256"], name=op.f("fk_evidence_preview_sha256")),
        sa.ForeignKeyConstraint(["report_id"], ["progress_report.id"], name=op.f("fk_evidence_report_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_evidence_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("pid", name=op.f("uq_evidence_pid")),
        sa.UniqueConstraint("report_id", "received_sha256", name=op.f("uq_evidence_report_id_received_sha256")),
    )
    with op.batch_alter_table("evidence") as batch:
        batch.create_index(op.f("ix_evidence_report_id"), ["report_id"])
        batch.create_index(op.f("ix_evidence_received_sha256"), ["received_sha256"])
