"""A hamlet can be a party: it pledges to its commune."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = ("ubnd", "mttq", "party", "council", "emulation_council", "union", "hamlet")


def upgrade() -> None:
    allowed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("body") as batch:
        batch.drop_constraint(op.f("ck_body_body_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_body_body_kind"), f"kind IN ({allowed})")
