"""What the trail seals of a signing: the round, whose signatures it asks for, every mark."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.checks import Sealed
from pledge_app.signing.models import SigningMark, SigningRound, SigningStep

ROUND = Sealed(
    SigningRound,
    SigningRound,
    ("document_id", "revision", "state", "opened_at", "void_reason"),
    _l("lượt ký"),
)
SIGNATORIES = Sealed(
    SigningRound,
    SigningStep,
    (
        "pid",
        "position",
        "cell_id",
        "body_id",
        "person_id",
        "is_witness",
        "body_name",
        "person_name",
        "title",
        "authority",
    ),
    _l("những người ký của lượt ký"),
    (SigningStep.round_id == SigningRound.id,),
    by=frozenset({"round.opened"}),
    is_always_sealed=True,
    suffix=".who",
)
STEP = Sealed(
    SigningStep,
    SigningStep,
    ("state", "reason", "refused_by_holder"),
    _l("tình trạng chữ ký"),
    (SigningStep.__table__.c["state"] != "pending",),
)
MARK = Sealed(
    SigningStep,
    SigningMark,
    (
        "pid",
        "kind",
        "by_id",
        "by_name",
        "as_body",
        "at",
        "day",
        "how",
        "upload_pid",
        "receipt",
        "withdrawn_at",
        "withdrawn_by_id",
        "withdrawn_by_name",
        "withdrawn_reason",
    ),
    _l("dấu ghi chữ ký"),
    (SigningMark.step_id == SigningStep.id,),
)
ALL = (ROUND, SIGNATORIES, STEP, MARK)
