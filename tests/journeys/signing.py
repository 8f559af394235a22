"""Acts on the signatures: confirmed, inked, attested, seen on a scan, refused, absent, disputed."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, NamedTuple

from pledge_app.agreements import queries
from pledge_app.agreements.models import Agreement
from pledge_app.signing import challenge
from pledge_app.signing.models import SigningStep
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import (
    LEADER,
    REVIEWERS,
    AgreementNow,
    Signature,
    YearNow,
    home_of,
    people_of,
)
from tests.journeys.office import PASSWORD, Answer, Office


class Place(NamedTuple):
    """One party's signature on one version."""

    agreement: AgreementNow
    commune: str

    @property
    def signature(self) -> Signature:
        """What is known of it."""
        return self.agreement.signatures[self.commune]


def follow_marks(now: YearNow, thing: AgreementNow) -> None:
    """The agreement says no more than is known of every signature; all of them in ink bring it
    and its pledges into force.
    """
    known = thing.known()
    thing.state = known
    thing.is_round_open = known != "signed"
    if known in {"inked", "signed"} and not thing.is_in_force:
        come_into_force(now, thing)


def come_into_force(now: YearNow, thing: AgreementNow) -> None:
    """What stood before is replaced, the pledges are in force, what nobody answered has lapsed."""
    for older in now.agreements:
        if older is not thing and older.is_in_force and older.is_at_signing:
            older.state = "replaced"
            older.is_round_open = False
    for change in now.open_changes():
        change.state = "lapsed"
    thing.is_in_force = True
    for commune in thing.parties:
        now.pledges[commune].state = "in_force"


def stored_step(office: Office, place: Place) -> SigningStep:
    """The step of a party."""
    stored = office.find(Agreement, place.agreement.pid)
    opened = queries.round_of(stored)
    assert opened is not None
    body = office.cast.bodies[place.commune]
    return next(step for step in opened.steps if step.body_id == body)


class OfASignature(Act):
    """An act on one party's signature, recorded by the lead's people or a reviewer."""

    address = ""
    reason = ""

    def things(self, now: YearNow) -> list[Place]:
        return [Place(row, name) for row in now.agreements for name in row.signatures]

    def may(self, now: YearNow, thing: Place) -> set[str]:
        return now.recorders()

    def ready(self, now: YearNow, thing: Place) -> bool:
        open_still = thing.agreement.is_at_signing and thing.agreement.is_round_open
        return open_still and self.fits(thing.signature)

    @abstractmethod
    def fits(self, signature: Signature) -> bool:
        """Whether the signature is where this act can take it up."""

    def send(
        self, office: Office, now: YearNow, thing: Place, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        step = stored_step(office, thing)
        path = f"/giao-uoc-cum/{thing.agreement.pid}/ky/{step.pid}/{self.address}"
        return office.post(who, path, self.form(office, step, who)), None

    def form(self, office: Office, step: SigningStep, who: str) -> dict[str, str]:
        """What is typed."""
        return {"reason": self.reason}

    def follow(self, office: Office, now: YearNow, thing: Place, who: str, given: Any) -> None:
        self.mark(thing.signature, who)
        follow_marks(now, thing.agreement)

    @abstractmethod
    def mark(self, signature: Signature, who: str) -> None:
        """What is known of the signature from here."""


class Confirm(OfASignature):
    """Xác nhận điện tử trong phần mềm: by the holder of the office alone, with the password."""

    weight = 3
    address = "xac-nhan"

    def may(self, now: YearNow, thing: Place) -> set[str]:
        return {LEADER[thing.commune]}

    def fits(self, signature: Signature) -> bool:
        return not signature.confirmed_by and signature.state != "refused"

    def form(self, office: Office, step: SigningStep, who: str) -> dict[str, str]:
        read = step.round.document.envelope.content_sha256
        asked = challenge.ask(step, read, office.cast.users[who])
        return {"challenge": asked, "password": PASSWORD}

    def mark(self, signature: Signature, who: str) -> None:
        signature.confirmed_by = who
        signature.state = "signed"


class SignOnPaper(OfASignature):
    """The wet signature, as recorded at the table: it does not count yet."""

    weight = 6
    address = "giay"

    def fits(self, signature: Signature) -> bool:
        return not signature.recorded_by and signature.state != "refused"

    def form(self, office: Office, step: SigningStep, who: str) -> dict[str, str]:
        return {"on": f"{office.today:%d/%m/%Y}"}

    def mark(self, signature: Signature, who: str) -> None:
        signature.recorded_by = who
        signature.state = "signed"


class Refuse(OfASignature):
    """Từ chối ký: what one person only recorded does not keep the signatory from it."""

    address = "tu-choi"
    reason = "Không nhất trí chỉ tiêu"

    def may(self, now: YearNow, thing: Place) -> set[str]:
        return now.recorders() | {LEADER[thing.commune]}

    def fits(self, signature: Signature) -> bool:
        signed = signature.confirmed_by or signature.is_inked
        return not signed and signature.state != "refused"

    def mark(self, signature: Signature, who: str) -> None:
        signature.state = "refused"
        signature.recorded_by = ""

    def follow(self, office: Office, now: YearNow, thing: Place, who: str, given: Any) -> None:
        thing.signature.is_refused_by_holder = who == LEADER[thing.commune]
        super().follow(office, now, thing, who, given)


class StayAway(OfASignature):
    """Vắng mặt: may sign later."""

    address = "vang"
    reason = "Đi công tác"
    repeats = True

    def fits(self, signature: Signature) -> bool:
        return signature.state in {"pending", "absent"}

    def mark(self, signature: Signature, who: str) -> None:
        signature.state = "absent"


class Correct(OfASignature):
    """Ghi nhầm: a refusal, an absence, or ink that nobody else saw yet."""

    address = "ghi-nham"
    reason = "Ghi nhầm tên"

    def may(self, now: YearNow, thing: Place) -> set[str]:
        holder = {LEADER[thing.commune]}
        return holder if thing.signature.is_refused_by_holder else holder | now.recorders()

    def fits(self, signature: Signature) -> bool:
        only_recorded = bool(signature.recorded_by) and not signature.is_inked
        return signature.state in {"refused", "absent"} or only_recorded

    def mark(self, signature: Signature, who: str) -> None:
        signature.recorded_by = ""
        signature.is_refused_by_holder = False
        if not signature.confirmed_by:
            signature.state = "pending"


class Dispute(OfASignature):
    """Phản ánh: the ink counts no more, whoever saw it; a confirmation stays."""

    address = "phan-anh"
    reason = "Không phải chữ ký của tôi"

    def may(self, now: YearNow, thing: Place) -> set[str]:
        return set(REVIEWERS) | {LEADER[thing.commune]}

    def fits(self, signature: Signature) -> bool:
        return bool(signature.recorded_by)

    def mark(self, signature: Signature, who: str) -> None:
        signature.recorded_by = ""
        signature.attested_by = ""
        signature.scan = ""
        signature.is_from_scan = False
        if not signature.confirmed_by:
            signature.state = "pending"


def may_vouch(now: YearNow, place: Place, first: str) -> set[str]:
    """Who is no stranger to the signing, of another house than the signature and than the person
    who recorded or uploaded it, and recorded nothing of it.
    """
    taking_part = set(REVIEWERS).union(*(people_of(name) for name in place.agreement.parties))
    near = {place.commune, home_of(first)}
    claimed = {first, place.signature.recorded_by}
    return {who for who in taking_part - claimed if home_of(who) not in near}


class Attest(OfASignature):
    """A second person was at the table and says so."""

    weight = 6

    def may(self, now: YearNow, thing: Place) -> set[str]:
        return may_vouch(now, thing, thing.signature.recorded_by)

    def fits(self, signature: Signature) -> bool:
        return bool(signature.recorded_by) and not signature.attested_by

    def send(
        self, office: Office, now: YearNow, thing: Place, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        step = stored_step(office, thing)
        path = f"/giao-uoc-cum/{thing.agreement.pid}/ky/thay-tai-ban"
        return office.post(who, path, {f"attest-{step.pid}": "1"}), None

    def mark(self, signature: Signature, who: str) -> None:
        signature.attested_by = who


ACTS: tuple[Act, ...] = (
    Confirm(),
    SignOnPaper(),
    Attest(),
    Refuse(),
    StayAway(),
    Correct(),
    Dispute(),
)
