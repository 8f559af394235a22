"""Acts of a commune on its pledge."""

from __future__ import annotations

from typing import Any

from pledge_app.campaigns.models import EmulationYear
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body
from pledge_app.pledges import sheet
from pledge_app.pledges.models import Pledge
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import LEADER, RECORDS, PledgeNow, YearNow, people_of
from tests.journeys.office import Answer, Office

TYPED = {"1": (2, 9), "2": (150, 400), "4": (0, 0)}
"""By criterion code: the lowest (the figure assigned) and the highest goal; 4 stays at zero."""


def mark(commune: str) -> str:
    """What only the commune, and those above it, may read while it is being typed."""
    return f"MARK-{commune.encode().hex()}"


def sheet_of(pledge: Pledge) -> dict[str, str]:
    """The whole sheet as a browser would send it."""
    fields: dict[str, str] = {}
    for group in sheet.groups(pledge):
        for row in group.rows:
            fields[f"ver-{row.pid}"] = row.token
            fields |= {cell.id: cell.shown for cell in row.cells if cell.kind != "computed"}
            for hamlet in row.items:
                fields |= {f"state-{hamlet.pid}": hamlet.state, f"by-{hamlet.pid}": hamlet.period}
    return fields


class OfAPledge(Act):
    """An act on one commune's pledge: a press of a button with the version of the page."""

    folder = "giao-uoc"
    address = ""
    states: frozenset[str] = frozenset()

    def things(self, now: YearNow) -> list[PledgeNow]:
        return [row for row in now.pledges.values() if row.pid]

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return people_of(thing.commune)

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return thing.state in self.states

    def form(self, choose: Choose) -> dict[str, str]:
        """What is typed besides the version."""
        return {}

    def send(
        self, office: Office, now: YearNow, thing: PledgeNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(Pledge, thing.pid)
        form = {"ver": office.version(stored.version_id), **self.form(choose)}
        return office.post(who, f"/{self.folder}/{thing.pid}/{self.address}", form), None

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)


class Start(OfAPledge):
    """The pledge of a commune is begun."""

    weight = 6

    def things(self, now: YearNow) -> list[PledgeNow]:
        return [row for row in now.pledges.values() if not row.pid]

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return not thing.pid

    def send(
        self, office: Office, now: YearNow, thing: PledgeNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        body = db.session.get_one(Body, office.cast.bodies[thing.commune])
        year = db.session.get_one(EmulationYear, office.cast.year)
        return office.post(who, "/giao-uoc/lap", {"body": body.pid, "year": year.pid}), None

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        body_id = office.cast.bodies[thing.commune]
        thing.pid = db.session.query(Pledge).filter_by(body_id=body_id).one().pid
        thing.hands.add(who)


class TypeEverything(OfAPledge):
    """The whole sheet is typed: a goal for every target, every hamlet reached in quarter IV."""

    weight = 2
    states = frozenset({"draft", "returned"})

    def send(
        self, office: Office, now: YearNow, thing: PledgeNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(Pledge, thing.pid)
        form = sheet_of(stored)
        goals = {}
        for target in stored.targets:
            code = target.criterion.code
            if code in TYPED:
                goals[code] = choose.number(*TYPED[code])
                form[f"goal-{target.pid}"] = str(goals[code])
            if f"measures-{target.pid}" in form:
                form[f"measures-{target.pid}"] = mark(thing.commune)
            for row in target.items:
                form[f"state-{row.pid}"] = "reached"
                form[f"by-{row.pid}"] = "4"
        return office.post(who, f"/giao-uoc/{thing.pid}/nhap", form), goals

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        if thing.goals != given or not thing.is_filled:
            thing.authors.add(who)
            thing.hands.add(who)
        thing.goals = given
        thing.is_filled = True


class SubmitToLeader(OfAPledge):
    """Trình lãnh đạo."""

    weight = 6
    address = "trinh"
    states = frozenset({"draft", "returned"})

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return thing.state in self.states and thing.is_filled

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)
        thing.state = "with_leader"
        thing.is_signed_off = False


class HandBack(OfAPledge):
    """The leader wants something changed."""

    address = "tra-lai"
    states = frozenset({"with_leader"})
    is_versioned = True

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return {LEADER[thing.commune]}

    def form(self, choose: Choose) -> dict[str, str]:
        return {"reason": "Xem lại chỉ tiêu OCOP"}

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)
        thing.state = "draft"


class Recall(OfAPledge):
    """The clerk takes it back from the leader's desk."""

    address = "lay-lai"
    states = frozenset({"with_leader"})

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)
        thing.state = "draft"
        thing.is_signed_off = False


class SignOff(OfAPledge):
    """Ký duyệt: by the leader, never by who typed."""

    weight = 6
    address = "ky-duyet"
    states = frozenset({"with_leader"})
    is_versioned = True

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return {LEADER[thing.commune]} - thing.authors

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return thing.state == "with_leader" and not thing.is_signed_off

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)
        thing.is_signed_off = True


class RecordSignOff(SignOff):
    """Đã trình ký on paper, as a clerk or leader records it."""

    weight = 2
    address = "da-trinh-ky"
    is_versioned = False

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return people_of(thing.commune)

    def form(self, choose: Choose) -> dict[str, str]:
        return {"leader": "Ông Chủ tịch", "signed_on": "09/02/2023"}


class SendUp(OfAPledge):
    """Gửi cấp trên."""

    weight = 6
    address = "gui"
    is_versioned = True

    def may(self, now: YearNow, thing: PledgeNow) -> set[str]:
        return people_of(thing.commune) | {RECORDS.get(thing.commune, "")} - {""}

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return thing.state == "with_leader" and thing.is_signed_off

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)
        thing.state = "sent"
        thing.is_review_begun = False
        thing.times_sent += 1


class Withdraw(SendUp):
    """Rút lại, before the review begins."""

    weight = 1
    address = "rut-lai"
    is_versioned = False

    def ready(self, now: YearNow, thing: PledgeNow) -> bool:
        return thing.state == "sent" and not thing.is_review_begun

    def follow(self, office: Office, now: YearNow, thing: PledgeNow, who: str, given: Any) -> None:
        thing.hands.add(who)
        thing.state = "draft"
        thing.is_signed_off = False


ACTS: tuple[Act, ...] = (
    Start(),
    TypeEverything(),
    SubmitToLeader(),
    HandBack(),
    Recall(),
    SignOff(),
    RecordSignOff(),
    SendUp(),
    Withdraw(),
)
