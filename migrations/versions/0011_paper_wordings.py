"""The fixed words of each kind of paper, in versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_wording",
        sa.Column("kind", sa.Enum("registration", "agreement", "minutes", "quarter_report", name="paper_wording_kind",
                                  native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("note", columns.NfcText(), nullable=False),
        sa.Column("made_by", columns.NfcText(), nullable=False),
        sa.Column("made_at", columns.UtcTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_wording")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_paper_wording_kind_version")),
        sa.UniqueConstraint("pid", name=op.f("uq_paper_wording_pid")),
    )
