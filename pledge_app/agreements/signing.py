"""Verbs of the signing: confirm, record what happened on paper, attest, the scan, disputes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import policy, queries
from pledge_app.agreements.models import Agreement
from pledge_app.agreements.states import AT_SIGNING
from pledge_app.documents import intake
from pledge_app.documents.models import Upload
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.orgs.office_queries import signs_as
from pledge_app.papers.intake.inspection import Upload as Inspected
from pledge_app.signing import disputes
from pledge_app.signing import operations as signing
from pledge_app.signing.models import SigningStep
from pledge_app.signing.states import Vouched


def own_steps(
    agreement: Agreement,
    steps: Iterable[SigningStep],
    actor: Actor,
    *,
    today: date,
) -> list[SigningStep]:
    """The steps whose office the actor holds today, or was delegated by its holder."""
    held = signs_as(actor.person_id, on=today)
    signatories = ((step, queries.signatory_of(agreement, step)) for step in steps)
    return [
        step
        for step, signatory in signatories
        if signatory is not None and signatory.holding_id in held
    ]


def may_confirm(agreement: Agreement, step: SigningStep, actor: Actor, *, today: date) -> bool:
    """True when the step is the actor's own."""
    return bool(
        own_steps(
            agreement,
            [step],
            actor,
            today=today,
        )
    )


def confirm(
    agreement: Agreement,
    step: SigningStep,
    *,
    content_sha256: str,
    actor: Actor,
    at: datetime,
    today: date,
) -> str:
    """Xác nhận điện tử trong phần mềm, by the office's holder only; gives the receipt. The
    password was typed again.
    """
    signing.only_holder(
        may_confirm(
            agreement,
            step,
            actor,
            today=today,
        )
    )
    return signing.confirm_step(
        step,
        content_sha256=content_sha256,
        actor=actor,
        at=at,
    )


def sign_on_paper(
    agreement: Agreement,
    step: SigningStep,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Who signed the printed paper; it counts when a second person attests it, or sees it on the
    scan.
    """
    recording(agreement, actor)
    check(
        on <= today,
        _("Ngày ký không được sau hôm nay."),
        [Problem(_("Ngày ký sau hôm nay."), "on")],
    )
    signing.sign_on_paper(
        step,
        on=on,
        actor=actor,
        at=at,
    )


def refuse(
    agreement: Agreement,
    step: SigningStep,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    today: date,
) -> None:
    """Từ chối ký, by the holder or as recorded at the meeting: this version can no longer be
    completed.
    """
    if not may_confirm(
        agreement,
        step,
        actor,
        today=today,
    ):
        recording(agreement, actor)
    signing.refuse(
        step,
        reason,
        actor=actor,
        at=at,
    )


def correct(
    agreement: Agreement,
    step: SigningStep,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Ghi nhầm: a refusal, an absence or an unseen signature is taken back, with the reason; the
    step asks who may.
    """
    step.LIFE.admit("correct", step, actor)
    _at_signing(agreement)
    signing.correct(
        step,
        reason,
        actor=actor,
        at=at,
    )


def attest(
    agreement: Agreement,
    steps: Collection[SigningStep],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """A second person was at the table and says so: the recorded signatures of `steps` count
    from here.
    """
    handling_scans(agreement, actor)
    signing.attest(steps, actor=actor, at=at)


def absent(
    agreement: Agreement,
    step: SigningStep,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Vắng mặt: may sign later."""
    recording(agreement, actor)
    signing.absent(
        step,
        reason,
        actor=actor,
        at=at,
    )


def upload_scan(
    agreement: Agreement,
    file: Inspected,
    name: str,
    *,
    actor: Actor,
    at: datetime,
) -> Upload:
    """The signed paper as a scan; people of other bodies then compare it with the frozen
    content.
    """
    handling_scans(agreement, actor)
    kept = intake.keep_upload(
        file,
        name,
        subject=agreement,
        body_ids=queries.reading_bodies(agreement),
        actor=actor,
        at=at,
    )
    members = {party.body_id for party in agreement.parties}
    told = {user for body in members for user in user_ids_at(body, (Role.CLERK, Role.LEADER))}
    told |= set(user_ids_at(agreement.cluster.reviewer_body_id, (Role.REVIEWER,)))
    notify(
        told - {kept.uploaded_by_id},
        _l("Có bản quét bản giao ước chờ đối chiếu."),
        "agreements.show",
        agreement.pid,
        at=at,
    )
    return kept


def confirm_scan(
    agreement: Agreement,
    upload: Upload,
    seen: Collection[SigningStep],
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
    """The scan is the frozen version and bears the signatures of `seen`, none of them of the
    actor's own body.

    `on`: the day of the signing. Several people may each confirm some signatures of one scan.
    """
    handling_scans(agreement, actor)
    check(
        seen,
        _("Hãy đánh dấu những chữ ký thấy trên bản quét."),
        [Problem(_("Chưa đánh dấu chữ ký nào."), "seen")],
    )
    intake.not_rejected(upload)
    ways = signing.see_on_scan(
        seen,
        upload,
        on=on,
        actor=actor,
        at=at,
    )
    names = [step.person_name or step.title for step in seen]
    intake.confirm_upload(
        upload,
        actor=actor,
        at=at,
        alone=Vouched.CONCURRENT in ways,
        signatures=names,
    )


def reject_scan(
    agreement: Agreement,
    upload: Upload,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """The scan is of another paper, or cannot be read. Once somebody saw signatures on it, the
    reviewer says so: they count no more, also where the agreement was signed by them; what is
    in force stays so, and is a task.
    """
    handling_scans(agreement, actor)
    confirmed = upload.confirmed_at is not None
    if confirmed and not policy.reviews_cluster(actor, agreement):
        raise Forbidden(
            _(
                "Bản quét đã có người xác nhận: chỉ cán bộ thẩm định của cụm trả lại được. "
                "Dữ liệu chưa thay đổi."
            )
        )
    intake.reject_upload(
        upload,
        reason,
        actor=actor,
        at=at,
        taking_back=confirmed,
    )
    opened = queries.round_of(agreement)
    if confirmed and opened is not None:
        made_by = disputes.lose_scan(
            opened,
            upload,
            reason,
            actor=actor,
            at=at,
        )
        _tell_of_dispute(
            agreement,
            made_by | {upload.uploaded_by_id},
            upload.original_name,
            reason,
            actor,
            at,
        )


def dispute(
    agreement: Agreement,
    step: SigningStep,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Phản ánh: this is not my signature, or the reviewer finds that there is none; the step
    asks who may.
    """
    _at_signing(agreement)
    made_by = disputes.dispute(
        step,
        reason,
        actor=actor,
        at=at,
    )
    _tell_of_dispute(
        agreement,
        made_by,
        step.person_name or step.title,
        reason,
        actor,
        at,
    )


def _tell_of_dispute(
    agreement: Agreement,
    made_by: set[int],
    what: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    told = made_by | set(user_ids_at(agreement.lead_body_id, (Role.CLERK, Role.LEADER)))
    told |= set(user_ids_at(agreement.cluster.reviewer_body_id, (Role.REVIEWER,)))
    notify(
        told - {actor.user_id or 0},
        _l(
            "%(who)s phản ánh chữ ký không đúng (%(what)s): %(why)s. Chữ ký này không còn được "
            "tính.",
            who=actor.name,
            what=what,
            why=reason,
        ),
        "agreements.show",
        agreement.pid,
        at=at,
    )


def recording(agreement: Agreement, actor: Actor) -> None:
    """Refuse anybody but those who record the meeting, and any state before the paper is frozen."""
    if not policy.records_meeting(actor, agreement):
        raise Forbidden(
            _("Chỉ đơn vị Cụm trưởng hoặc cán bộ thẩm định của cụm ghi nhận được việc này.")
        )
    _at_signing(agreement)


def _at_signing(agreement: Agreement) -> None:
    if agreement.state not in AT_SIGNING:
        raise Conflict(_("Bản giao ước chưa ở bước ký kết nên chưa ghi nhận được."))


def handling_scans(agreement: Agreement, actor: Actor) -> None:
    """Refuse strangers to the signing, and any state before the paper is frozen."""
    if not policy.handles_scans(actor, agreement):
        raise Forbidden(_("Tài khoản của bạn không được giao việc này. Dữ liệu chưa thay đổi."))
    if agreement.state not in AT_SIGNING:
        raise Conflict(_("Bản giao ước chưa ở bước ký kết nên chưa nhận bản quét."))
