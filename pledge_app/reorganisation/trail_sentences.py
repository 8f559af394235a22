"""What the trail says was done: a reorganisation of units."""

from __future__ import annotations

from flask_babel import gettext as _

from pledge_app.audit.sentences import day
from pledge_app.kernel.room import Sentence

SENTENCES: dict[str, Sentence] = {
    "reorganisation.carried_out": lambda d: _(
        "thực hiện sắp xếp đơn vị từ %(day)s: %(title)s",
        day=day(d.get("on")),
        title=d.get("title", ""),
    ),
    "pledge.discontinued": lambda d: _("dừng bản đăng ký vì đơn vị được sắp xếp lại"),
    "agreement.party_left": lambda d: _("bỏ bên %(body)s khỏi dự thảo", body=d.get("body", "")),
}
