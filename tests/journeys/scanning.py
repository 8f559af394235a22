"""Acts on the scans of the signed paper: uploaded, signatures seen on them, found to be wrong."""

from __future__ import annotations

from typing import Any, NamedTuple

from pledge_app.agreements import signing as signing_verbs
from pledge_app.agreements.models import Agreement
from pledge_app.documents.models import Upload
from pledge_app.kernel.base import db
from pledge_app.papers.intake.inspection import Upload as Inspected
from tests import make
from tests.agreeing import AT, PDF
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import (
    REVIEWERS,
    AgreementNow,
    ScanNow,
    Signature,
    YearNow,
    people_of,
)
from tests.journeys.office import Answer, Office
from tests.journeys.signing import Place, follow_marks, may_vouch, stored_step


class UploadScan(Act):
    """The signed paper as a scan (its inspection in a child process has tests of its own)."""

    weight = 3
    repeats = True

    def things(self, now: YearNow) -> list[AgreementNow]:
        return [row for row in now.agreements if row.signatures]

    def may(self, now: YearNow, thing: AgreementNow) -> set[str]:
        return now.recorders().union(*(people_of(name) for name in thing.parties))

    def ready(self, now: YearNow, thing: AgreementNow) -> bool:
        return thing.is_at_signing

    def send(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(Agreement, thing.pid)
        actor = make.actor(office.cast, who, today=office.today)
        file = Inspected("application/pdf", PDF, 1, 300, False, "application/pdf")
        return office.act(
            lambda: signing_verbs.upload_scan(stored, file, "Bản ký.pdf", actor=actor, at=AT)
        ), None

    def follow(
        self, office: Office, now: YearNow, thing: AgreementNow, who: str, given: Any
    ) -> None:
        newest = db.session.query(Upload).order_by(Upload.id.desc()).first()
        assert newest is not None
        thing.scans.append(ScanNow(newest.pid, who))


class Seen(NamedTuple):
    """One signature, looked for on one scan."""

    place: Place
    scan: ScanNow


class SeeOnScan(Act):
    """The scan is the frozen version and bears the signature, says a second person."""

    weight = 6
    repeats = True

    def things(self, now: YearNow) -> list[Seen]:
        return [
            Seen(Place(row, name), scan)
            for row in now.agreements
            for name in row.signatures
            for scan in row.scans
        ]

    def may(self, now: YearNow, thing: Seen) -> set[str]:
        return may_vouch(now, thing.place, thing.scan.uploaded_by)

    def ready(self, now: YearNow, thing: Seen) -> bool:
        agreement = thing.place.agreement
        signature = thing.place.signature
        open_still = agreement.is_at_signing and agreement.is_round_open
        unseen = not signature.scan and signature.state != "refused"
        return open_still and unseen and not thing.scan.is_rejected

    def send(
        self, office: Office, now: YearNow, thing: Seen, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        step = stored_step(office, thing.place)
        path = f"/giao-uoc-cum/{thing.place.agreement.pid}/ban-quet/{thing.scan.pid}"
        return office.post(who, path, {f"seen-{step.pid}": "1", "act": "confirm"}), None

    def follow(self, office: Office, now: YearNow, thing: Seen, who: str, given: Any) -> None:
        signature = thing.place.signature
        if not signature.recorded_by:
            signature.recorded_by = who
            signature.is_from_scan = True
        signature.scan = thing.scan.pid
        signature.state = "signed"
        thing.scan.is_seen = True
        follow_marks(now, thing.place.agreement)


class OfAScan(NamedTuple):
    """One scan of one version."""

    agreement: AgreementNow
    scan: ScanNow


class RejectScan(Act):
    """The scan is of another paper: what was seen on it counts no more."""

    def things(self, now: YearNow) -> list[OfAScan]:
        return [OfAScan(row, scan) for row in now.agreements for scan in row.scans]

    def may(self, now: YearNow, thing: OfAScan) -> set[str]:
        if thing.scan.is_seen:
            return set(REVIEWERS)
        members = now.recorders().union(*(people_of(name) for name in thing.agreement.parties))
        return members - {thing.scan.uploaded_by}

    def ready(self, now: YearNow, thing: OfAScan) -> bool:
        return thing.agreement.is_at_signing and not thing.scan.is_rejected

    def send(
        self, office: Office, now: YearNow, thing: OfAScan, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        path = f"/giao-uoc-cum/{thing.agreement.pid}/ban-quet/{thing.scan.pid}"
        return office.post(who, path, {"act": "reject", "reason": "Thiếu trang 2"}), None

    def follow(self, office: Office, now: YearNow, thing: OfAScan, who: str, given: Any) -> None:
        was_seen = thing.scan.is_seen
        thing.scan.is_rejected = True
        for signature in thing.agreement.signatures.values():
            if signature.scan == thing.scan.pid:
                lose(signature)
        if was_seen:
            follow_marks(now, thing.agreement)


def lose(signature: Signature) -> None:
    """What was seen on a wrong scan was not seen; ink that was first known from it is none."""
    signature.scan = ""
    if signature.is_from_scan and not signature.attested_by:
        signature.recorded_by = ""
        if not signature.confirmed_by:
            signature.state = "pending"
    signature.is_from_scan = False


ACTS: tuple[Act, ...] = (UploadScan(), SeeOnScan(), RejectScan())
