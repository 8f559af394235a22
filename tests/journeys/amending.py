"""Acts on a figure that is changed at the table: proposed, consented to by both sides, refused."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, NamedTuple

from pledge_app.agreements.amendment_models import Amendment
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from tests.journeys.acts import Act, Choose
from tests.journeys.composing import add_version, give_up
from tests.journeys.expected import (
    REVIEWERS,
    AgreementNow,
    ChangeNow,
    YearNow,
    people_of,
)
from tests.journeys.office import Answer, Office

CODE = "1"
"""The criterion whose figure is changed, always to more than what is assigned."""


class Party(NamedTuple):
    """The figure of one party of the agreement that stands."""

    agreement: AgreementNow
    commune: str


def is_changeable(agreement: AgreementNow | None) -> bool:
    """Not signed yet, and not in force."""
    states = {"draft", "rendering", "awaiting", "confirmed"}
    return agreement is not None and agreement.state in states and not agreement.is_in_force


class Propose(Act):
    """Đề nghị sửa số liệu, by the lead, a reviewer or the commune itself."""

    weight = 2
    refusals = frozenset({403, 404, 422})
    """A member that may propose for its own figures only finds no other in the list."""

    def things(self, now: YearNow) -> list[Party]:
        current = now.current()
        return [Party(current, name) for name in current.parties] if current is not None else []

    def may(self, now: YearNow, thing: Party) -> set[str]:
        asked = now.recorders() | people_of(thing.commune)
        return asked & now.readers_of(thing.agreement)

    def ready(self, now: YearNow, thing: Party) -> bool:
        waits = any(row.commune == thing.commune for row in now.open_changes())
        is_agreed = now.pledges[thing.commune].state == "agreed"
        return is_changeable(thing.agreement) and is_agreed and not waits

    def send(
        self, office: Office, now: YearNow, thing: Party, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        goals = now.pledges[thing.commune].goals
        goal = choose.one_of([value for value in range(10, 20) if value != goals[CODE]])
        stored = office.find(Pledge, now.pledges[thing.commune].pid)
        target = next(row for row in stored.targets if row.criterion.code == CODE)
        form = {"target": target.pid, "goal": str(goal), "reason": "Hội nghị thống nhất"}
        return office.post(who, f"/giao-uoc-cum/{thing.agreement.pid}/sua-so-lieu", form), goal

    def follow(self, office: Office, now: YearNow, thing: Party, who: str, given: Any) -> None:
        newest = db.session.query(Amendment).order_by(Amendment.id.desc()).first()
        assert newest is not None
        now.changes.append(
            ChangeNow(newest.pid, thing.agreement.pid, thing.commune, CODE, given, who)
        )


class OfAChange(Act):
    """An act on a change that was proposed."""

    def things(self, now: YearNow) -> list[ChangeNow]:
        return list(now.changes)

    def may(self, now: YearNow, thing: ChangeNow) -> set[str]:
        versions = {row.pid: row for row in now.agreements}
        return self.asked(now, thing) & now.readers_of(versions[thing.agreement])

    @abstractmethod
    def asked(self, now: YearNow, thing: ChangeNow) -> set[str]:
        """Whose word it is."""


class Consent(OfAChange):
    """Đồng ý of one side: never by who proposed, never both sides by one person."""

    weight = 3
    side = ""

    def ready(self, now: YearNow, thing: ChangeNow) -> bool:
        return thing.state == "open" and is_changeable(now.current()) and not self.given(thing)

    @abstractmethod
    def given(self, thing: ChangeNow) -> str:
        """Who said yes for this side already."""

    def send(
        self, office: Office, now: YearNow, thing: ChangeNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        path = f"/giao-uoc-cum/{thing.agreement}/sua-so-lieu/{thing.pid}/dong-y"
        return office.post(who, path, {"side": self.side, "note": "Công văn số 5"}), None

    def follow(self, office: Office, now: YearNow, thing: ChangeNow, who: str, given: Any) -> None:
        self.give(thing, who)
        if thing.commune_by and thing.reviewer_by:
            apply(office, now, thing)

    @abstractmethod
    def give(self, thing: ChangeNow, who: str) -> None:
        """Who said yes for this side."""


class ConsentOfTheCommune(Consent):
    """By its leader, or by its clerk with the note that the leader signed."""

    side = "commune"

    def asked(self, now: YearNow, thing: ChangeNow) -> set[str]:
        return people_of(thing.commune) - {thing.proposer, thing.reviewer_by}

    def given(self, thing: ChangeNow) -> str:
        return thing.commune_by

    def give(self, thing: ChangeNow, who: str) -> None:
        thing.commune_by = who


class ConsentOfTheReviewer(Consent):
    """By a reviewer who had no hand in the pledge."""

    side = "reviewer"

    def asked(self, now: YearNow, thing: ChangeNow) -> set[str]:
        hands = now.pledges[thing.commune].hands
        return set(REVIEWERS) - hands - {thing.proposer, thing.commune_by}

    def given(self, thing: ChangeNow) -> str:
        return thing.reviewer_by

    def give(self, thing: ChangeNow, who: str) -> None:
        thing.reviewer_by = who


def apply(office: Office, now: YearNow, thing: ChangeNow) -> None:
    """Both sides said yes: the figure is changed, and a paper that was frozen is made anew."""
    thing.state = "applied"
    now.pledges[thing.commune].goals[thing.code] = thing.goal
    current = now.current()
    assert current is not None
    if current.state != "draft":
        give_up(current)
        current = add_version(office, now, parties=current.parties, before=current)
        current.refreezes = True
    refreeze(now, current)


def refreeze(now: YearNow, current: AgreementNow) -> None:
    """A version made by a change at the table is frozen as soon as no other change waits."""
    if current.state == "draft" and current.refreezes and not now.open_changes():
        current.state = "rendering"
        current.refreezes = False


class Reject(OfAChange):
    """Không đồng ý, or withdrawn by who proposed it."""

    def asked(self, now: YearNow, thing: ChangeNow) -> set[str]:
        return people_of(thing.commune) | REVIEWERS | {thing.proposer}

    def ready(self, now: YearNow, thing: ChangeNow) -> bool:
        return thing.state == "open"

    def send(
        self, office: Office, now: YearNow, thing: ChangeNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        path = f"/giao-uoc-cum/{thing.agreement}/sua-so-lieu/{thing.pid}/khong-dong-y"
        return office.post(who, path, {"answer": "Giữ nguyên"}), None

    def follow(self, office: Office, now: YearNow, thing: ChangeNow, who: str, given: Any) -> None:
        thing.state = "rejected"
        current = now.current()
        if current is not None:
            refreeze(now, current)


ACTS: tuple[Act, ...] = (
    Propose(),
    ConsentOfTheCommune(),
    ConsentOfTheReviewer(),
    Reject(),
)
