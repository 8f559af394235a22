"""Where an agreement stands, what its members say of it, who has still to sign: for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from pledge_app.agreements import operations, queries, signing
from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.models import Agreement, AgreementComment
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.agreements.states import AgreementState
from pledge_app.audit.queries import Happened, timeline_of
from pledge_app.criteria.words import figure_words
from pledge_app.documents.operations import frozen_content
from pledge_app.documents.printable import as_printed
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.canonical import plain
from pledge_app.orgs.models import Body
from pledge_app.papers.definition import Content
from pledge_app.papers.errors import PaperError
from pledge_app.pledges.models import Target
from pledge_app.signing.models import SigningRound, SigningStep
from pledge_app.signing.rounds import missing, not_on_scan, without_ink
from pledge_app.signing.states import StepState

S = AgreementState
SET_AT_FREEZING = {"short_code", "draft", "public_url"}


@dataclass(frozen=True)
class Opinion:
    """What one member said; `outdated`: it agreed to a content that was changed since."""

    body: str
    by: str
    at: datetime
    agrees: bool
    text: str
    outdated: bool


def content_of(agreement: Agreement) -> Content:
    """What the version says: as frozen, once it is; a draft as it would be frozen now."""
    if agreement.document:
        return frozen_content(agreement.document.envelope)
    return agreement_content(agreement)


def steps(agreement: Agreement) -> list[tuple[str, str]]:
    """(word, "done" | "now" | "") of the stepper; a void version has none."""
    if agreement.state is S.VOID:
        return []
    words = [
        _("Dự thảo"),
        _("Đang tạo văn bản"),
        _("Đã xác nhận, chờ bản có chữ ký") if agreement.state is S.CONFIRMED else _("Chờ ký"),
        _("Đã ký trên giấy, chờ bản quét"),
        _("Đã được thay thế") if agreement.state is S.REPLACED else _("Đã ký"),
    ]
    places = {S.RENDERING: 1, S.AWAITING: 2, S.CONFIRMED: 2, S.INKED: 3, S.SIGNED: 4, S.REPLACED: 4}
    now = places.get(agreement.state, 0)
    return [
        (word, "done" if place < now else "now" if place == now else "")
        for place, word in enumerate(words)
    ]


def holder(agreement: Agreement, opened: SigningRound | None) -> str:
    """Who has it now, and what they must do."""
    lead = agreement.lead_body.name
    if agreement.state is S.DRAFT:
        if agreement.circulated_at is None:
            return _("Đang ở %(body)s: soạn dự thảo.", body=lead)
        return _("Dự thảo đang lấy ý kiến các đơn vị; %(body)s hoàn thiện và chốt.", body=lead)
    if opened is not None and agreement.state in (S.AWAITING, S.CONFIRMED, S.INKED):
        return _signing_holder(agreement, opened)
    return {
        S.RENDERING: _("Phần mềm đang tạo văn bản từ nội dung đã chốt."),
        S.SIGNED: _(
            "Đã ký đủ, có bản quét; có hiệu lực từ %(day)s.",
            day=_day(agreement.in_force_on),
        ),
        S.REPLACED: _("Đã có phiên bản mới hơn được ký."),
        S.VOID: _("Đã hủy: %(reason)s", reason=agreement.void_reason),
    }.get(agreement.state, "")


def _signing_holder(agreement: Agreement, opened: SigningRound) -> str:
    """Whose signature is missing in the sense of the state, and whether the agreement is in
    force already.
    """
    if agreement.state is S.AWAITING:
        return _awaited(missing(opened))
    if agreement.state is S.CONFIRMED:
        said = _(
            "Các bên đã xác nhận; còn chờ chữ ký trên giấy của: %(names)s.",
            names=_names(without_ink(opened)),
        )
    else:
        said = _(
            "Đã ký đủ trên giấy; còn chờ thấy trên bản quét: %(names)s.",
            names=_names(not_on_scan(opened)),
        )
    if agreement.in_force_on is None:
        return said
    return (
        said
        + " "
        + _("Có hiệu lực từ %(day)s; báo cáo quý mở theo hạn.", day=_day(agreement.in_force_on))
    )


def _awaited(steps: list[SigningStep]) -> str:
    """Who has not signed at all, and whose recorded signature waits for a second person."""
    recorded = [step for step in steps if step.is_only_recorded]
    unsigned = [step for step in steps if not step.is_only_recorded]
    said = []
    if unsigned:
        said.append(_("Còn chờ ký: %(names)s.", names=_names(unsigned)))
    if recorded:
        said.append(
            _("Đã ghi nhận, chờ người thứ hai xác nhận: %(names)s.", names=_names(recorded))
        )
    return " ".join(said)


def _names(steps: list[SigningStep]) -> str:
    return ", ".join(dict.fromkeys(step.body_name for step in steps))


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on is not None else ""


def opinions(agreement: Agreement) -> list[Opinion]:
    """Every comment, newest first; those on an older version too, when a change at the table
    made this one.
    """
    now = (
        operations.content_now(agreement)
        if agreement.state in (S.DRAFT, S.RENDERING, S.AWAITING)
        else ""
    )
    older = queries.versions_before(agreement)
    comments = [row for version in (agreement, *older) for row in reversed(version.comments)]
    return [
        Opinion(
            row.body.name,
            row.by_name,
            row.at,
            row.agrees,
            row.text,
            bool(
                now and row.draft_sha256 and row.draft_sha256 != now and _outdates(row, agreement)
            ),
        )
        for row in comments
    ]


def _outdates(row: AgreementComment, agreement: Agreement) -> bool:
    """An agreement to other words is no longer one; a comment on an older version was made on
    other words.
    """
    return row.agrees or row.agreement_id != agreement.id


@dataclass(frozen=True)
class Answers:
    """The members, but the lead, by what they said of the draft as it is now."""

    agreed: list[Body]
    changed: list[Body]
    """They agreed to a content that was changed since."""
    remarked: list[Body]
    """They wrote something and did not agree."""
    unanswered: list[Body]


def answers(agreement: Agreement) -> Answers:
    """Silence is no dissent: who has not answered is told apart from who wants something else."""
    now = operations.content_now(agreement)
    found = Answers([], [], [], [])
    for party in agreement.parties:
        if party.is_witness or party.body_id == agreement.lead_body_id:
            continue
        own = [row for row in agreement.comments if row.body_id == party.body_id]
        if not own:
            found.unanswered.append(party.body)
        elif not own[-1].agrees:
            found.remarked.append(party.body)
        elif own[-1].draft_sha256 == now:
            found.agreed.append(party.body)
        else:
            found.changed.append(party.body)
    return found


def speaking_bodies(agreement: Agreement, actor: Actor) -> list[Body]:
    """The parties for which the actor may comment on the draft."""
    mine = actor.bodies_as(Role.CLERK, Role.LEADER)
    if agreement.state is not S.DRAFT:
        return []
    return [party.body for party in agreement.parties if party.body_id in mine]


def preview_fits(agreement: Agreement, content: Content) -> bool:
    """True when the newest preview shows the content as it is now."""
    if agreement.preview is None:
        return False
    shown = frozen_content(agreement.preview.envelope)
    try:
        now = plain(as_printed(AGREEMENT.kind, content))
    except PaperError:
        return False
    return all(shown.get(key) == value for key, value in now.items() if key not in SET_AT_FREEZING)


def own_steps(
    agreement: Agreement,
    opened: SigningRound | None,
    actor: Actor,
    today: date,
) -> list[SigningStep]:
    """The open steps that the actor may confirm today."""
    if opened is None or agreement.state not in (S.AWAITING, S.CONFIRMED, S.INKED):
        return []
    waiting = [
        step
        for step in opened.steps
        if step.confirmed_at is None and not step.is_inked and step.state is not StepState.REFUSED
    ]
    return signing.own_steps(
        agreement,
        waiting,
        actor,
        today=today,
    )


def target_label(target: Target) -> str:
    """ "UBND xã Hải Quang · 1. Sản phẩm OCOP: 3 sản phẩm"."""
    return (
        f"{target.pledge.body.name} · {target.criterion.code}. {target.criterion.name}: "
        f"{figure_words(target.goal, target.criterion.is_yes_no)}"
        f"{'' if target.criterion.is_yes_no else f' {target.criterion.unit_of_measure}'}"
    ).strip()


def timeline(agreement: Agreement) -> list[Happened]:
    """The trail of the agreement, of its signatures and of the changes proposed to it, newest
    first.
    """
    opened = queries.round_of(agreement)
    steps_there = [step.pid for step in opened.steps] if opened is not None else []
    return timeline_of(
        {
            Agreement.__tablename__: [agreement.pid],
            SigningStep.__tablename__: steps_there,
            Amendment.__tablename__: [row.pid for row in queries.amendments_of(agreement)],
        }
    )
