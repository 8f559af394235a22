"""Where a pledge stands and who has it, in words."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState

S = PledgeState


def steps(pledge: Pledge) -> list[tuple[str, str]]:
    """(word, "done" | "now" | "") of the stepper; what came back stands in the place of the
    draft.
    """
    first = _("Yêu cầu bổ sung") if pledge.state is S.RETURNED else _("Nháp")
    sent = _("Đã gửi lại") if pledge.sendings > 1 else _("Đã gửi")
    last = _("Đã dừng") if pledge.state is S.DISCONTINUED else _("Đã kết thúc")
    words = [
        first,
        _("Chờ lãnh đạo"),
        sent,
        _("Đã thống nhất"),
        _("Đang thực hiện"),
        last,
    ]
    place = {
        S.DRAFT: 0,
        S.RETURNED: 0,
        S.WITH_LEADER: 1,
        S.SENT: 2,
        S.AGREED: 3,
        S.IN_FORCE: 4,
        S.CLOSED: 5,
        S.DISCONTINUED: 5,
    }
    now = place[pledge.state]
    return [
        (word, "done" if i < now else "now" if i == now else "") for i, word in enumerate(words)
    ]


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
        S.SENT: lambda: (
            _("Đang ở %(body)s: đang thẩm định.", body=reviewer)
            if pledge.review_begun_at
            else _("Đang ở %(body)s: chờ thẩm định.", body=reviewer)
        ),
        S.AGREED: lambda: _("Đã thống nhất nội dung; chờ ký bản giao ước của cụm."),
        S.IN_FORCE: lambda: _("Bản giao ước đã ký; đơn vị đang thực hiện và báo cáo hằng quý."),
        S.CLOSED: lambda: _("Năm thi đua đã kết thúc."),
        S.DISCONTINUED: lambda: _("Đã dừng vì đơn vị được sắp xếp lại; hồ sơ được giữ nguyên."),
    }
    return sentences[pledge.state]()
