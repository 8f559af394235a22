"""What is known of a signature stands in its marks alone, which nobody erases; a user is found by
a stored key.

The day of a wet signature and the receipt of a confirmation go from the step to their mark. What only
a step's columns told gets its mark.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.audit import triggers
from pledge_app.kernel.text import fold, sort_key

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None



def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


USER = sa.table(
    "app_user",
    sa.column("id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("username", sa.String),
    sa.column("search_key", sa.String),
    sa.column("sort_key", sa.String),
)


COLUMNS = (
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("pid", sa.String(length=22), nullable=False),
    sa.Column("step_id", sa.Integer(), nullable=False),
    sa.Column("kind", _choice("mark_kind", "confirmation", "ink", "table", "scan"), nullable=False),
    sa.Column("by_id", sa.Integer(), nullable=True),
    sa.Column("by_name", columns.NfcText(), nullable=False),
    sa.Column("as_body", columns.NfcText(), nullable=False),
    sa.Column("at", columns.UtcTime(), nullable=False),
    sa.Column("day", sa.Date(), nullable=True),
    sa.Column(
        "how", _choice("vouched", "other_body", "second_official", "concurrent"), nullable=True
    ),
    sa.Column("upload_pid", sa.String(length=22), nullable=False),
    sa.Column("receipt", sa.String(length=16), nullable=False),
    sa.Column("withdrawn_at", columns.UtcTime(), nullable=True),
    sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
    sa.Column("withdrawn_by_name", columns.NfcText(), nullable=False),
    sa.Column("withdrawn_reason", columns.NfcText(), nullable=False),
)
OLD_MARK = sa.table(
    "signing_mark",
    sa.column("id", sa.Integer),
    sa.column("pid", sa.String),
    sa.column("step_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("by_id", sa.Integer),
    sa.column("by_name", sa.String),
    sa.column("at", columns.UtcTime),
    sa.column("how", sa.String),
    sa.column("upload_pid", sa.String),
)
OLD_STEP = sa.table(
    "signing_step",
    sa.column("id", sa.Integer),
    sa.column("round_id", sa.Integer),
    sa.column("confirmed_at", columns.UtcTime),
    sa.column("confirmed_by_id", sa.Integer),
    sa.column("signed_on_paper_on", sa.Date),
    sa.column("attested_at", columns.UtcTime),
    sa.column("on_scan_at", columns.UtcTime),
    sa.column("receipt", sa.String),
)
ROUND = sa.table(
    "signing_round", sa.column("id", sa.Integer), sa.column("opened_at", columns.UtcTime)
)
GONE = (
    "confirmed_at",
    "confirmed_by_id",
    "receipt",
    "signed_on_paper_on",
    "attested_at",
    "on_scan_at",
)


def upgrade() -> None:
    connection = op.get_bind()
    _give_users_their_keys(connection)
    _move_to_marks(connection)
    for name in GONE:
        op.drop_column("signing_step", name)
    for statement in triggers.signing_marks(connection.dialect.name):
        op.execute(statement)


def _move_to_marks(connection: sa.Connection) -> None:
    """The table is made anew with the rows it had, each with what its step said of it."""
    steps = {row.id: row for row in connection.execute(sa.select(OLD_STEP))}
    marks = [_filled(row, steps[row.step_id]) for row in connection.execute(sa.select(OLD_MARK))]
    lacking = _lacking(connection, steps.values(), {(row["step_id"], row["kind"]) for row in marks})
    op.drop_table("signing_mark")
    made = op.create_table(
        "signing_mark",
        *COLUMNS,
        sa.ForeignKeyConstraint(
            ["step_id"], ["signing_step.id"], name=op.f("fk_signing_mark_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_mark")),
        sa.UniqueConstraint("pid", name=op.f("uq_signing_mark_pid")),
    )
    op.create_index(op.f("ix_signing_mark_step_id"), "signing_mark", ["step_id"])
    op.create_index(
        "uq_signing_mark_that_counts",
        "signing_mark",
        ["step_id", "kind"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    if marks:
        connection.execute(made.insert(), marks)
    if marks and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence('signing_mark', 'id'), max(id)) FROM signing_mark"
        )
    if lacking:
        connection.execute(made.insert(), lacking)


def _lacking(
    connection: sa.Connection, steps: Iterable[Any], known: set[tuple[int, str]]
) -> list[dict[str, Any]]:
    """A mark for each thing that a step alone tells of; who did it is known of confirmations."""
    names = {row.id: row.name for row in connection.execute(sa.select(USER.c.id, USER.c.name))}
    opened = {row.id: row.opened_at for row in connection.execute(sa.select(ROUND))}
    marks = []
    for step in steps:
        inked = None if step.signed_on_paper_on is None else opened[step.round_id]
        told = {
            "confirmation": step.confirmed_at,
            "ink": inked,
            "table": step.attested_at,
            "scan": step.on_scan_at,
        }
        for kind, at in told.items():
            if at is None or (step.id, kind) in known:
                continue
            by_id = step.confirmed_by_id if kind == "confirmation" else None
            mark = {
                "pid": secrets.token_urlsafe(16),
                "step_id": step.id,
                "kind": kind,
                "by_id": by_id,
                "by_name": names.get(by_id, ""),
                "at": at,
                "how": None,
                "upload_pid": "",
            }
            marks.append(mark | _told(kind, step))
    return marks


def _filled(mark: Any, step: Any) -> dict[str, Any]:
    return dict(mark._mapping) | _told(mark.kind, step)


def _told(kind: str, step: Any) -> dict[str, Any]:
    """What a mark had in its step's columns, and what no mark had before."""
    return {
        "as_body": "",
        "day": step.signed_on_paper_on if kind == "ink" else None,
        "receipt": step.receipt if kind == "confirmation" else "",
        "withdrawn_at": None,
        "withdrawn_by_id": None,
        "withdrawn_by_name": "",
        "withdrawn_reason": "",
    }


def _give_users_their_keys(connection: sa.Connection) -> None:
    for name in ("search_key", "sort_key"):
        op.add_column(
            "app_user", sa.Column(name, columns.NfcText(), nullable=False, server_default="")
        )
    for user in connection.execute(sa.select(USER.c.id, USER.c.name, USER.c.username)).all():
        connection.execute(
            USER.update()
            .where(USER.c.id == user.id)
            .values(
                search_key=f"{fold(user.name)}\n{fold(user.username)}",
                sort_key=sort_key(user.name),
            )
        )
