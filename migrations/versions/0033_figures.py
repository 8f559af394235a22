"""Assigned figures and last year's results belong to a body: bodies of one unit each have their own.

So far all members of a year that are bodies of one unit showed the same figure: each keeps it. A
figure of a unit of which no body is a member any more goes to its body of the year's line, and
where there is none to its first body.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = {"assigned_figure": "value", "last_result": "value, overrules"}


def upgrade() -> None:
    for table, figures in TABLES.items():
        _give_to_bodies(table, figures)


def _give_to_bodies(table: str, figures: str) -> None:
    op.add_column(table, sa.Column("body_id", sa.Integer(), nullable=True))
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(
            op.f(f"uq_{table}_emulation_year_id_unit_id_criterion_id"), type_="unique"
        )
    _fill(table, figures)
    with op.batch_alter_table(table) as batch:
        batch.drop_index(op.f(f"ix_{table}_unit_id"))
        batch.drop_constraint(op.f(f"fk_{table}_unit_id"), type_="foreignkey")
        batch.drop_column("unit_id")
        batch.alter_column("body_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f(f"fk_{table}_body_id"), "body", ["body_id"], ["id"])
        batch.create_index(op.f(f"ix_{table}_body_id"), ["body_id"])
        batch.create_unique_constraint(
            op.f(f"uq_{table}_emulation_year_id_body_id_criterion_id"),
            ["emulation_year_id", "body_id", "criterion_id"],
        )


def _fill(table: str, figures: str) -> None:
    members = (
        f"SELECT DISTINCT {table}.id AS figure_id, body.id AS body_id FROM {table} "
        f"JOIN emulation_year ON emulation_year.id = {table}.emulation_year_id "
        "JOIN cluster ON cluster.year = emulation_year.year AND cluster.line = emulation_year.line "
        "AND cluster.issuer_body_id = emulation_year.issuer_body_id "
        "JOIN cluster_membership ON cluster_membership.cluster_id = cluster.id "
        "JOIN body ON body.id = cluster_membership.body_id "
        f"AND body.unit_id = {table}.unit_id"
    )
    op.execute(
        f"UPDATE {table} SET body_id = (SELECT min(member.body_id) FROM ({members}) AS member "
        f"WHERE member.figure_id = {table}.id)"
    )
    others = ", ".join(f"{table}.{name}" for name in figures.split(", "))
    op.execute(
        f"INSERT INTO {table} (emulation_year_id, unit_id, criterion_id, body_id, {figures}) "
        f"SELECT {table}.emulation_year_id, {table}.unit_id, {table}.criterion_id, "
        f"member.body_id, {others} FROM {table} JOIN ({members}) AS member "
        f"ON member.figure_id = {table}.id AND member.body_id <> {table}.body_id "
        f"ORDER BY {table}.id, member.body_id"
    )
    of_line = (
        "AND body.kind = (SELECT emulation_year.line FROM emulation_year "
        f"WHERE emulation_year.id = {table}.emulation_year_id)"
    )
    for condition in (of_line, ""):
        op.execute(
            f"UPDATE {table} SET body_id = (SELECT min(body.id) FROM body "
            f"WHERE body.unit_id = {table}.unit_id {condition}) WHERE body_id IS NULL"
        )
