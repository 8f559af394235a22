"""Where a pledge stands and what happened to it, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from pledge_app.audit.models import TrailEvent
from pledge_app.kernel.base import db
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState

S = PledgeState


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    sentence: str
    reason: str = ""


def steps(pledge: Pledge) -> list[tuple[str, str]]:
    """(word, "done" | "now" | "") of the stepper; what came back stands in the place of the draft."""
    first = _("Yêu cầu bổ sung") if pledge.state is S.RETURNED else _("Nháp")
    sent = _("Đã gửi lại") if pledge.round > 1 else _("Đã gửi")
    words = [first, _("Chờ lãnh đạo"), sent, _("Đã thống nhất"), _("Đang thực hiện"), _("Đã kết thúc")]
    place = {S.DRAFT: 0, S.RETURNED: 0, S.WITH_LEADER: 1, S.SENT: 2, S.AGREED: 3, S.IN_FORCE: 4, S.CLOSED: 5}
    now = place[pledge.state]
    return [(word, "done" if i < now else "now" if i == now else "") for i, word in enumerate(words)]


def holder(pledge: Pledge) -> str:
    """Who has it now, and what they must do."""
    body, reviewer = pledge.body.name, pledge.cluster.reviewer.name
    if pledge.state is S.WITH_LEADER and pledge.signed_off_at is not None:
        return _("Đang ở %(body)s: đã ký duyệt, chờ gửi cấp trên.", body=body)
    typing = reviewer if pledge.on_behalf and pledge.state in (S.DRAFT, S.RETURNED) else body
    sentences: dict[PledgeState, Callable[[], str]] = {
        S.DRAFT: lambda: _("Đang ở %(body)s: người phụ trách nhập số liệu.", body=typing),
        S.RETURNED: lambda: _("Đang ở %(body)s: bổ sung theo yêu cầu của cấp trên.", body=typing),
        S.WITH_LEADER: lambda: _("Đang ở lãnh đạo %(body)s: chờ ký duyệt.", body=body),
        S.SENT: lambda: (_("Đang ở %(body)s: đang thẩm định.", body=reviewer) if pledge.review_begun_at
                         else _("Đang ở %(body)s: chờ thẩm định.", body=reviewer)),
        S.AGREED: lambda: _("Đã thống nhất nội dung; chờ ký bản giao ước của cụm."),
        S.IN_FORCE: lambda: _("Bản giao ước đã ký; đơn vị đang thực hiện và báo cáo hằng quý."),
        S.CLOSED: lambda: _("Năm thi đua đã kết thúc."),
    }
    return sentences[pledge.state]()


def timeline(pledge: Pledge) -> list[Happened]:
    """The trail of a pledge, newest first."""
    events = db.session.scalars(select(TrailEvent).where(
        TrailEvent.subject_kind == Pledge.__tablename__, TrailEvent.subject_pid == pledge.pid)
        .order_by(TrailEvent.seq.desc()))
    return [Happened(event.at, f"{event.actor_name} {_said(event.verb, event.data)}", _reason(event.data))
            for event in events]


def _reason(data: Mapping[str, Any]) -> str:
    return str(data.get("reason") or "; ".join(str(reason) for reason in data.get("reasons") or []))


def _said(verb: str, data: Mapping[str, Any]) -> str:
    sentences: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "pledge.started": lambda d: _("nhập hộ: lập bản đăng ký thay đơn vị") if d.get("on_behalf")
        else _("lập bản đăng ký"),
        "pledge.submitted_to_leader": lambda d: _("trình lãnh đạo"),
        "pledge.handed_back": lambda d: _("trả lại để sửa"),
        "pledge.recalled": lambda d: _("lấy lại từ lãnh đạo để sửa"),
        "pledge.signed_off": _signed_off,
        "pledge.sign_off_recorded": lambda d: _("ghi nhận đã trình ký trên giấy: %(leader)s ký ngày %(day)s",
                                                leader=d.get("leader", ""), day=_day(d.get("signed_on"))),
        "pledge.sent_up": _sent_up,
        "pledge.withdrawn": lambda d: _("rút lại bản đã gửi"),
        "pledge.review_begun": lambda d: _("bắt đầu thẩm định"),
        "pledge.sent_back": lambda d: _("yêu cầu bổ sung"),
        "pledge.approved": lambda d: _("thống nhất nội dung (%(word)s)", word=d.get("word") or _("phê duyệt")),
        "pledge.amended": lambda d: _("sửa chỉ tiêu %(code)s: %(before)s → %(after)s", code=d.get("criterion", ""),
                                      before=_comma(d.get("before")), after=_comma(d.get("after"))),
        "pledge.came_into_force": lambda d: _("ghi nhận bản giao ước đã ký; bản đăng ký có hiệu lực"),
        "pledge.closed": lambda d: _("kết thúc năm thi đua"),
    }
    say = sentences.get(verb)
    return say(data) if say is not None else _("cập nhật bản đăng ký")


def _signed_off(data: Mapping[str, Any]) -> str:
    if data.get("merged_steps"):
        return _("ký duyệt trong phần mềm; người nhập đồng thời là người ký duyệt nên hai bước được nhập làm một")
    if data.get("on_behalf"):
        return _("ký duyệt trong phần mềm, xác nhận nội dung do cấp trên nhập hộ")
    return _("ký duyệt trong phần mềm")


def _sent_up(data: Mapping[str, Any]) -> str:
    again = data.get("round") or 1
    head = _("gửi cấp trên lần %(n)s", n=again) if again > 1 else _("gửi cấp trên")
    if data.get("number") is None:
        return head
    return head + _(", văn bản số %(number)s ngày %(day)s", number=data["number"], day=_day(data.get("dated")))


def _day(iso: Any) -> str:
    try:
        return f"{date.fromisoformat(str(iso)):%d/%m/%Y}"
    except ValueError:
        return "…"


def _comma(figure: Any) -> str:
    return str(figure if figure is not None else "…").replace(".", ",")
