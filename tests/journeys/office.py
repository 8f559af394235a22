"""The office of a walk: its people at their browsers, its database, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import select, update

from pledge_app.accounts import passwords
from pledge_app.accounts.models import User
from pledge_app.kernel.base import Base, db
from pledge_app.kernel.errors import DomainError
from pledge_app.kernel.installation import Installation
from tests.cast import TODAY, Cast
from tests.journeys.expected import LEADER
from tests.site import Visitor

Row = TypeVar("Row", bound=Base)
PASSWORD = "một câu rất dài để vào"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str = ""

    @property
    def words(self) -> str:
        """What the page says, without its head and its tags."""
        body = self.text.partition("<main")[2] or self.text
        return re.sub(r"<[^>]*>|\s+", " ", body)[:600]

    @property
    def is_done(self) -> bool:
        """Whether the act was acknowledged."""
        return self.status in {200, 201, 303}


@dataclass(frozen=True)
class Sent:
    """A form as it was posted, so that it can be posted again."""

    who: str
    path: str
    form: dict[str, Any]


@dataclass
class Office:
    """An application on a database of its own, and who sits before it."""

    app: Flask
    cast: Cast
    end: Callable[[], None]
    today: date = TODAY
    sent: Sent | None = None
    is_page_old: bool = False
    """The next form carries the version of a page that was opened before the last change."""
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        hashed = passwords.hash_password(PASSWORD)
        leaders = [self.cast.users[name] for name in LEADER.values()]
        db.session.execute(update(User).where(User.id.in_(leaders)).values(password_hash=hashed))
        db.session.commit()

    def close(self) -> None:
        """The walk is over."""
        self.end()

    def visitor(self, who: str) -> Visitor:
        """Somebody at a browser, logged in once for the whole walk."""
        if who not in self.visitors:
            self.visitors[who] = Visitor(self.app, self.cast.users[who])
        return self.visitors[who]

    def post(self, who: str, path: str, form: dict[str, Any] | None = None) -> Answer:
        """Post a form as a browser does."""
        self.sent = Sent(who, path, form or {})
        return self.again(self.sent)

    def again(self, sent: Sent) -> Answer:
        """The very same form once more: a second click, a resent page."""
        answer = self.visitor(sent.who).send(sent.path, sent.form)
        db.session.expire_all()
        assert answer.status_code < 500, f"I10 {sent.path}: {answer.status_code}"
        if answer.status_code >= 400:
            assert "<h1" in answer.text, f"I10 {sent.path}: a refusal without a word"
        return Answer(answer.status_code, answer.text)

    def get(self, who: str, path: str) -> Answer:
        """Open a page and inspect it."""
        answer = self.visitor(who).look(path)
        db.session.expire_all()
        assert answer.status_code < 500, f"I10 {path}: {answer.status_code}"
        return Answer(answer.status_code, answer.text)

    def act(self, verb: Callable[[], object]) -> Answer:
        """Call a verb whose page would start a child process; commit, or give its refusal."""
        self.sent = None
        try:
            verb()
            db.session.commit()
        except DomainError as refused:
            db.session.rollback()
            return Answer(refused.status, refused.sentence)
        return Answer(303)

    def find(self, table: type[Row], pid: str) -> Row:
        """The row of a public id."""
        return db.session.scalars(select(table).where(table.pid == pid)).one()  # type: ignore[attr-defined]

    def version(self, number: int) -> str:
        """The version as the page has it: the newest, or (is_page_old) one of before."""
        return str(number - 1 if self.is_page_old else number)

    def move_to(self, day: date) -> None:
        """The business day of the office."""
        db.session.execute(update(Installation).values(business_date=day))
        db.session.commit()
        self.today = day
