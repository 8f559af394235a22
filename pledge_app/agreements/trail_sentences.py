"""What the trail says was done: agreements and changes proposed to them."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day, figure
from pledge_app.kernel.room import Data, Sentence


def _amendment(act: str, data: Data) -> str:
    """Which figure of whom, from what to what."""
    return _(
        "%(act)s chỉ tiêu %(code)s của %(body)s: %(before)s → %(after)s",
        act=act,
        code=data.get("criterion", ""),
        body=data.get("body", ""),
        before=figure(data.get("before")),
        after=figure(data.get("after")),
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


SENTENCES: dict[str, Sentence] = {
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
        "ghi nhận bản giao ước có hiệu lực từ %(day)s",
        day=day(d.get("on")),
    ),
    "agreement.replaced": lambda d: _("ghi nhận bản giao ước được bản mới thay thế"),
    "agreement.signed": lambda d: _("ghi nhận bản giao ước đã ký đủ, có bản quét"),
    "amendment.proposed": lambda d: _amendment(_("đề nghị sửa"), d),
    "amendment.consented": _consented,
    "amendment.applied": lambda d: _amendment(_("ghi nhận hai bên đồng ý sửa"), d),
    "amendment.rejected": lambda d: _amendment(_("không đồng ý sửa"), d),
    "amendment.lapsed": lambda d: _amendment(
        _("kết thúc đề nghị chưa được trả lời, vì bản đã có hiệu lực, về"),
        d,
    ),
    "agreement.voided": lambda d: _("hủy bản giao ước"),
    "agreement.version_made": lambda d: _(
        "lập bản mới thứ %(n)s của giao ước",
        n=d.get("version", ""),
    ),
    "agreement.signatories_set": lambda d: _("chọn người ký của %(body)s", body=d.get("body", "")),
    "agreement.ordered": lambda d: _("sửa thứ tự các bên của bản giao ước"),
    "agreement.refreshed": lambda d: _("đưa thêm đơn vị đã thống nhất vào dự thảo"),
    "agreement.witness_added": lambda d: _("thêm bên chứng kiến %(body)s", body=d.get("body", "")),
    "agreement.witness_dropped": lambda d: _("bỏ bên chứng kiến %(body)s", body=d.get("body", "")),
    "agreement.fell_back": lambda d: _("trạng thái trở lại theo những chữ ký còn được tính"),
}
