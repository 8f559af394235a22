"""The register of reorganisations; a pledge whose unit was merged or abolished is discontinued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATES = ("draft", "with_leader", "sent", "returned", "agreed", "in_force", "closed", "discontinued")


def upgrade() -> None:
    allowed = ", ".join(f"'{state}'" for state in STATES)
    with op.batch_alter_table("pledge") as batch:
        batch.drop_constraint(op.f("ck_pledge_pledge_state"), type_="check")
        batch.create_check_constraint(op.f("ck_pledge_pledge_state"), f"state IN ({allowed})")
    op.create_table(
        "reorganisation",
        sa.Column("kind", sa.Enum("merge", "rename", "abolish", name="reorganisation_kind", native_enum=False,
                                  create_constraint=True, length=32), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("basis", columns.NfcText(), nullable=False),
        sa.Column("title", columns.NfcText(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("made_by", columns.NfcText(), nullable=False),
        sa.Column("made_at", columns.UtcTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reorganisation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
        sa.UniqueConstraint("pid", name=op.f("uq_reorganisation_pid")),
    )
