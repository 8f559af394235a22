"""Every verb of the trail as a Vietnamese sentence: one table, verb → what was done.

A sentence follows the name of who did it: "Bà Lan trình lãnh đạo báo cáo quý". A room that adds a
verb adds its line here; a test holds the table equal to the verbs that the program records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from pledge_app.audit.sentences_admin import ADMINISTRATION
from pledge_app.kernel.numbers import format_number

Data = Mapping[str, Any]
MOST_NAMED = 5
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def sentence(verb: str, data: Data) -> str:
    """What was done, without who and why. A verb that the table lacks is named as such."""
    say = SENTENCES.get(verb)
    return say(data) if say is not None else _("thực hiện thao tác %(verb)s", verb=verb)


def reason(data: Data) -> str:
    """The reason that was given with it, or ""."""
    return str(data.get("reason") or "; ".join(str(one) for one in data.get("reasons") or []))


def _quarter(data: Data) -> str:
    return ROMAN.get(data.get("quarter") or 0, "")


def _day(iso: Any) -> str:
    try:
        return f"{date.fromisoformat(str(iso)):%d/%m/%Y}"
    except ValueError:
        return "…"


def _sent_up_report(data: Data) -> str:
    said = _("ký duyệt và gửi báo cáo lên cấp trên") + _merged(data)
    if data.get("late"):
        said += _("; nộp sau hạn")
    return said


def _signed_off(data: Data) -> str:
    said = _("ký duyệt bản đăng ký")
    if data.get("office"):
        said = _("ký duyệt bản đăng ký với chức vụ %(office)s", office=data["office"])
    return said + _merged(data)


def _merged(data: Data) -> str:
    """Where one person typed and signed off: that, and why it was right."""
    if not data.get("merged_steps"):
        return ""
    why = {
        "only_one": _(" (cơ quan chỉ có một người)"),
        "permitted": _(" (được cho phép một người kiêm nhiệm)"),
    }.get(str(data.get("merged")), "")
    return _("; người nhập đồng thời là người ký duyệt nên hai bước được nhập làm một") + why


def _amended(data: Data) -> str:
    """Which figure, from what to what, and with whose consent."""
    said = _("sửa chỉ tiêu %(code)s", code=data.get("criterion", ""))
    if not data.get("commune"):
        return said
    consents = _(
        " từ %(before)s thành %(after)s, với sự đồng ý của %(commune)s và %(reviewer)s",
        before=_figure(data.get("before")),
        after=_figure(data.get("after")),
        commune=data["commune"],
        reviewer=data.get("reviewer", ""),
    )
    return said + consents


def _figure(plain: Any) -> str:
    """A figure of the trail as it is written: "1,5"."""
    return str(plain).replace(".", ",") if plain is not None else "—"


def _sign_off_recorded(data: Data) -> str:
    if not data.get("leader"):
        return _("ghi nhận đã trình ký trên giấy")
    return _(
        "ghi nhận %(who)s đã ký trên giấy ngày %(day)s",
        who=data["leader"],
        day=_day(data.get("signed_on")),
    )


def _sent_up(data: Data) -> str:
    """With the paper's own number and date, as far as they were known."""
    said = _("gửi bản đăng ký lên cấp trên, lần %(n)s", n=data.get("round") or 1)
    if data.get("number"):
        said += _(", số %(n)s", n=data["number"])
    if data.get("dated"):
        said += _(", văn bản ngày %(day)s", day=_day(data["dated"]))
    return said


def _guidance(data: Data) -> str:
    words = {
        "guidance_number": _("số hướng dẫn"),
        "guidance_date": _("ngày hướng dẫn"),
        "guidance_title": _("nội dung hướng dẫn"),
        "pledge_due_on": _("hạn gửi bản đăng ký"),
        "agreement_due_on": _("hạn ký giao ước"),
        "opens_days_before": _("số ngày mở báo cáo trước hạn"),
        "approve_word": _("từ dùng khi đồng ý"),
        "criteria_set_id": _("bộ tiêu chí"),
    }
    named = ", ".join(word for name, word in words.items() if name in data)
    return _("sửa năm thi đua: %(what)s", what=named) if named else _("sửa năm thi đua")


def _assigned_changed(data: Data) -> str:
    """Which assigned figures, from what to what; the first few."""
    figures = data.get("figures") or []
    parts = [
        f"{row['code']}: {_number(row['before'])} → {_number(row['after'])}"
        for row in figures[:MOST_NAMED]
    ]
    more = (
        _(" và %(n)s chỉ tiêu khác", n=len(figures) - MOST_NAMED)
        if len(figures) > MOST_NAMED
        else ""
    )
    return _("nhận chỉ tiêu giao mới (%(what)s)", what="; ".join(parts) + more)


def _number(exact: Any) -> str:
    return format_number(Decimal(exact)) if exact is not None else _("không giao")


def _amendment(act: str, data: Data) -> str:
    """Which figure of whom, from what to what."""
    return _(
        "%(act)s chỉ tiêu %(code)s của %(body)s: %(before)s → %(after)s",
        act=act,
        code=data.get("criterion", ""),
        body=data.get("body", ""),
        before=_figure(data.get("before")),
        after=_figure(data.get("after")),
    )


def _consented(data: Data) -> str:
    """For which side, on which signed paper, and whether one person took two steps."""
    sides = {"commune": _("đơn vị đồng ý sửa"), "reviewer": _("cơ quan thẩm định đồng ý sửa")}
    said = _amendment(sides.get(str(data.get("side")), ""), data)
    if data.get("note"):
        said += _("; theo văn bản đã ký: %(note)s", note=data["note"])
    if data.get("merged"):
        said += _(
            "; một người đề nghị và đồng ý vì cơ quan chỉ có một người hoặc được cho phép kiêm "
            "nhiệm"
        )
    return said


def _slip(data: Data) -> str:
    """What had been recorded by mistake, of whom."""
    was = {
        "refused": _("từ chối ký"),
        "absent": _("vắng mặt"),
        "signed": _("đã ký trên giấy"),
    }.get(str(data.get("was")), "")
    return _("ghi lại: trước đó ghi nhầm %(who)s %(was)s", who=data.get("person", ""), was=was)


def _seen(act: str, data: Data) -> str:
    """Whose signature, and as whom it was vouched for."""
    said = _(
        "%(act)s của %(who)s (%(body)s)",
        act=act,
        who=data.get("person", ""),
        body=data.get("body", ""),
    )
    how = {
        "second_official": _("; là người thứ hai của cùng cơ quan vì không có cơ quan nào khác"),
        "concurrent": _("; một người kiêm nhiệm, theo cho phép của quản trị viên"),
    }
    return said + how.get(str(data.get("how")), "")


SENTENCES: dict[str, Callable[[Data], str]] = {
    **ADMINISTRATION,
    "report.opened": lambda d: _("mở báo cáo quý %(q)s", q=_quarter(d)),
    "report.submitted_to_leader": lambda d: _("trình lãnh đạo báo cáo"),
    "report.handed_back": lambda d: _("trả lại báo cáo để sửa"),
    "report.recalled": lambda d: _("lấy lại báo cáo từ lãnh đạo để sửa"),
    "report.sent_up": _sent_up_report,
    "report.sent_back": lambda d: _("yêu cầu bổ sung báo cáo"),
    "report.confirmed": lambda d: _("xác nhận báo cáo"),
    "report.evidence_added": lambda d: _("thêm tệp minh chứng “%(name)s”", name=d.get("name", "")),
    "report.evidence_removed": lambda d: _("gỡ tệp minh chứng “%(name)s”", name=d.get("name", "")),
    "report.superseded": lambda d: _("lập bản đính chính thay báo cáo này"),
    "report.corrected": lambda d: _("lập báo cáo này để đính chính bản đã xác nhận"),
    "year.opened": lambda d: _("mở năm thi đua %(year)s", year=d.get("year", "")),
    "year.guidance_set": _guidance,
    "year.figures_assigned": lambda d: (
        _(
            "ghi %(n)s chỉ tiêu giao, trong đó thu hồi %(m)s",
            n=d.get("figures", ""),
            m=d["taken_back"],
        )
        if d.get("taken_back")
        else _("ghi %(n)s chỉ tiêu giao", n=d.get("figures", ""))
    ),
    "pledge.assigned_changed": _assigned_changed,
    "pledge.baselines_changed": lambda d: _(
        "nhận kết quả năm trước của %(n)s chỉ tiêu", n=d.get("figures", "")
    ),
    "year.results_given": lambda d: (
        _(
            "ghi %(n)s kết quả năm trước, thay cả số trong báo cáo đã xác nhận",
            n=d.get("figures", ""),
        )
        if d.get("overrules")
        else _("ghi %(n)s kết quả năm trước", n=d.get("figures", ""))
    ),
    "campaign.saved": lambda d: _("sửa đợt thi đua quý %(q)s", q=_quarter(d)),
    "commemoration.added": lambda d: _(
        "thêm ngày kỷ niệm của địa phương: %(name)s", name=d.get("name", "")
    ),
    "commemoration.taken_over": lambda d: _(
        "lấy ngày kỷ niệm có sẵn vào lịch: %(name)s", name=d.get("name", "")
    ),
    "calendar.day_added": lambda d: (
        _("ghi ngày %(day)s là ngày làm bù", day=_day(d.get("day")))
        if d.get("works")
        else _("ghi ngày %(day)s là ngày nghỉ", day=_day(d.get("day")))
    ),
    "calendar.day_dropped": lambda d: _(
        "bỏ ngày %(day)s khỏi lịch làm việc", day=_day(d.get("day"))
    ),
    "user.created": lambda d: _("tạo người dùng %(name)s", name=d.get("username", "")),
    "user.logged_in": lambda d: _("đăng nhập"),
    "user.took_part": lambda d: _("vào vai trong bản chạy thử"),
    "user.password_changed": lambda d: _("đổi mật khẩu"),
    "user.password_reset": lambda d: _("đặt lại mật khẩu"),
    "user.role_granted": lambda d: (
        _("tự giao vai trò tại %(body)s, khi chưa có người dùng nào khác", body=d.get("body", ""))
        if d.get("only_login")
        else _("giao vai trò tại %(body)s", body=d.get("body", ""))
    ),
    "user.role_ended": lambda d: _("kết thúc vai trò tại %(body)s", body=d.get("body", "")),
    "user.disabled": lambda d: _("khóa người dùng"),
    "user.enabled": lambda d: _("mở khóa người dùng"),
    "user.session_ended": lambda d: _("kết thúc một phiên đăng nhập"),
    "business_date.moved": lambda d: _(
        "chuyển ngày làm việc của bản chạy thử tới %(day)s", day=_day(d.get("to"))
    ),
    "pledge.started": lambda d: (
        _("nhập hộ: lập bản đăng ký thay đơn vị") if d.get("on_behalf") else _("lập bản đăng ký")
    ),
    "pledge.submitted_to_leader": lambda d: _("trình lãnh đạo bản đăng ký"),
    "pledge.handed_back": lambda d: _("trả lại bản đăng ký để sửa"),
    "pledge.recalled": lambda d: _("lấy lại bản đăng ký từ lãnh đạo để sửa"),
    "pledge.signed_off": _signed_off,
    "pledge.sign_off_recorded": _sign_off_recorded,
    "pledge.sent_up": _sent_up,
    "pledge.withdrawn": lambda d: _("rút lại bản đăng ký đã gửi"),
    "pledge.review_begun": lambda d: _("bắt đầu thẩm định"),
    "pledge.sent_back": lambda d: _("yêu cầu bổ sung bản đăng ký"),
    "pledge.approved": lambda d: _("thống nhất nội dung bản đăng ký"),
    "pledge.amended": _amended,
    "pledge.came_into_force": lambda d: _("ghi nhận bản giao ước đã ký; bản đăng ký có hiệu lực"),
    "pledge.closed": lambda d: _("kết thúc năm thi đua"),
    "agreement.started": lambda d: _("lập dự thảo bản giao ước"),
    "agreement.saved": lambda d: _("sửa dự thảo bản giao ước"),
    "agreement.circulated": lambda d: _("gửi dự thảo lấy ý kiến các thành viên"),
    "agreement.commented": lambda d: (
        _("thống nhất với dự thảo") if d.get("agrees") else _("cho ý kiến về dự thảo")
    ),
    "agreement.frozen": lambda d: _("chốt nội dung trình ký, bản %(n)s", n=d.get("version", "")),
    "agreement.render_retried": lambda d: _("yêu cầu tạo lại văn bản"),
    "agreement.awaits_signing": lambda d: _("tạo xong văn bản; bản giao ước chờ ký"),
    "agreement.all_confirmed": lambda d: _("ghi nhận các bên đã xác nhận; chờ bản có chữ ký"),
    "agreement.all_inked": lambda d: _("ghi nhận các bên đã ký trên giấy; chờ bản quét"),
    "agreement.came_into_force": lambda d: _(
        "ghi nhận bản giao ước có hiệu lực từ %(day)s", day=_day(d.get("on"))
    ),
    "agreement.signed": lambda d: _("ghi nhận bản giao ước đã ký đủ, có bản quét"),
    "amendment.proposed": lambda d: _amendment(_("đề nghị sửa"), d),
    "amendment.consented": _consented,
    "amendment.applied": lambda d: _amendment(_("ghi nhận hai bên đồng ý sửa"), d),
    "amendment.rejected": lambda d: _amendment(_("không đồng ý sửa"), d),
    "amendment.lapsed": lambda d: _amendment(
        _("kết thúc đề nghị chưa được trả lời, vì bản đã có hiệu lực, về"), d
    ),
    "agreement.voided": lambda d: _("hủy bản giao ước"),
    "agreement.version_made": lambda d: _(
        "lập bản mới thứ %(n)s của giao ước", n=d.get("version", "")
    ),
    "agreement.signatories_set": lambda d: _("chọn người ký của %(body)s", body=d.get("body", "")),
    "agreement.ordered": lambda d: _("sửa thứ tự các bên của bản giao ước"),
    "agreement.refreshed": lambda d: _("đưa thêm đơn vị đã thống nhất vào dự thảo"),
    "agreement.witness_added": lambda d: _("thêm bên chứng kiến %(body)s", body=d.get("body", "")),
    "agreement.witness_dropped": lambda d: _("bỏ bên chứng kiến %(body)s", body=d.get("body", "")),
    "meeting.planned": lambda d: _("sửa kế hoạch hội nghị"),
    "meeting.pack_asked": lambda d: _(
        "yêu cầu tạo bộ tài liệu hội nghị, %(n)s văn bản", n=d.get("papers", "")
    ),
    "meeting.pack_paper_retried": lambda d: _(
        "yêu cầu tạo lại văn bản %(name)s của bộ tài liệu hội nghị", name=d.get("name", "")
    ),
    "meeting.recorded": lambda d: _("ghi biên bản hội nghị ký kết"),
    "meeting.closed": lambda d: _("chốt biên bản hội nghị ký kết"),
    "document.render_retried": lambda d: _("yêu cầu tạo lại văn bản"),
    "round.opened": lambda d: _("mở lượt ký"),
    "round.completed": lambda d: _("ghi nhận lượt ký đã đủ"),
    "round.voided": lambda d: _("hủy lượt ký"),
    "step.confirmed": lambda d: _(
        "xác nhận điện tử trong phần mềm thay mặt %(body)s", body=d.get("body", "")
    ),
    "step.signed_on_paper": lambda d: _(
        "ghi nhận %(who)s đã ký trên giấy ngày %(day)s",
        who=d.get("person", ""),
        day=_day(d.get("on")),
    ),
    "step.attested": lambda d: _seen(_("xác nhận đã thấy tại bàn chữ ký"), d),
    "step.seen_on_scan": lambda d: _seen(_("xác nhận đã thấy trên bản quét chữ ký"), d),
    "step.corrected": _slip,
    "step.disputed": lambda d: _(
        "phản ánh chữ ký của %(who)s không đúng, không tính nữa", who=d.get("person", "")
    ),
    "agreement.fell_back": lambda d: _("trạng thái trở lại theo những chữ ký còn được tính"),
    "step.refused": lambda d: _("ghi nhận %(who)s từ chối ký", who=d.get("person", "")),
    "step.absent": lambda d: _("ghi nhận %(who)s vắng mặt", who=d.get("person", "")),
    "scan.uploaded": lambda d: _("tải lên bản quét"),
    "scan.confirmed": lambda d: _("xác nhận bản quét đúng là văn bản đã chốt"),
    "scan.rejected": lambda d: _("không nhận bản quét"),
    "document.numbered": lambda d: _(
        "cấp số, ghi ngày văn bản: %(number)s", number=d.get("number", "")
    ),
    "document.number_corrected": lambda d: _(
        "đính chính số, ngày văn bản: %(before)s thành %(after)s; lý do: %(reason)s",
        before=d.get("before", ""),
        after=d.get("after", ""),
        reason=d.get("reason", ""),
    ),
    "table.exported": lambda d: _("xuất bảng Excel, %(n)s dòng", n=d.get("rows", "")),
}
