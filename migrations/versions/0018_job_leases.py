"""Who holds a job, the DOCX that was made of a paper, stored files that no longer match their hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("lease_token", sa.String(length=22), nullable=True))
    op.create_table(
        "document_word",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", columns.UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_word_document_id")),
        sa.ForeignKeyConstraint(["file_sha256"], ["stored_file.sha256"], name=op.f("fk_document_word_file_sha256")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_word")),
    )
    op.create_table(
        "damaged_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("found_at", columns.UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_damaged_file")),
    )
