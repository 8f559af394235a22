"""More kinds of bodies; one login in use for each office-holder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KINDS = ("ubnd", "mttq", "party", "council", "emulation_council", "union", "department", "service", "enterprise",
         "armed", "hamlet")


def upgrade() -> None:
    allowed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("body") as batch:
        batch.drop_constraint(op.f("ck_body_body_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_body_body_kind"), f"kind IN ({allowed})")
    op.create_index("uq_app_user_person_in_use", "app_user", ["person_id"], unique=True,
                    sqlite_where=sa.text("disabled_at IS NULL"), postgresql_where=sa.text("disabled_at IS NULL"))
