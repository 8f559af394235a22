"""Acts on the report of the first quarter."""

from __future__ import annotations

from typing import Any

from pledge_app.kernel.base import db
from pledge_app.progress import texts
from pledge_app.progress.models import ProgressReport
from tests.journeys.acts import Act, Choose
from tests.journeys.expected import LEADER, REVIEWERS, ReportNow, YearNow, people_of
from tests.journeys.office import Answer, Office


class OfAReport(Act):
    """An act on one version of a commune's report."""

    address = ""
    states: frozenset[str] = frozenset()
    is_versioned = True
    reason = ""

    def things(self, now: YearNow) -> list[ReportNow]:
        return list(now.reports)

    def may(self, now: YearNow, thing: ReportNow) -> set[str]:
        return people_of(thing.commune)

    def ready(self, now: YearNow, thing: ReportNow) -> bool:
        return thing.state in self.states

    def send(
        self, office: Office, now: YearNow, thing: ReportNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(ProgressReport, thing.pid)
        form = {"ver": office.version(stored.version_id), "reason": self.reason}
        return office.post(who, f"/bao-cao-quy/{thing.pid}/{self.address}", form), None


class TypeFigures(OfAReport):
    """A figure for every target."""

    weight = 6
    states = frozenset({"open", "returned"})
    is_versioned = False

    def send(
        self, office: Office, now: YearNow, thing: ReportNow, who: str, choose: Choose
    ) -> tuple[Answer, Any]:
        stored = office.find(ProgressReport, thing.pid)
        form: dict[str, str] = {"ver-texts": texts.texts_token(stored)}
        values = {}
        for line in stored.lines:
            code = line.target.criterion.code
            values[code] = choose.number(0, 100)
            form[f"ver-{line.pid}"] = str(line.version)
            form[f"value-{line.pid}"] = str(values[code])
        return office.post(who, f"/bao-cao-quy/{thing.pid}/nhap", form), values

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        if thing.values != given:
            thing.authors.add(who)
        thing.values = given
        thing.is_filled = True


class SubmitReport(OfAReport):
    """Trình lãnh đạo: every target has its figure."""

    weight = 6
    address = "trinh"
    states = frozenset({"open", "returned"})

    def ready(self, now: YearNow, thing: ReportNow) -> bool:
        return thing.state in self.states and thing.is_filled

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "with_leader"


class HandBackReport(OfAReport):
    """The leader wants something changed."""

    address = "tra-lai"
    states = frozenset({"with_leader"})
    reason = "Xem lại OCOP"

    def may(self, now: YearNow, thing: ReportNow) -> set[str]:
        return {LEADER[thing.commune]}

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "open"


class RecallReport(OfAReport):
    """Back from the leader's desk."""

    address = "lay-lai"
    states = frozenset({"with_leader"})

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "open"


class SendReport(OfAReport):
    """Ký duyệt và gửi: by the leader, never by who typed."""

    weight = 6
    address = "gui"
    states = frozenset({"with_leader"})

    def may(self, now: YearNow, thing: ReportNow) -> set[str]:
        return {LEADER[thing.commune]} - thing.authors

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "sent"


class SendReportBack(OfAReport):
    """Yêu cầu bổ sung."""

    address = "yeu-cau-bo-sung"
    states = frozenset({"sent"})
    reason = "Thiếu danh sách"

    def may(self, now: YearNow, thing: ReportNow) -> set[str]:
        return set(REVIEWERS)

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "returned"


class ConfirmReport(OfAReport):
    """Xác nhận: the figures are fixed."""

    weight = 4
    address = "xac-nhan"
    states = frozenset({"sent"})

    def may(self, now: YearNow, thing: ReportNow) -> set[str]:
        return set(REVIEWERS)

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "confirmed"


class CorrectReport(OfAReport):
    """Đính chính: a new version that begins as a copy; the confirmed one stays as it was."""

    weight = 2
    address = "dinh-chinh"
    states = frozenset({"confirmed"})
    reason = "Nhầm số liệu"

    def follow(self, office: Office, now: YearNow, thing: ReportNow, who: str, given: Any) -> None:
        thing.state = "superseded"
        pledge = office.find(ProgressReport, thing.pid).pledge_id
        versions = db.session.query(ProgressReport).filter_by(pledge_id=pledge)
        newest = versions.order_by(ProgressReport.version.desc()).first()
        assert newest is not None
        now.reports.append(
            ReportNow(
                newest.pid,
                thing.commune,
                thing.version + 1,
                values=dict(thing.values),
                is_filled=True,
                authors=thing.authors | {who},
            )
        )


ACTS: tuple[Act, ...] = (
    TypeFigures(),
    SubmitReport(),
    HandBackReport(),
    RecallReport(),
    SendReport(),
    SendReportBack(),
    ConfirmReport(),
    CorrectReport(),
)
