"""Goals of quarters are goals of periods; a counted row and a proposed change name the period."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

QUARTERS = (1, 2, 3, 4)
PERIODS_OF_TARGETS = """
SELECT target.id AS target_id, period.number, period.id AS period_id
FROM target JOIN pledge ON pledge.id = target.pledge_id
JOIN period ON period.emulation_year_id = pledge.emulation_year_id AND period.kind = 'quarter'
"""


def upgrade() -> None:
    _goals()
    _items()
    _amendments()


def _goals() -> None:
    op.create_table(
        "target_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("value", columns.Exact(), nullable=False),
        sa.ForeignKeyConstraint(
            ["target_id"], ["target.id"], name=op.f("fk_target_goal_target_id")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_target_goal_period_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_goal")),
        sa.UniqueConstraint(
            "target_id", "period_id", name=op.f("uq_target_goal_target_id_period_id")
        ),
    )
    op.create_index(op.f("ix_target_goal_period_id"), "target_goal", ["period_id"])
    for quarter in QUARTERS:
        op.execute(
            "INSERT INTO target_goal (target_id, period_id, value) "
            f"SELECT target.id, found.period_id, target.q{quarter} "
            f"FROM target JOIN ({PERIODS_OF_TARGETS}) AS found "
            f"ON found.target_id = target.id AND found.number = {quarter} "
            f"WHERE target.q{quarter} IS NOT NULL ORDER BY target.id"
        )
    typed = " + ".join(f"count(q{quarter})" for quarter in QUARTERS)
    _check_same(f"SELECT {typed} FROM target", "SELECT count(*) FROM target_goal")
    with op.batch_alter_table("target") as batch:
        for quarter in QUARTERS:
            batch.drop_column(f"q{quarter}")


def _items() -> None:
    op.add_column("target_item", sa.Column("period_id", sa.Integer(), nullable=True))
    op.execute(
        f"UPDATE target_item SET period_id = (SELECT found.period_id "
        f"FROM ({PERIODS_OF_TARGETS}) AS found WHERE found.target_id = target_item.target_id "
        "AND found.number = target_item.quarter)"
    )
    _check_same(
        "SELECT count(quarter) FROM target_item", "SELECT count(period_id) FROM target_item"
    )
    with op.batch_alter_table("target_item") as batch:
        batch.drop_column("quarter")
        batch.create_foreign_key(op.f("fk_target_item_period_id"), "period", ["period_id"], ["id"])


def _amendments() -> None:
    """`hamlets` of a change proposed at the table: item id → [state, quarter]."""
    connection = op.get_bind()
    amendment = sa.table(
        "amendment",
        sa.column("id", sa.Integer),
        sa.column("target_id", sa.Integer),
        sa.column("hamlets", sa.JSON(none_as_null=True)),
    )
    periods = {
        (row.target_id, row.number): row.period_id
        for row in connection.execute(sa.text(PERIODS_OF_TARGETS))
    }
    for row in connection.execute(sa.select(amendment)).all():
        items = {
            key: [state, None if quarter is None else periods[row.target_id, quarter]]
            for key, (state, quarter) in row.hamlets.items()
        }
        if items:
            connection.execute(
                amendment.update().where(amendment.c.id == row.id).values(hamlets=items)
            )


def _check_same(before: str, after: str) -> None:
    """A figure without a period of its year would be lost: the old release goes on."""
    connection = op.get_bind()
    there = connection.execute(sa.text(before)).scalar_one()
    kept = connection.execute(sa.text(after)).scalar_one()
    if there != kept:
        raise RuntimeError(f"{there - kept} figures of quarters have no period in their year")
