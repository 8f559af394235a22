"""Which bases an agreement proposes is data; pages that moved to meetings/ keep their notices."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

CITED_KINDS = ("luật", "nghị định", "thông tư")
MOVED = {"agreements.pack": "meetings.pack"}


def upgrade() -> None:
    with op.batch_alter_table("legal_basis") as basis:
        basis.add_column(sa.Column("cited_order", sa.Integer(), nullable=True))
        basis.add_column(sa.Column("line", sa.String(length=32), nullable=True))
        basis.create_check_constraint(
            op.f("ck_legal_basis_basis_line"), "line IN ('ubnd', 'mttq')"
        )
    _cite_what_was_cited()
    notice = sa.table("notice", sa.column("endpoint", sa.String))
    for before, now in MOVED.items():
        op.execute(notice.update().where(notice.c.endpoint == before).values(endpoint=now))


def _cite_what_was_cited() -> None:
    """Until now: bases about emulation by their words, and what names the number of one of them."""
    basis = sa.table(
        "legal_basis",
        sa.column("id", sa.Integer),
        sa.column("citation", sa.String),
        sa.column("kind", sa.String),
        sa.column("in_force_from", sa.Date),
        sa.column("cited_order", sa.Integer),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(basis.c.id, basis.c.citation)
        .where(basis.c.kind.in_(CITED_KINDS))
        .order_by(basis.c.in_force_from, basis.c.id)
    ).all()
    own = [row for row in rows if "thi đua, khen thưởng" in row.citation.lower()]
    numbers = {
        number for row in own for number in re.findall(r"số ([0-9]+/[0-9]{4}/[^ ]+)", row.citation)
    }
    cited = [row for row in rows if row in own or any(one in row.citation for one in numbers)]
    for place, row in enumerate(cited, 1):
        connection.execute(
            basis.update().where(basis.c.id == row.id).values(cited_order=10 * place)
        )
