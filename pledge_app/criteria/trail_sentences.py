"""What the trail says was done: criteria sets."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day
from pledge_app.kernel.room import Data, Sentence


def _set(data: Data) -> dict[str, str]:
    return {"name": str(data.get("name", "")), "n": str(data.get("version", ""))}


SENTENCES: dict[str, Sentence] = {
    "criteria.imported": lambda d: _("nhập bộ tiêu chí %(name)s, bản %(n)s", **_set(d)),
    "criteria.saved": lambda d: _(
        "sửa bản nháp bộ tiêu chí %(name)s, bản %(n)s: %(rows)s dòng",
        **_set(d),
        rows=d.get("rows", ""),
    ),
    "criteria.renewed": lambda d: _(
        "lập bản nháp %(n)s của bộ tiêu chí %(name)s, chép từ bản %(of)s",
        **_set(d),
        of=d.get("of", ""),
    ),
    "criteria.discarded": lambda d: _("xóa bản nháp %(n)s của bộ tiêu chí %(name)s", **_set(d)),
    "criteria.ended": lambda d: _(
        "cho bộ tiêu chí %(name)s, bản %(n)s hết hiệu lực từ %(on)s: %(reason)s",
        **_set(d),
        on=day(d.get("on")),
        reason=d.get("reason", ""),
    ),
    "indicator.joined": lambda d: _(
        "gộp chỉ số “%(other)s” vào “%(name)s”",
        other=d.get("other", ""),
        name=d.get("name", ""),
    ),
    "indicator.split": lambda d: _(
        "tách chỉ số “%(other)s” khỏi “%(name)s”",
        other=d.get("other", ""),
        name=d.get("name", ""),
    ),
    "criteria.published": lambda d: _("ban hành bộ tiêu chí %(name)s, bản %(n)s", **_set(d)),
}
