"""Reports, deadlines and campaigns hang on periods of a year, no longer on a quarter 1 to 4.

Every year gets its four quarters by the calendar; the due day that stood at the campaign of a
quarter is the quarter's own.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("month", "quarter", "half", "nine_months", "year")
PERIOD_OF = (
    "(SELECT period.id FROM period WHERE period.kind = 'quarter' "
    "AND period.number = {table}.quarter AND period.emulation_year_id = {year})"
)
YEAR_OF_REPORT = (
    "(SELECT pledge.emulation_year_id FROM pledge WHERE pledge.id = progress_report.pledge_id)"
)


def upgrade() -> None:
    _periods()
    _campaigns()
    _reports()
    _extensions()


def _periods() -> None:
    op.create_table(
        "period",
        sa.Column("emulation_year_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS, name="period_kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 12", name=op.f("ck_period_number")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_period_bounds")),
        sa.CheckConstraint(
            "due_time IS NULL OR due_on IS NOT NULL", name=op.f("ck_period_due_time")
        ),
        sa.ForeignKeyConstraint(
            ["emulation_year_id"],
            ["emulation_year.id"],
            name=op.f("fk_period_emulation_year_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("pid", name=op.f("uq_period_pid")),
        sa.UniqueConstraint(
            "emulation_year_id",
            "kind",
            "number",
            name=op.f("uq_period_emulation_year_id_kind_number"),
        ),
    )
    connection = op.get_bind()
    years = connection.execute(sa.text("SELECT id, year FROM emulation_year ORDER BY id")).all()
    for year_id, year in years:
        for quarter in range(1, 5):
            connection.execute(sa.insert(_table()).values(_quarter(year_id, year, quarter)))
    op.execute(
        "UPDATE period SET due_on = (SELECT campaign.report_due_on FROM campaign "
        "WHERE campaign.emulation_year_id = period.emulation_year_id "
        "AND campaign.quarter = period.number)"
    )


def _table() -> sa.TableClause:
    return sa.table(
        "period",
        sa.column("pid", sa.String),
        sa.column("emulation_year_id", sa.Integer),
        sa.column("kind", sa.String),
        sa.column("number", sa.Integer),
        sa.column("starts_on", sa.Date),
        sa.column("ends_on", sa.Date),
        sa.column("version", sa.Integer),
    )


def _quarter(year_id: int, year: int, quarter: int) -> dict[str, str | int | date]:
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return {
        "pid": secrets.token_urlsafe(16),
        "emulation_year_id": year_id,
        "kind": "quarter",
        "number": quarter,
        "starts_on": date(year, 3 * quarter - 2, 1),
        "ends_on": after - timedelta(days=1),
        "version": 1,
    }


def _campaigns() -> None:
    op.add_column("campaign", sa.Column("period_id", sa.Integer(), nullable=True))
    period = PERIOD_OF.format(table="campaign", year="campaign.emulation_year_id")
    op.execute(f"UPDATE campaign SET period_id = {period}")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_constraint(op.f("ck_campaign_quarter"), type_="check")
        batch.drop_constraint(op.f("uq_campaign_emulation_year_id_quarter"), type_="unique")
        batch.drop_column("quarter")
        batch.drop_column("report_due_on")
        batch.alter_column("period_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f("fk_campaign_period_id"), "period", ["period_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_campaign_period_id"), ["period_id"])


def _reports() -> None:
    op.add_column("progress_report", sa.Column("period_id", sa.Integer(), nullable=True))
    op.add_column("progress_report", sa.Column("due_time", sa.Time(), nullable=True))
    period = PERIOD_OF.format(table="progress_report", year=YEAR_OF_REPORT)
    op.execute(f"UPDATE progress_report SET period_id = {period}")
    with op.batch_alter_table("progress_report") as batch:
        batch.drop_constraint(op.f("ck_progress_report_quarter"), type_="check")
        batch.drop_constraint(
            op.f("uq_progress_report_pledge_id_quarter_version"), type_="unique"
        )
        batch.drop_column("quarter")
        batch.alter_column("period_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            op.f("fk_progress_report_period_id"), "period", ["period_id"], ["id"]
        )
        batch.create_unique_constraint(
            op.f("uq_progress_report_pledge_id_period_id_version"),
            ["pledge_id", "period_id", "version"],
        )
        batch.create_index(op.f("ix_progress_report_period_id"), ["period_id"])


def _extensions() -> None:
    op.add_column("extension", sa.Column("period_id", sa.Integer(), nullable=True))
    period = PERIOD_OF.format(table="extension", year="extension.emulation_year_id")
    op.execute(f"UPDATE extension SET period_id = {period} WHERE quarter IS NOT NULL")
    with op.batch_alter_table("extension") as batch:
        batch.drop_constraint(op.f("ck_extension_quarter"), type_="check")
        batch.drop_column("quarter")
        batch.create_foreign_key(op.f("fk_extension_period_id"), "period", ["period_id"], ["id"])
        batch.create_check_constraint(
            op.f("ck_extension_period"), "(what = 'report') = (period_id IS NOT NULL)"
        )
