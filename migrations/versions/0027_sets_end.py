"""A set of criteria ends; a criterion says which states count, how it compares, and its data card.

What is there keeps its meaning: "cơ bản đạt" goes on counting as "đạt", the figure that equals the
goal reaches it, and nothing is inherited.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit.triggers import ending_criteria, published_criteria, unguard_published_criteria

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TEXTS = (
    "data_source",
    "data_check",
    "data_cutoff",
    "data_limits",
    "legal_basis",
    "applies_to",
    "help_text",
)
# of a published criterion all but what it measures is fixed
PUBLISHED = (
    "id",
    "pid",
    "criteria_set_id",
    "parent_id",
    "position",
    "code",
    "name",
    "is_group",
    "unit_of_measure",
    "kind",
    "direction",
    "cadence",
    "max_points",
    "is_illustrative",
    "is_frame",
    "note",
    "counts",
    "nearly_counts",
    "is_strict",
    "needs_evidence",
    *TEXTS,
)
# of a published set all but its end
FIXED = ("id", "pid", "name", "version", "valid_from", "valid_to", "source", "line", "published_at")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in unguard_published_criteria(dialect):
        op.execute(statement)
    _sets()
    _criteria()
    for statement in published_criteria(dialect, PUBLISHED):
        op.execute(statement)
    for statement in ending_criteria(dialect, FIXED):
        op.execute(statement)


def _sets() -> None:
    op.add_column("criteria_set", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column(
        "criteria_set",
        sa.Column("ended_reason", columns.NfcText(), nullable=False, server_default=""),
    )
    with op.batch_alter_table("criteria_set") as batch:
        batch.drop_constraint(op.f("ck_criteria_set_criteria_set_state"), type_="check")
        batch.drop_constraint(op.f("ck_criteria_set_published"), type_="check")
        batch.create_check_constraint(
            op.f("ck_criteria_set_criteria_set_state"), "state IN ('draft', 'published', 'ended')"
        )
        batch.create_check_constraint(
            op.f("ck_criteria_set_published"), "(state <> 'draft') = (published_at IS NOT NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_criteria_set_ended"), "(state = 'ended') = (ended_on IS NOT NULL)"
        )


def _criteria() -> None:
    op.add_column(
        "criterion",
        sa.Column("nearly_counts", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column(
        "criterion",
        sa.Column("is_strict", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("criterion", sa.Column("needs_evidence", sa.Boolean(), nullable=True))
    for name in TEXTS:
        op.add_column(
            "criterion", sa.Column(name, columns.NfcText(), nullable=False, server_default="")
        )
