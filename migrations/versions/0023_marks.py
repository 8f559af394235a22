"""A user is found by a stored key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import pledge_app.kernel.columns as columns
from pledge_app.kernel.text import fold, sort_key

revision = "0023"
down_revision = "0018"
branch_labels = None
depends_on = None

USER = sa.table(
    "app_user",
    sa.column("id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("username", sa.String),
    sa.column("search_key", sa.String),
    sa.column("sort_key", sa.String),
)


def upgrade() -> None:
    _give_users_their_keys(op.get_bind())


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
