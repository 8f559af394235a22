"""Working days that differ, addresses for the morning letter, letters on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "special_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("note", columns.NfcText(), nullable=False),
        sa.Column("added_by", columns.NfcText(), nullable=False),
        sa.Column("added_at", columns.UtcTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
        sa.UniqueConstraint("day", name=op.f("uq_special_day_day")),
        sa.UniqueConstraint("pid", name=op.f("uq_special_day_pid")),
    )
    op.create_table(
        "mail_address",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", columns.NfcText(), nullable=False),
        sa.Column("confirmed_at", columns.UtcTime(), nullable=True),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_until", columns.UtcTime(), nullable=True),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_mail_address")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("address", columns.NfcText(), nullable=False),
        sa.Column("subject", columns.NfcText(), nullable=False),
        sa.Column("body", columns.NfcText(), nullable=False),
        sa.Column("state", sa.Enum("waiting", "sent", "failed", name="mail_state", native_enum=False,
                                   create_constraint=True, length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", columns.UtcTime(), nullable=False),
        sa.Column("tried_at", columns.UtcTime(), nullable=True),
        sa.Column("error", columns.NfcText(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_mail_key")),
        sa.UniqueConstraint("pid", name=op.f("uq_outgoing_mail_pid")),
    )
    with op.batch_alter_table("outgoing_mail") as batch:
        batch.create_index(op.f("ix_outgoing_mail_user_id"), ["user_id"])
