"""The kinds of paper are those that rooms register: the database no longer lists them."""

from __future__ import annotations

from alembic import op

from pledge_app.audit import triggers

revision = "0022"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _any_kind_of_paper()


def _any_kind_of_paper() -> None:
    with op.batch_alter_table("envelope") as batch:
        batch.drop_constraint(op.f("ck_envelope_paper_kind"), type_="check")
    with op.batch_alter_table("paper_wording") as batch:
        batch.drop_constraint(op.f("ck_paper_wording_paper_wording_kind"), type_="check")
    if op.get_bind().dialect.name == "sqlite":  # the rebuild dropped them
        for statement in triggers.append_only("envelope", "sqlite"):
            op.execute(statement)
