"""What rows of criteria sets measure over the years: one indicator a line and code, as results of last year were found."""

from __future__ import annotations

import secrets
import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit.triggers import published_criteria, unguard_published_criteria

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

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
)


Row = tuple[object, ...]


def _line(name: str) -> sa.Enum:
    return sa.Enum("ubnd", "mttq", name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    connection = op.get_bind()
    dialect = connection.dialect.name
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.Column("line", _line("indicator_line"), nullable=True),
        sa.Column("name", columns.NfcText(), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("pid", name=op.f("uq_indicator_pid")),
    )
    for statement in unguard_published_criteria(dialect):
        op.execute(statement)
    with op.batch_alter_table("criteria_set") as batch:
        batch.add_column(sa.Column("line", _line("criteria_set_line"), nullable=True))
    op.add_column("criterion", sa.Column("indicator_id", sa.Integer(), nullable=True))
    _measure(connection)
    with op.batch_alter_table("criterion") as batch:
        batch.alter_column("indicator_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f("fk_criterion_indicator_id"), "indicator", ["indicator_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_criterion_criteria_set_id_indicator_id"), ["criteria_set_id", "indicator_id"])
        batch.create_index(op.f("ix_criterion_indicator_id"), ["indicator_id"])
    for statement in published_criteria(dialect, PUBLISHED):
        op.execute(statement)


def _measure(connection: sa.Connection) -> None:
    """Give each row its indicator."""
    rows = connection.execute(
        sa.text(
            "SELECT c.id, c.code, c.name, c.is_group, c.criteria_set_id AS set_id FROM criterion c "
            "JOIN criteria_set s ON s.id = c.criteria_set_id ORDER BY s.valid_from, s.id, c.position, c.id"
        )
    ).all()
    lines = _lines_of_sets(connection)
    of_code: dict[Row, set[str]] = {}
    of_name: dict[Row, set[str]] = {}
    for row in rows:
        of_code.setdefault((bool(row.is_group), row.code), set()).update(lines[row.set_id])
        of_name.setdefault((bool(row.is_group), row.code, row.name.casefold()), set()).update(lines[row.set_id])
    shared = {(row.is_group, row.code) for row in rows if len(lines[row.set_id]) > 1}
    keys = {}
    names = {}
    for row in rows:
        here = lines[row.set_id] or of_code[bool(row.is_group), row.code]
        if not lines[row.set_id] and len(here) > 1:  # no year says whose it is: the name may
            here = of_name[bool(row.is_group), row.code, row.name.casefold()]
        alone = len(here) == 1 and (row.is_group, row.code) not in shared
        key = (min(here) if alone else None, bool(row.is_group), row.code)
        keys[row.id] = key
        names[key] = row.name  # the newest stays
    ids = {key: number for number, key in enumerate(names, 1)}
    table = sa.table("indicator", *(sa.column(name) for name in ("id", "pid", "line", "name")), sa.column("is_group", sa.Boolean()))
    for (line, is_group, code), number in ids.items():
        name = names[line, is_group, code]
        values = {"id": number, "pid": secrets.token_urlsafe(16), "line": line, "name": name, "is_group": is_group}
        connection.execute(table.insert().values(values))
    for row_id, key in keys.items():
        connection.execute(sa.text("UPDATE criterion SET indicator_id = :own WHERE id = :id"), {"own": ids[key], "id": row_id})
    if ids and connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('indicator', 'id'), (SELECT max(id) FROM indicator))"))


def _lines_of_sets(connection: sa.Connection) -> dict[int, frozenset[str]]:
    """The lines of the years that go by a set or by another version of it."""
    sets = connection.execute(sa.text("SELECT id, name FROM criteria_set")).all()
    used = connection.execute(
        sa.text("SELECT DISTINCT s.name, y.line FROM emulation_year y JOIN criteria_set s ON s.id = y.criteria_set_id")
    ).all()
    by_name: dict[str, set[str]] = {}
    for name, line in used:
        by_name.setdefault(name, set()).add(line)
    return {row.id: frozenset(by_name.get(row.name, ())) for row in sets}

