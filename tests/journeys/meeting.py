"""Acts on the minutes: recorded, and closed, which appoints who leads the cluster next."""

from __future__ import annotations

from typing import Any

from pledge_app.agreements.models import Agreement
from pledge_app.kernel.base import db
from pledge_app.meetings.queries import meeting_of
from pledge_app.orgs.models import Body
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import AgreementNow, YearNow
from tests.journeys.office import Answer, Office


class OfTheMeeting(Act):
    """An act on the minutes of a version that is at its signing."""

    def things(self, now: YearNow) -> list[AgreementNow]:
        return [row for row in now.agreements if row.signatures]

    def may(self, now: YearNow, thing: AgreementNow) -> set[str]:
        return now.recorders()

    def version(self, office: Office, thing: AgreementNow) -> str:
        """The version of the minutes on the page; 0: nothing was recorded before."""
        stored = meeting_of(office.find(Agreement, thing.pid))
        return office.version(stored.version_id if stored is not None else 0)


class RecordMeeting(OfTheMeeting):
    """Place, time, who was there, the votes, who leads next."""

    weight = 2
    is_versioned = True

    def ready(self, now: YearNow, thing: AgreementNow) -> bool:
        return thing.is_at_signing and not thing.is_closed

    def send(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        body = db.session.get_one(Body, office.cast.bodies[choose.one_of(thing.parties)])
        form = {
            "ver": self.version(office, thing),
            "place": "Hội trường UBND xã Hải Đông",
            "on_date": f"{office.today:%d/%m/%Y}",
            "begins": "08 giờ 00",
            "agenda": "Ký kết",
            "votes_for": "4",
            "chair_name": "Ông Đông",
            "secretary_name": "Bà Đông",
            "next_lead": choose.one_of(["", body.pid]),
            "who-0-name": "Ông Hùng",
            "who-0-office": "Chủ tịch",
            "who-0-party_title": "",
            "who-0-attendance": "present",
            "who-0-note": "",
        }
        return office.post(who, f"/giao-uoc-cum/{thing.pid}/hoi-nghi", form), None

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        thing.has_minutes = True


class CloseMeeting(OfTheMeeting):
    """Chốt biên bản: from the meeting's day on another commune may lead."""

    weight = 2
    is_versioned = True

    def ready(self, now: YearNow, thing: AgreementNow) -> bool:
        return thing.is_at_signing and thing.has_minutes and not thing.is_closed

    def send(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        form = {"ver": self.version(office, thing)}
        return office.post(who, f"/giao-uoc-cum/{thing.pid}/hoi-nghi/chot", form), None

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        thing.is_closed = True
        held = meeting_of(office.find(Agreement, thing.pid))
        assert held is not None
        if held.next_lead_body_id is not None:
            bodies = {body_id: name for name, body_id in office.cast.bodies.items()}
            now.leads = bodies[held.next_lead_body_id]


ACTS: tuple[Act, ...] = (RecordMeeting(), CloseMeeting())
