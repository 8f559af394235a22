"""Who may do what to a signing step: one-line questions, the day being the actor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import Actor
from pledge_app.kernel.permission import permission, system_only
from pledge_app.orgs.office_queries import holdings_of, signs_as
from pledge_app.signing import events

if TYPE_CHECKING:
    from pledge_app.documents.models import Upload
    from pledge_app.signing.models import SigningRound, SigningStep


@permission(_l("Xác nhận điện tử trong phần mềm (đúng người giữ chức, người được ủy quyền)"))
def holds(actor: Actor, step: SigningStep) -> bool:
    """The holder of the step's office today, or whom the holder delegated."""
    if actor.today is None or step.person_id is None:
        return False
    held = signs_as(actor.person_id, on=actor.today)
    return any(
        row.id in held and row.person_id == step.person_id
        for row in holdings_of([step.body_id], on=actor.today)
    )


@permission(_l("Ghi nhận chữ ký trên giấy, vắng mặt"))
def records(actor: Actor, step: SigningStep) -> bool:
    """Who records what happened at the table: the room of the paper knows them."""
    return events.RECORDS_SIGNING(step.round.document_id, actor)


@permission(
    _l(
        "Xác nhận chữ ký đã ghi nhận tại bàn (không phải chữ ký của cơ quan mình, không phải người "
        "cùng cơ quan với người ghi nhận)"
    )
)
def attests(actor: Actor, step: SigningStep) -> bool:
    """The second person beside whoever recorded the signature: the room of the paper knows who."""
    return events.VOUCHES(step, step.recorded_by_id, actor) is not None


@permission(
    _l(
        "Xác nhận chữ ký trên bản quét (không phải chữ ký của cơ quan mình, không phải người cùng "
        "cơ quan với người tải lên)"
    )
)
def sees_on_scan(actor: Actor, step: SigningStep, upload: Upload) -> bool:
    """The second person beside whoever uploaded the scan: the room of the paper knows who."""
    return events.VOUCHES(step, upload.uploaded_by_id, actor) is not None


@permission(_l("Đóng lượt ký khi bản giao ước bị hủy hoặc lập lại"))
def gives_up(actor: Actor, signing_round: SigningRound) -> bool:
    """Who may give up the paper, or the system that replaces it."""
    return actor.is_system or events.GIVES_UP_SIGNING(signing_round.document_id, actor)


@permission(_l("Từ chối ký, hoặc ghi nhận từ chối"))
def holds_or_records(actor: Actor, step: SigningStep) -> bool:
    """Either of the two."""
    return holds(actor, step) or records(actor, step)


@permission(_l("Phản ánh một chữ ký không đúng (người có chữ ký, người giữ chức)"))
def disputes(actor: Actor, step: SigningStep) -> bool:
    """Whose signature it would be, who holds the office today, or a reviewer of the cluster."""
    named = step.person_id is not None and actor.person_id == step.person_id
    return named or holds(actor, step) or events.REVIEWS_SIGNING(step.round.document_id, actor)


@permission(_l("Ghi nhầm: lấy lại từ chối, vắng mặt, chữ ký chưa ai xác nhận"))
def corrects(actor: Actor, step: SigningStep) -> bool:
    """A refusal of the holder's own is taken back by the holder only; a recorded one by who
    records.
    """
    return holds(actor, step) or (not step.refused_by_holder and records(actor, step))


@system_only
def by_system(actor: Actor, _subject: object) -> bool:
    """Only what was done to the steps, or to the paper, moves this; the verb asks who did that."""
    return actor.is_system
