"""Counted items of any kind in place of hamlets alone; a criterion says which kind it counts."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit.triggers import published_criteria, unguard_published_criteria

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATE = sa.Enum("reached", "nearly", "not_reached", name="row_state", native_enum=False, create_constraint=True, length=32)
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
)


def upgrade() -> None:
    connection = op.get_bind()
    dialect = connection.dialect.name
    for statement in unguard_published_criteria(dialect):
        op.execute(statement)
    op.add_column("criterion", sa.Column("counts", sa.String(length=16), nullable=False, server_default="hamlet"))
    for statement in published_criteria(dialect, PUBLISHED):
        op.execute(statement)
    op.create_table(
        "counted_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", columns.NfcText(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("owner_unit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(unit_id IS NULL) <> (owner_unit_id IS NULL)", name=op.f("ck_counted_item_one_place")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_counted_item_name")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_counted_item_unit_id")),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["unit.id"], name=op.f("fk_counted_item_owner_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_item")),
        sa.UniqueConstraint("pid", name=op.f("uq_counted_item_pid")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_counted_item_unit_id")),
    )
    with op.batch_alter_table("counted_item") as batch:
        batch.create_index(op.f("ix_counted_item_owner_unit_id"), ["owner_unit_id"])
    op.create_table(
        "target_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", columns.NfcText(), nullable=False),
        sa.Column("state", STATE, nullable=True),
        sa.Column("quarter", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_target_item_target_id")),
        sa.ForeignKeyConstraint(["item_id"], ["counted_item.id"], name=op.f("fk_target_item_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_item")),
        sa.UniqueConstraint("pid", name=op.f("uq_target_item_pid")),
        sa.UniqueConstraint("target_id", "item_id", name=op.f("uq_target_item_target_id_item_id")),
    )
    with op.batch_alter_table("target_item") as batch:
        batch.create_index(op.f("ix_target_item_target_id"), ["target_id"])
    _move(connection)
    op.drop_table("target_hamlet")


def _move(connection: sa.Connection) -> None:
    """One item for each hamlet that a target counts, called as it is called newest; every row keeps its number."""
    rows = connection.execute(sa.text("SELECT unit_id, name FROM target_hamlet ORDER BY id")).all()
    names = {row.unit_id: row.name for row in rows}
    for unit_id, name in names.items():
        connection.execute(
            sa.text("INSERT INTO counted_item (pid, kind, name, unit_id) VALUES (:pid, 'hamlet', :name, :unit)"),
            {"pid": secrets.token_urlsafe(16), "name": name, "unit": unit_id},
        )
    connection.execute(
        sa.text(
            "INSERT INTO target_item (id, pid, target_id, item_id, position, name, state, quarter) "
            "SELECT h.id, h.pid, h.target_id, i.id, h.position, h.name, h.state, h.quarter "
            "FROM target_hamlet h JOIN counted_item i ON i.unit_id = h.unit_id"
        )
    )
    if rows and connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('target_item', 'id'), (SELECT max(id) FROM target_item))"))
