"""The second factor with its recovery codes; one-time passwords end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0037"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("begun_at", columns.UtcTime(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("removal_asked_by_id", sa.Integer(), nullable=True),
        sa.Column("removal_asked_at", columns.UtcTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_second_factor_user_id_app_user")),
        sa.ForeignKeyConstraint(["removal_asked_by_id"], ["app_user.id"],
                                name=op.f("fk_second_factor_removal_asked_by_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("pid", name=op.f("uq_second_factor_pid")),
        sa.UniqueConstraint("user_id", name=op.f("uq_second_factor_user_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("used_at", columns.UtcTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["factor_id"], ["second_factor.id"],
                                name=op.f("fk_recovery_code_factor_id_second_factor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("pid", name=op.f("uq_recovery_code_pid")),
    )
    op.create_index(op.f("ix_recovery_code_factor_id"), "recovery_code", ["factor_id"])
    op.add_column("app_user", sa.Column("one_time_until", columns.UtcTime(), nullable=True))
    op.add_column(
        "login_session",
        sa.Column("waits_for_code", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    user = sa.table(
        "app_user",
        sa.column("must_change_password", sa.Boolean()),
        sa.column("one_time_until", columns.UtcTime()),
    )
    ends = datetime.now(UTC) + timedelta(days=7)
    op.execute(user.update().where(user.c.must_change_password).values(one_time_until=ends))
