"""Shapes of what is typed about a meeting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.meetings.models import Attendance
from pledge_app.ui.forms import (
    Form,
    choose,
    day,
    daytime,
    line,
    text,
    version,
    whole,
)

SPARE_ATTENDEES, MOST_ATTENDEES = 4, 200
SPARE_VOTES, MOST_VOTES = 2, 20
ATTENDANCE_WORDS = {
    Attendance.PRESENT: _l("Có mặt"),
    Attendance.ABSENT: _l("Vắng mặt"),
    Attendance.REFUSED: _l("Từ chối ký"),
    Attendance.WITNESS: _l("Chứng kiến"),
    Attendance.GUEST: _l("Khách mời"),
}


class MeetingForm(Form):
    """Biên bản: everything but the list of persons."""

    ver = version()
    title = line(
        _l("Tên hội nghị"),
        needed=False,
        help_=_l("Để trống: Hội nghị ký kết giao ước thi đua năm …"),
    )
    place = line(_l("Địa điểm họp"))
    on_date = day(_l("Ngày họp"))
    begins = daytime(_l("Bắt đầu lúc"))
    ends = daytime(_l("Kết thúc lúc"), needed=False)
    agenda = text(
        _l("Chương trình"),
        needed=False,
        rows=4,
        help_=_l("Mỗi dòng một mục."),
    )
    proceedings = text(_l("Diễn biến, ý kiến phát biểu"), needed=False, rows=6)
    votes_for = whole(_l("Thông qua bản giao ước: số phiếu tán thành"), needed=False)
    votes_against = whole(_l("Số phiếu không tán thành"), needed=False)
    votes_abstained = whole(_l("Số phiếu không biểu quyết"), needed=False)
    next_lead = choose(_l("Cụm trưởng được thống nhất"), [], needed=False)
    next_deputy = choose(_l("Cụm phó được thống nhất"), [], needed=False)
    chair_name = line(_l("Chủ tọa"), needed=False, longest=120)
    second_chair_name = line(_l("Đồng chủ tọa (nếu có)"), needed=False, longest=120)
    secretary_name = line(_l("Thư ký"), needed=False, longest=120)
