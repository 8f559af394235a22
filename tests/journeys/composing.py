"""Acts of the lead on the joint agreement, and of the members on its draft."""

from __future__ import annotations

from typing import Any

from pledge_app.agreements import operations
from pledge_app.agreements.models import Agreement
from pledge_app.kernel.base import db
from pledge_app.orgs.models import Body, Cluster
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import AgreementNow, YearNow, people_of
from tests.journeys.office import Answer, Office

VOIDABLE = frozenset({"draft", "rendering", "awaiting", "confirmed"})


class OfTheAgreement(Act):
    """An act of the lead's people on the version that stands."""

    address = ""
    states: frozenset[str] = frozenset({"draft"})

    def things(self, now: YearNow) -> list[AgreementNow]:
        current = now.current()
        return [current] if current is not None else []

    def may(self, now: YearNow, thing: AgreementNow) -> set[str]:
        return people_of(now.leads)

    def ready(self, now: YearNow, thing: AgreementNow) -> bool:
        return thing.state in self.states

    def form(self, office: Office, stored: Agreement) -> dict[str, Any]:
        """What is typed besides the version."""
        return {}

    def send(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(Agreement, thing.pid)
        form = {"ver": office.version(stored.version_id), **self.form(office, stored)}
        return office.post(who, f"/giao-uoc-cum/{thing.pid}/{self.address}", form), None


class StartAgreement(OfTheAgreement):
    """Version 1, from the pledges that are agreed by now; none of them is needed to begin."""

    weight = 6

    def things(self, now: YearNow) -> list[Any]:
        return [None] if now.current() is None else []

    def ready(self, now: YearNow, thing: Any) -> bool:
        return len(now.agreed()) >= 2

    def send(
        self, office: Office, now: YearNow, thing: Any, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        cluster = db.session.get_one(Cluster, office.cast.cluster)
        return office.post(who, "/giao-uoc-cum/lap", {"cluster": cluster.pid}), None

    def follow(self, office: Office, now: YearNow, thing: Any, who: str, given: Any) -> None:
        add_version(office, now, parties=now.agreed())


def add_version(
    office: Office, now: YearNow, *, parties: list[str], before: AgreementNow | None = None
) -> AgreementNow:
    """The version that was made last."""
    stored = db.session.query(Agreement).order_by(Agreement.version.desc()).first()
    assert stored is not None
    made = AgreementNow(stored.pid, len(now.agreements) + 1, parties=list(parties))
    assert stored.version == made.version
    if before is not None:
        made.is_worded = before.is_worded
        made.is_circulated = before.is_circulated
        if before.has_minutes and not before.is_closed:
            made.has_minutes = True
            before.has_minutes = False
    now.agreements.append(made)
    return made


class SaveWords(OfTheAgreement):
    """The words of the agreement and its legal bases."""

    address = "soan"
    is_versioned = True

    def form(self, office: Office, stored: Agreement) -> dict[str, Any]:
        return {
            "place": "Hải Đông",
            "paper_date": "10/02/2023",
            "purpose": "Đẩy mạnh thi đua",
            "measures": "Tuyên truyền",
            "organisation": "Báo cáo hằng quý",
            "recipients": "Các đơn vị\nLưu: VT",
            "free_bases": "Căn cứ Hướng dẫn số 19/HD-UBND",
            "bases": [row.legal_basis.pid for row in stored.bases if row.legal_basis],
        }

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        thing.is_worded = True


class TakeInMembers(OfTheAgreement):
    """Members whose pledge was agreed after the draft was begun become parties."""

    weight = 2
    address = "ben/cap-nhat"
    is_versioned = True

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        thing.parties = now.agreed()


class Circulate(OfTheAgreement):
    """Gửi dự thảo lấy ý kiến."""

    address = "lay-y-kien"
    repeats = True

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        thing.is_circulated = True


class AgreeToTheDraft(OfTheAgreement):
    """A member's word on the draft that it read; the lead's own included."""

    address = "y-kien"
    repeats = True

    def things(self, now: YearNow) -> list[AgreementNow]:
        return [row for row in super().things(now) if row.is_circulated]

    def may(self, now: YearNow, thing: AgreementNow) -> set[str]:
        return set().union(*(people_of(name) for name in thing.parties))

    def send(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(Agreement, thing.pid)
        mine = next((name for name in thing.parties if who in people_of(name)), thing.parties[0])
        body = db.session.get_one(Body, office.cast.bodies[mine])
        form = {"body": body.pid, "act": "agree", "text": ""}
        form["read"] = operations.content_now(stored)
        db.session.rollback()
        return office.post(who, f"/giao-uoc-cum/{thing.pid}/y-kien", form), None

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        return


class Freeze(OfTheAgreement):
    """Chốt nội dung trình ký: not while a change waits for its consents."""

    weight = 8
    address = "chot"
    is_versioned = True

    def ready(self, now: YearNow, thing: AgreementNow) -> bool:
        return thing.state == "draft" and thing.is_worded and not now.open_changes()

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        thing.state = "rendering"
        thing.refreezes = False


class Void(OfTheAgreement):
    """Hủy, with its reason: never what is in force."""

    address = "huy"
    states = VOIDABLE

    def ready(self, now: YearNow, thing: AgreementNow) -> bool:
        return thing.state in VOIDABLE and not thing.is_in_force

    def form(self, office: Office, stored: Agreement) -> dict[str, Any]:
        return {"reason": "Sửa lại từ đầu"}

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        give_up(thing)


def give_up(thing: AgreementNow) -> None:
    """A version is void, and its signing round with it."""
    thing.state = "void"
    thing.is_round_open = False


class NewVersion(OfTheAgreement):
    """A later change is a new version; what is in force stays so until the new one is signed."""

    address = "phien-ban-moi"
    states = frozenset({"rendering", "awaiting", "confirmed", "inked", "signed"})

    def form(self, office: Office, stored: Agreement) -> dict[str, Any]:
        return {"reason": "Sửa lời"}

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        if not thing.is_in_force:
            give_up(thing)
        add_version(office, now, parties=thing.parties, before=thing)


ACTS: tuple[Act, ...] = (
    StartAgreement(),
    SaveWords(),
    TakeInMembers(),
    Circulate(),
    AgreeToTheDraft(),
    Freeze(),
    Void(),
    NewVersion(),
)
