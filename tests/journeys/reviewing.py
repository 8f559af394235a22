"""Acts of the level above: on a pledge that was sent, and on the deadlines of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import REVIEWERS, PledgeNow, YearNow
from tests.journeys.office import Answer, Office
from tests.journeys.pledging import OfAPledge

LAST_EXTENSION = date(2023, 2, 27)


class OfTheReview(OfAPledge):
    """An act of a reviewer on a pledge that was sent."""

    folder = "tham-dinh"
    states = frozenset({"sent"})

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return set(REVIEWERS)


class BeginReview(OfTheReview):
    """From here the commune cannot withdraw."""

    address = "bat-dau"

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.is_review_begun = True


class SendBack(OfTheReview):
    """Yêu cầu bổ sung."""

    address = "yeu-cau-bo-sung"
    is_versioned = True

    def form(self, choose: Choose) -> dict[str, str]:
        return {"reason": "Chỉ tiêu thấp so với khả năng."}

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.state = "returned"
        thing.is_review_begun = True


class Approve(OfTheReview):
    """Phê duyệt: by a reviewer who had no hand in it."""

    weight = 8
    address = "thong-nhat"
    is_versioned = True

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return set(REVIEWERS) - thing.hands

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.state = "agreed"
        thing.is_review_begun = True


class TakeBack(OfTheReview):
    """An approval is taken back while nothing is composed from it."""

    address = "rut-lai"
    states = frozenset({"agreed"})
    is_versioned = True

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return set(REVIEWERS) - thing.hands

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return super().ready(now, thing) and now.current() is None

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.state = "sent"


class PutOffTheDeadline(Act):
    """Gia hạn, for everybody."""

    def things(self, now: YearNow) -> list[str]:
        return ["pledge"] if now.due_on < LAST_EXTENSION else []

    def may(self, now: YearNow, thing: str) -> set[str]:
        return {*REVIEWERS, "quan"}

    def ready(self, now: YearNow, thing: str) -> bool:
        return True

    def send(
        self, office: Office, now: YearNow, thing: str, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        year = db.session.get_one(EmulationYear, office.cast.year)
        day = now.due_on + timedelta(days=choose.number(1, 3))
        form = {"what": thing, "due_on": f"{day:%d/%m/%Y}", "reason": "Bão số 1"}
        return office.post(who, f"/nam-thi-dua/{year.pid}/gia-han", form), day

    def follow(self, office: Office, now: YearNow, thing: str, who: str, given: Any) -> None:
        now.due_on = given
        year = db.session.get_one(EmulationYear, office.cast.year)
        for body in office.cast.bodies.values():
            assert year.pledge_due(body) == given


ACTS: tuple[Act, ...] = (BeginReview(), SendBack(), Approve(), TakeBack(), PutOffTheDeadline())
