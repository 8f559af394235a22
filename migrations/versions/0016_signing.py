"""Who made which mark of a signature; changes at the table with their consents; one official for two duties.

An agreement that an earlier release called signed by clicks alone is now "confirmed, waiting for the signed
paper", and stays in force: its reports run. With ink recorded for everybody it waits for the scan; with every
signature seen on a scan it stays signed. Their rounds are open again, so that ink and scans can follow.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.kernel.clock import local

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATES = (
    "draft",
    "rendering",
    "awaiting",
    "confirmed",
    "inked",
    "signed",
    "replaced",
    "void",
)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _tables()
    _columns()
    connection = op.get_bind()
    _mark_what_was_done(connection)
    _say_truly_what_is_signed(connection)
    _count_amendments(connection)


def _tables() -> None:
    op.create_table(
        "concurrent_duties",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", columns.NfcText(), nullable=False),
        sa.Column("granted_by", columns.NfcText(), nullable=False),
        sa.Column("granted_at", columns.UtcTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_concurrent_duties_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concurrent_duties")),
        sa.UniqueConstraint("pid", name=op.f("uq_concurrent_duties_pid")),
    )
    op.create_index(op.f("ix_concurrent_duties_body_id"), "concurrent_duties", ["body_id"])
    op.create_table(
        "signing_mark",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", _choice("mark_kind", "confirmation", "ink", "table", "scan"), nullable=False
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", columns.NfcText(), nullable=False),
        sa.Column("at", columns.UtcTime(), nullable=False),
        sa.Column(
            "how", _choice("vouched", "other_body", "second_official", "concurrent"), nullable=True
        ),
        sa.Column("upload_pid", sa.String(length=22), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["signing_step.id"], name=op.f("fk_signing_mark_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_mark")),
        sa.UniqueConstraint("pid", name=op.f("uq_signing_mark_pid")),
        sa.UniqueConstraint("step_id", "kind", name=op.f("uq_signing_mark_step_id_kind")),
    )
    op.create_index(op.f("ix_signing_mark_step_id"), "signing_mark", ["step_id"])
    op.create_table(
        "amendment",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _choice("amendment_state", "open", "applied", "rejected", "lapsed"),
            nullable=False,
        ),
        sa.Column("old_goal", columns.Exact(), nullable=True),
        sa.Column("new_goal", columns.Exact(), nullable=False),
        sa.Column("hamlets", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", columns.NfcText(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by", columns.NfcText(), nullable=False),
        sa.Column("proposed_at", columns.UtcTime(), nullable=False),
        sa.Column("commune_by_id", sa.Integer(), nullable=True),
        sa.Column("commune_by", columns.NfcText(), nullable=False),
        sa.Column("commune_note", columns.NfcText(), nullable=False),
        sa.Column("commune_at", columns.UtcTime(), nullable=True),
        sa.Column("reviewer_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewer_by", columns.NfcText(), nullable=False),
        sa.Column("reviewer_note", columns.NfcText(), nullable=False),
        sa.Column("reviewer_at", columns.UtcTime(), nullable=True),
        sa.Column("answer", columns.NfcText(), nullable=False),
        sa.Column("ended_at", columns.UtcTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_amendment_agreement_id")
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_amendment_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("pid", name=op.f("uq_amendment_pid")),
    )
    op.create_index(op.f("ix_amendment_agreement_id"), "amendment", ["agreement_id"])
    op.create_index(op.f("ix_amendment_target_id"), "amendment", ["target_id"])


def _columns() -> None:
    op.add_column("signing_step", sa.Column("attested_at", columns.UtcTime(), nullable=True))
    op.add_column(
        "signing_step",
        sa.Column("refused_by_holder", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "pledge", sa.Column("amendments", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("agreement", sa.Column("in_force_on", sa.Date(), nullable=True))
    op.add_column(
        "agreement",
        sa.Column("refreeze", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    allowed = ", ".join(f"'{state}'" for state in STATES)
    with op.batch_alter_table("agreement") as batch:
        batch.drop_constraint(op.f("ck_agreement_agreement_state"), type_="check")
        batch.create_check_constraint(op.f("ck_agreement_agreement_state"), f"state IN ({allowed})")


STEP = sa.table(
    "signing_step",
    sa.column("id", sa.Integer),
    sa.column("pid", sa.String),
    sa.column("round_id", sa.Integer),
    sa.column("is_witness", sa.Boolean),
    sa.column("confirmed_at", columns.UtcTime),
    sa.column("confirmed_by_id", sa.Integer),
    sa.column("signed_on_paper_on", sa.Date),
    sa.column("on_scan_at", columns.UtcTime),
)
MARK = sa.table(
    "signing_mark",
    sa.column("step_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("by_id", sa.Integer),
    sa.column("by_name", sa.String),
    sa.column("at", columns.UtcTime),
    sa.column("how", sa.String),
    sa.column("upload_pid", sa.String),
    sa.column("pid", sa.String),
)
EVENT = sa.table(
    "trail_event",
    sa.column("seq", sa.Integer),
    sa.column("at", columns.UtcTime),
    sa.column("verb", sa.String),
    sa.column("subject_kind", sa.String),
    sa.column("subject_pid", sa.String),
    sa.column("actor_id", sa.Integer),
    sa.column("actor_name", sa.String),
)
ROUND = sa.table(
    "signing_round",
    sa.column("id", sa.Integer),
    sa.column("document_id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("opened_at", columns.UtcTime),
    sa.column("completed_at", columns.UtcTime),
)
AGREEMENT = sa.table(
    "agreement",
    sa.column("id", sa.Integer),
    sa.column("document_id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("paper_date", sa.Date),
    sa.column("signed_at", columns.UtcTime),
    sa.column("in_force_on", sa.Date),
)


def _mark_what_was_done(connection: sa.Connection) -> None:
    """A mark for each thing that the steps and the trail tell; who saw the scan is told by its confirmation."""
    who = _deeds(connection, ("step.confirmed", "step.signed_on_paper"))
    scans = _scan_confirmations(connection)
    opened = {row.id: row.opened_at for row in connection.execute(sa.select(ROUND))}
    for step in connection.execute(sa.select(STEP)).all():
        if step.confirmed_at is not None:
            deed = who.get((step.pid, "step.confirmed"), (step.confirmed_by_id, "", None))
            _mark(connection, step.id, "confirmation", (deed[0], deed[1], step.confirmed_at))
        if step.signed_on_paper_on is not None:
            deed = who.get((step.pid, "step.signed_on_paper"), (None, "", None))
            _mark(connection, step.id, "ink", (deed[0], deed[1], deed[2] or opened[step.round_id]))
        if step.on_scan_at is not None:
            saw = scans.get(step.on_scan_at.replace(microsecond=0), (None, ""))
            _mark(connection, step.id, "scan", (saw[0], saw[1], step.on_scan_at))


Deed = tuple[int | None, str, datetime | None]


def _deeds(connection: sa.Connection, verbs: Iterable[str]) -> dict[tuple[str, str], Deed]:
    rows = connection.execute(
        sa.select(EVENT)
        .where(EVENT.c.subject_kind == "signing_step", EVENT.c.verb.in_(list(verbs)))
        .order_by(EVENT.c.seq)
    )
    return {(row.subject_pid, row.verb): (row.actor_id, row.actor_name, row.at) for row in rows}


def _scan_confirmations(connection: sa.Connection) -> dict[datetime, tuple[int | None, str]]:
    rows = connection.execute(sa.select(EVENT).where(EVENT.c.verb == "scan.confirmed"))
    return {row.at.replace(microsecond=0): (row.actor_id, row.actor_name) for row in rows}


def _mark(connection: sa.Connection, step_id: int, kind: str, deed: Deed) -> None:
    by_id, by_name, at = deed
    connection.execute(
        MARK.insert().values(
            step_id=step_id,
            kind=kind,
            by_id=by_id,
            by_name=by_name,
            at=at,
            how=None,
            upload_pid="",
            pid=secrets.token_urlsafe(16),
        )
    )


def _say_truly_what_is_signed(connection: sa.Connection) -> None:
    steps = defaultdict(list)
    for step in connection.execute(sa.select(STEP).where(STEP.c.is_witness.is_(False))):
        steps[step.round_id].append(step)
    rounds = {row.document_id: row for row in connection.execute(sa.select(ROUND)).all()}
    called_signed = sa.select(AGREEMENT).where(AGREEMENT.c.state.in_(["signed", "replaced"]))
    for row in connection.execute(called_signed).all():
        signing_round = rounds.get(row.document_id)
        known = steps[signing_round.id] if signing_round is not None else []
        state = row.state if row.state == "replaced" else _state(known)
        day = local(row.signed_at).date() if row.signed_at is not None else row.paper_date
        values: dict[str, Any] = {"state": state, "in_force_on": min(row.paper_date, day)}
        if state in ("confirmed", "inked"):
            values["signed_at"] = None
        connection.execute(AGREEMENT.update().where(AGREEMENT.c.id == row.id).values(**values))
        if state in ("confirmed", "inked") and signing_round is not None:
            connection.execute(
                ROUND.update()
                .where(ROUND.c.id == signing_round.id, ROUND.c.state == "complete")
                .values(state="open", completed_at=None)
            )


def _state(steps: list[Any]) -> str:
    if steps and all(step.on_scan_at is not None for step in steps):
        return "signed"
    if steps and all(step.signed_on_paper_on is not None for step in steps):
        return "inked"
    return "confirmed"


def _count_amendments(connection: sa.Connection) -> None:
    pledge = sa.table("pledge", sa.column("pid", sa.String), sa.column("amendments", sa.Integer))
    found = connection.execute(
        sa.select(EVENT.c.subject_pid, sa.func.count().label("times"))
        .where(EVENT.c.verb == "pledge.amended")
        .group_by(EVENT.c.subject_pid)
    ).all()
    for row in found:
        connection.execute(
            pledge.update().where(pledge.c.pid == row.subject_pid).values(amendments=row.times)
        )
