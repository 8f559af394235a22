"""Text of a refused POST, kept as the user's private draft so that nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from pledge_app.kernel.base import Base, Identified, db
from pledge_app.kernel.canonical import JsonObject

MOST_KEPT = 20  # texts of one user
MOST_LETTERS = 4_000_000  # of all of them together
KEPT_FOR = timedelta(days=60)


class KeptText(Identified, Base):
    """The fields of one refused form. Only its user sees it."""

    __tablename__ = "kept_text"

    user_id: Mapped[int] = mapped_column(index=True)
    path: Mapped[str]
    fields: Mapped[JsonObject]
    at: Mapped[datetime]


def keep_text(user_id: int, path: str, fields: Mapping[str, object], *, at: datetime) -> None:
    """Keep what a user typed in vain; the oldest make room, beyond MOST_KEPT or MOST_LETTERS.

    The newest is kept whatever its length: a request has an end of its own.
    """
    db.session.add(
        KeptText(
            user_id=user_id,
            path=path,
            fields=dict(fields),
            at=at,
        )
    )
    db.session.flush()
    rows = db.session.execute(
        select(KeptText.id, KeptText.fields)
        .where(KeptText.user_id == user_id)
        .order_by(KeptText.id.desc())
    ).all()
    letters = 0
    for place, (text_id, kept) in enumerate(rows):
        letters += len(json.dumps(kept, ensure_ascii=False))
        if place and (place >= MOST_KEPT or letters > MOST_LETTERS):
            db.session.execute(delete(KeptText).where(KeptText.id == text_id))
