"""Last year's results given by the level above, and where the result in a pledge comes from.

What stands in pledges so far was copied from confirmed reports.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("emulation_year_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("value", columns.Exact(), nullable=False),
        sa.Column("overrules", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"],
                                name=op.f("fk_last_result_criterion_id")),
        sa.ForeignKeyConstraint(["emulation_year_id"], ["emulation_year.id"],
                                name=op.f("fk_last_result_emulation_year_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_last_result_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_result")),
        sa.UniqueConstraint("emulation_year_id", "unit_id", "criterion_id",
                            name=op.f("uq_last_result_emulation_year_id_unit_id_criterion_id")),
    )
    with op.batch_alter_table("last_result") as batch:
        batch.create_index(batch.f("ix_last_result_emulation_year_id"), ["emulation_year_id"], unique=False)
        batch.create_index(batch.f("ix_last_result_unit_id"), ["unit_id"], unique=False)
    op.add_column("target", sa.Column("baseline_source", sa.String(length=16), nullable=False, server_default=""))
    op.execute("UPDATE target SET baseline_source = 'reported' WHERE baseline IS NOT NULL")
