"""One register of numbers, as text and with corrections; the agreement's common contents and commitment."""

from __future__ import annotations

import json
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BY_THE_SENDER = "Người gửi bản đăng ký"
SECOND_REGISTER = "Văn thư cấp số khác số đã ghi khi gửi"

OWN_NUMBERS = """
SELECT pledge.own_number, pledge.own_date, pledge.body_id, pledge.sent_at,
       envelope.content_json, document.id AS document_id
FROM pledge
JOIN envelope ON envelope.subject_kind = 'pledge' AND envelope.subject_pid = pledge.pid
JOIN document ON document.envelope_id = envelope.id
WHERE pledge.own_number IS NOT NULL AND pledge.own_date IS NOT NULL
ORDER BY document.id
"""


def upgrade() -> None:
    for name in ("contents", "commitment"):
        column = sa.Column(name, columns.NfcText(), nullable=False, server_default="")
        op.add_column("agreement", column)
    _number_as_text()
    _one_register()
    op.drop_column("pledge", "own_number")
    op.drop_column("pledge", "own_date")


def _number_as_text() -> None:
    with op.batch_alter_table("document_number") as batch:
        batch.drop_constraint(op.f("ck_document_number_number"), type_="check")
        batch.drop_constraint(op.f("uq_document_number_document_id_body_id"), type_="unique")
        batch.alter_column(
            "number",
            existing_type=sa.Integer(),
            type_=sa.String(20),
            existing_nullable=False,
            postgresql_using="number::varchar",
        )
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("reason", columns.NfcText(), nullable=False, server_default=""))
        batch.create_unique_constraint(
            op.f("uq_document_number_document_id_body_id_version"),
            ["document_id", "body_id", "version"],
        )
    op.execute("UPDATE document_number SET number = '0' || number WHERE length(number) = 1")


def _one_register() -> None:
    """The number that was asked for at sending becomes the paper's own.

    Where the records clerk entered another one afterwards, that one is the later version: it counts.
    """
    connection = op.get_bind()
    newest: dict[tuple[int, Any], Any] = {}
    for row in connection.execute(sa.text(OWN_NUMBERS)).mappings():
        newest[row["body_id"], json.loads(row["content_json"])["content"]["year"]] = row
    for row in newest.values():
        _keep(connection, row)


def _keep(connection: sa.Connection, row: Any) -> None:
    register = sa.table(
        "document_number",
        *(sa.column(name) for name in ("id", "pid", "document_id", "body_id", "number", "symbol")),
        *(sa.column(name) for name in ("dated", "entered_by", "entered_at", "version", "reason")),
    )
    number = f"{row['own_number']:02}"
    entered = connection.execute(
        sa.select(register).where(
            register.c.document_id == row["document_id"], register.c.body_id == row["body_id"]
        )
    ).first()
    if entered is not None and (entered.number, str(entered.dated)) == (number, str(row["own_date"])):
        return
    if entered is not None:
        connection.execute(
            sa.update(register)
            .where(register.c.id == entered.id)
            .values(version=2, reason=SECOND_REGISTER)
        )
    heading = json.loads(row["content_json"])["content"].get("heading", {})
    connection.execute(
        sa.insert(register).values(
            pid=secrets.token_urlsafe(16),
            document_id=row["document_id"],
            body_id=row["body_id"],
            number=number,
            symbol=heading.get("symbol", ""),
            dated=row["own_date"],
            entered_by=BY_THE_SENDER,
            entered_at=row["sent_at"],
            version=1,
            reason="",
        )
    )
