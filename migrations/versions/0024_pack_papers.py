"""Each paper of a meeting's pack is a row with a job of its own."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = sa.Enum(
    "making", "ready", "failed", name="pack_paper_state", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    op.create_table(
        "pack_paper",
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("word_sha256", sa.String(length=64), nullable=True),
        sa.Column("error", columns.NfcText(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["meeting_pack.id"], name=op.f("fk_pack_paper_pack_id")),
        sa.ForeignKeyConstraint(["pdf_sha256"], ["stored_file.sha256"], name=op.f("fk_pack_paper_pdf_sha256")),
        sa.ForeignKeyConstraint(["word_sha256"], ["stored_file.sha256"], name=op.f("fk_pack_paper_word_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_paper")),
        sa.UniqueConstraint("pack_id", "position", name=op.f("uq_pack_paper_pack_id_position")),
        sa.UniqueConstraint("pid", name=op.f("uq_pack_paper_pid")),
    )
    _ask_anew()
    op.drop_column("meeting_pack", "done")


def _ask_anew() -> None:
    """A pack that was being made gets its rows, and a job for each in place of the one for all; one
    without papers has failed.
    """
    connection = op.get_bind()
    job = sa.table(
        "job",
        *(sa.column(name) for name in ("pid", "kind", "key", "state", "attempts", "error")),
        sa.column("payload", columns.Plain),
        sa.column("run_after", columns.UtcTime()),
    )
    paper = sa.table(
        "pack_paper", *(sa.column(name) for name in ("pack_id", "position", "state", "error", "pid"))
    )
    pack = sa.table("meeting_pack", sa.column("id"), sa.column("state"))
    now = datetime.now(UTC)
    packs = connection.execute(
        sa.text("SELECT id, pid, papers FROM meeting_pack WHERE state = 'making' ORDER BY id")
    ).all()
    for pack_id, pack_pid, papers in packs:
        count = len(json.loads(papers) if isinstance(papers, str | bytes) else papers)
        connection.execute(sa.delete(job).where(job.c.key == f"pack:{pack_pid}"))
        if not count:  # nothing can be made of it: another is asked for
            connection.execute(pack.update().where(pack.c.id == pack_id).values(state="failed"))
            continue
        pids = [secrets.token_urlsafe(16) for _n in range(count)]
        connection.execute(
            sa.insert(paper),
            [
                {"pack_id": pack_id, "position": position, "state": "making", "error": "", "pid": pid}
                for position, pid in enumerate(pids)
            ],
        )
        connection.execute(
            sa.insert(job),
            [
                {
                    "pid": secrets.token_urlsafe(16),
                    "kind": "meetings.pack_paper",
                    "key": f"pack_paper:{pid}",
                    "state": "waiting",
                    "attempts": 0,
                    "error": "",
                    "payload": {"paper": pid},
                    "run_after": now,
                }
                for pid in pids
            ],
        )
