"""Versions against stale forms of bodies, offices, clusters and legal bases; the papers of a cluster."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("body", "office_holding", "cluster", "legal_basis"):
        op.add_column(table, sa.Column("version_id", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "cluster_paper",
        sa.Column("cluster_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("division", "rules", "confirmation", "other", name="cluster_paper_kind",
                                  native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("number", columns.NfcText(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("issuer", columns.NfcText(), nullable=False),
        sa.Column("title", columns.NfcText(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_cluster_paper_cluster_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_paper")),
        sa.UniqueConstraint("pid", name=op.f("uq_cluster_paper_pid")),
    )
    with op.batch_alter_table("cluster_paper") as batch:
        batch.create_index(op.f("ix_cluster_paper_cluster_id"), ["cluster_id"])
