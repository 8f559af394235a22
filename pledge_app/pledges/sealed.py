"""What the trail seals of a pledge with each of its deeds; what was sent: `reviews/sealed.py`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.checks import Sealed
from pledge_app.pledges.models import Pledge

PLEDGE = Sealed(
    Pledge,
    Pledge,
    (
        "unit_id",
        "body_id",
        "emulation_year_id",
        "cluster_id",
        "state",
        "round",
        "amendments",
        "signed_off_at",
        "signed_off_by",
        "signed_off_note",
        "sent_at",
        "sent_on",
        "agreed_at",
    ),
    _l("trạng thái của bản đăng ký"),
)
ALL = (PLEDGE,)
