"""The stepper of a report: where it stands, who has it, what must be read first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from pledge_app.audit.queries import Happened
from pledge_app.progress.models import ProgressReport
from pledge_app.progress.states import ReportState

S = ReportState
PLACE = {
    S.OPEN: 0,
    S.RETURNED: 0,
    S.WITH_LEADER: 1,
    S.SENT: 2,
    S.CONFIRMED: 3,
    S.SUPERSEDED: 4,
}


def steps_of(report: ProgressReport) -> list[tuple[str, str]]:
    """(word, "done" | "now" | "") of the stepper; what came back stands in the place of the
    entry.
    """
    first = _("Yêu cầu bổ sung") if report.state is S.RETURNED else _("Đang nhập")
    words = [
        first,
        _("Chờ lãnh đạo"),
        _("Chờ xác nhận"),
        _("Đã xác nhận"),
    ]
    if report.state is S.SUPERSEDED:
        words.append(_("Đã được thay thế"))
    now = PLACE[report.state]
    return [(word, _mark(place, now)) for place, word in enumerate(words)]


def _mark(place: int, now: int) -> str:
    if place < now:
        return "done"
    return "now" if place == now else ""


def holder(report: ProgressReport) -> str:
    """Who has it now, and what they must do."""
    body = report.pledge.body.name
    reviewer = report.pledge.cluster.reviewer.name
    sentences: dict[ReportState, Callable[[], str]] = {
        S.OPEN: lambda: _("Đang ở %(body)s: người phụ trách nhập số liệu.", body=body),
        S.RETURNED: lambda: _("Đang ở %(body)s: bổ sung theo yêu cầu của cấp trên.", body=body),
        S.WITH_LEADER: lambda: _("Đang ở lãnh đạo %(body)s: chờ ký duyệt và gửi.", body=body),
        S.SENT: lambda: _("Đang ở %(body)s: chờ xác nhận.", body=reviewer),
        S.CONFIRMED: lambda: _(
            "%(body)s đã xác nhận; số liệu được dùng để so sánh, tổng hợp.",
            body=reviewer,
        ),
        S.SUPERSEDED: lambda: _("Đã có bản đính chính thay báo cáo này."),
    }
    return sentences[report.state]()


def open_reasons(report: ProgressReport, timeline: Sequence[Happened]) -> list[Happened]:
    """What was asked for and is not answered yet: everything since the report was last sent up,
    newest first.
    """
    if report.state not in (S.OPEN, S.RETURNED, S.WITH_LEADER):
        return []
    requests: list[Happened] = []
    for event in timeline:
        if event.verb == "report.sent_up":
            break
        if event.verb in ("report.sent_back", "report.handed_back"):
            requests.append(event)
    return requests
