"""What is of no record has an end: texts that were kept, sessions that are over, old notices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from pledge_app.accounts import sessions
from pledge_app.accounts.models import LoginSession, LoginThrottle, User
from pledge_app.kernel.base import Base, db
from pledge_app.notices.models import Notice
from pledge_app.upkeep.tidying import tidy, tidying_day
from pledge_app.web import kept_texts
from pledge_app.web.kept_texts import KeptText, keep_text

NIGHT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)  # 02:00 in Vietnam, the 24th
LONG_AGO = NIGHT - timedelta(days=800)


def notice(user_id: int, at: datetime, read_at: datetime | None = None) -> Notice:
    return Notice(
        user_id=user_id, sentence="x", endpoint="home.index", subject_pid="", at=at, read_at=read_at
    )


def count(of: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def test_what_is_past_its_end_goes_and_the_rest_stays(app, cast):
    user = db.session.get_one(User, cast.users["lan"])
    before = [count(LoginSession), count(Notice), count(KeptText)]
    for at in (LONG_AGO, NIGHT):
        sessions.begin(user, at=at, address="x", browser="y")
        keep_text(user.id, "/x", {"a": ["b"]}, at=at)
        db.session.add(LoginThrottle(key=f"x{at}", failures=1, last_at=at))
        db.session.add(notice(user.id, at))
    db.session.add(notice(user.id, NIGHT - timedelta(days=300), NIGHT - timedelta(days=299)))
    db.session.flush()
    said = tidy(NIGHT)
    assert said == "1 kept texts, 1 sessions, 1 failed logins, 2 notices"
    after = [count(LoginSession), count(Notice), count(KeptText)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1]


def test_it_is_done_at_night_after_the_backup():
    assert tidying_day(NIGHT - timedelta(hours=1)) == ""
    assert tidying_day(NIGHT) == "2026-11-24"


def test_a_user_keeps_so_many_texts_and_the_newest_always(app, cast, monkeypatch):
    lan = cast.users["lan"]
    monkeypatch.setattr(kept_texts, "MOST_KEPT", 2)
    for text in "abc":
        keep_text(lan, "/x", {"t": [text]}, at=NIGHT)
    mine = select(KeptText).where(KeptText.user_id == lan).order_by(KeptText.id)
    assert [row.fields["t"] for row in db.session.scalars(mine)] == [["b"], ["c"]]
    monkeypatch.setattr(kept_texts, "MOST_LETTERS", 50)
    keep_text(lan, "/x", {"t": ["d" * 60]}, at=NIGHT)
    assert [row.fields["t"] for row in db.session.scalars(mine)] == [["d" * 60]]
