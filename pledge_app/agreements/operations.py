"""Verbs of the joint agreement: composed, circulated, frozen, voided, made anew; and what events do to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import compose, queries
from pledge_app.agreements.inherited import inherit_words
from pledge_app.agreements.models import Agreement, AgreementComment
from pledge_app.agreements.snapshot import agreement_content, cell_numbers
from pledge_app.agreements.states import AgreementState
from pledge_app.audit.operations import record
from pledge_app.campaigns.queries import judge
from pledge_app.documents.models import Document, PaperKind
from pledge_app.documents.operations import ask_to_render
from pledge_app.documents.operations import freeze as freeze_paper
from pledge_app.kernel.actor import SYSTEM, Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import content_sha256
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Body, Cluster
from pledge_app.pledges import review
from pledge_app.pledges.entry import HamletGoal
from pledge_app.pledges.models import Pledge, Target
from pledge_app.pledges.states import PledgeState
from pledge_app.signing.models import SigningRound
from pledge_app.signing.operations import Signer, open_round, void_round
from pledge_app.signing.states import RoundState

TEXTS = ("place", "purpose", "contents", "standards", "measures", "organisation", "commitment", "copies", "recipients",
         "symbol")


@dataclass(frozen=True)
class BasisLine:
    """A căn cứ: of the register (`legal_basis_id`) or a free line."""

    text: str
    legal_basis_id: int | None = None


def start_agreement(cluster: Cluster, *, actor: Actor, at: datetime, today: date) -> Agreement:
    """Version 1, composed from the cluster's agreed pledges, with what can be proposed already filled in."""
    lead = compose.leading_body(cluster, actor, today)
    year = compose.year_or_refuse(cluster)
    if db.session.scalar(select(Agreement.id).where(Agreement.cluster_id == cluster.id,
                                                    Agreement.state != AgreementState.VOID)):
        raise Conflict(_("Cụm này đã có bản giao ước. Hãy mở bản đó."))
    version = (db.session.scalar(select(func.max(Agreement.version)).where(Agreement.cluster_id == cluster.id)) or 0) + 1
    agreement = Agreement(cluster=cluster, emulation_year=year, lead_body=lead, version=version, paper_date=today,
                          place=lead.place, is_illustrative=year.is_illustrative, parties=[], bases=[])
    db.session.add(agreement)
    inherit_words(agreement)  # last year's own words before those of the template
    compose.propose(agreement, today)
    db.session.flush()
    record("agreement.started", agreement, actor=actor, at=at, unit_id=lead.unit_id, version=version)
    return agreement


def save_texts(agreement: Agreement, values: dict[str, Any], *, bases: Sequence[BasisLine], paper_date: date,
               show_qr: bool, version: int, actor: Actor, at: datetime) -> None:
    """The words of the agreement. A legal basis not in force on the paper's date is refused, the right one proposed."""
    drafting(agreement, actor)
    same_version(agreement, version)
    check_bases(bases, paper_date)
    for name in TEXTS:
        if name in values:
            setattr(agreement, name, values[name])
    agreement.paper_date, agreement.show_qr = paper_date, show_qr
    compose.set_bases(agreement, [(line.text, line.legal_basis_id) for line in bases])
    touch(agreement)
    record("agreement.saved", agreement, actor=actor, at=at, unit_id=agreement.lead_body.unit_id)


def check_bases(bases: Sequence[BasisLine], on: date) -> None:
    """Raise DomainError naming each basis that is not in force on the day, and what stands in its place."""
    wrong: list[Problem] = []
    for line in bases:
        basis = compose.basis(line.legal_basis_id)
        choice = judge(basis, on) if basis is not None else None
        if choice is not None and not choice.in_force:
            instead = _(" Căn cứ đúng: %(name)s.", name=choice.instead.citation) if choice.instead else ""
            wrong.append(Problem(_("%(name)s không có hiệu lực vào ngày %(day)s.", name=choice.basis.citation,
                                   day=f"{on:%d/%m/%Y}") + instead, "bases"))
    check(not wrong, _("Có căn cứ không còn (hoặc chưa) hiệu lực vào ngày của văn bản. Nội dung đã nhập vẫn được giữ."),
          wrong)


def circulate(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """Gửi dự thảo lấy ý kiến: the members are told, and a preview is printed through the same pipe."""
    drafting(agreement, actor)
    check(agreement.parties, _("Bản giao ước chưa có bên nào."))
    agreement.circulated_at = at
    preview(agreement, actor=actor, at=at)
    record("agreement.circulated", agreement, actor=actor, at=at, unit_id=agreement.lead_body.unit_id)
    for party in agreement.parties:
        notify(user_ids_at(party.body_id, (Role.CLERK, Role.LEADER)),
               _l("Dự thảo bản giao ước của %(name)s đang lấy ý kiến.", name=agreement.cluster.name),
               "agreements.show", agreement.pid, at=at)


def preview(agreement: Agreement, *, actor: Actor, at: datetime) -> Document:
    """The draft as it would be printed, marked DỰ THẢO."""
    if agreement.state is not AgreementState.DRAFT:
        raise Conflict(_("Chỉ bản dự thảo mới có bản xem trước."))
    agreement.preview = freeze_paper(PaperKind.AGREEMENT, agreement_content(agreement), subject=agreement, at=at,
                                     body_ids=queries.reading_bodies(agreement), is_draft=True)
    return agreement.preview


def comment(agreement: Agreement, body: Body, *, agrees: bool, text: str, read_sha256: str, actor: Actor,
            at: datetime) -> None:
    """A member's word on the draft it has read (`read_sha256`: content_now() as the page showed it); every one stays."""
    if body.id not in commenting(agreement, actor):
        raise Forbidden(_("Chỉ các bên của bản giao ước được cho ý kiến."))
    check(agrees or text.strip(), _("Hãy ghi ý kiến, hoặc chọn nhất trí."), [Problem(_("Chưa có ý kiến."), "text")])
    if agrees and read_sha256 != content_now(agreement):
        raise Conflict(_("Dự thảo vừa được sửa sau khi bạn mở trang. Hãy tải lại trang, đọc nội dung mới rồi cho ý kiến."))
    agreement.comments.append(AgreementComment(body_id=body.id, agrees=agrees, text=text, by_name=actor.name, at=at,
                                               draft_sha256=read_sha256))
    record("agreement.commented", agreement, actor=actor, at=at, unit_id=body.unit_id, agrees=agrees, text=text)
    notify(user_ids_at(agreement.lead_body_id, (Role.CLERK,)), _l("%(body)s đã cho ý kiến về dự thảo.", body=body.name),
           "agreements.show", agreement.pid, at=at)


def commenting(agreement: Agreement, actor: Actor) -> set[int]:
    """The parties' bodies for which the actor may comment now. Raises Forbidden for anybody else, Conflict too late."""
    mine = actor.bodies_as(Role.CLERK, Role.LEADER) & {party.body_id for party in agreement.parties}
    if not mine:
        raise Forbidden(_("Chỉ các bên của bản giao ước được cho ý kiến."))
    if agreement.state is not AgreementState.DRAFT:
        raise Conflict(_("Bản giao ước không còn là dự thảo nên không nhận thêm ý kiến."))
    return set(mine)


def freeze(agreement: Agreement, *, version: int, actor: Actor, at: datetime, is_again: bool = False) -> Document:
    """Chốt nội dung trình ký: from here only signed, refused, voided.

    `is_again`: only figures of a frozen paper were changed at the table; its words are not asked about anew.
    """
    agreement.LIFE.guard("freeze", agreement, actor)
    same_version(agreement, version)
    missing = compose.missing(agreement) + ([] if is_again else compose.incomplete(agreement))
    check(not missing, _("Bản giao ước chưa đủ điều kiện để chốt. Nội dung đã nhập vẫn được giữ."), missing)
    check_bases([BasisLine(row.text, row.legal_basis_id) for row in agreement.bases], agreement.paper_date)
    agreement.document = freeze_paper(PaperKind.AGREEMENT, agreement_content(agreement), subject=agreement, at=at,
                                      body_ids=queries.reading_bodies(agreement),
                                      issuer_body_id=agreement.lead_body_id if agreement.symbol else None)
    agreement.move("freeze", actor=actor)
    agreement.frozen_at = at
    record("agreement.frozen", agreement, actor=actor, at=at, unit_id=agreement.lead_body.unit_id,
           version=agreement.version, content_sha256=agreement.document.envelope.content_sha256)
    return agreement.document


def retry_render(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """Ask again for a paper that could not be made."""
    agreement.move("retry", actor=actor)
    assert agreement.document is not None
    ask_to_render(agreement.document, at=at)
    record("agreement.render_retried", agreement, actor=actor, at=at, unit_id=agreement.lead_body.unit_id)


def void(agreement: Agreement, reason: str, *, actor: Actor, at: datetime) -> None:
    """Hủy: with its reason; an open signing round is voided with it."""
    check(reason.strip(), _("Hãy ghi rõ lý do hủy."), [Problem(_("Chưa có lý do."), "reason")])
    agreement.move("void", actor=actor)
    agreement.void_reason = reason
    opened = queries.round_of(agreement)
    if opened is not None and opened.state is RoundState.OPEN:
        void_round(opened, reason, actor=actor, at=at)
    record("agreement.voided", agreement, actor=actor, at=at, unit_id=agreement.lead_body.unit_id, reason=reason)


def new_version(agreement: Agreement, reason: str, *, actor: Actor, at: datetime) -> Agreement:
    """A later change is a new version with its own signing; an unsigned older one is voided, a signed one
    stays in force until the new one is signed."""
    if agreement.state is not AgreementState.SIGNED:
        void(agreement, reason, actor=actor, at=at)
    elif not compose.composes(actor, agreement):
        raise Forbidden(_("Chỉ đơn vị Cụm trưởng được lập phiên bản mới."))
    newer = compose.copy(agreement)
    db.session.flush()
    if agreement.meeting is not None and agreement.meeting.document_id is None:
        agreement.meeting.agreement = newer  # the same meeting goes on with the new paper
        db.session.flush()
    record("agreement.version_made", newer, actor=actor, at=at, unit_id=agreement.lead_body.unit_id,
           version=newer.version, replaces=agreement.pid, reason=reason)
    return newer


def change_at_the_table(agreement: Agreement, target: Target, goal: Decimal | None, reason: str, *, actor: Actor,
                        at: datetime, hamlets: Mapping[int, HamletGoal] | None = None) -> Agreement:
    """Sửa số liệu tại bàn: amend the agreed pledge, void the paper, make and freeze the next version in one go."""
    if agreement.state not in (AgreementState.RENDERING, AgreementState.AWAITING):
        raise Conflict(_("Chỉ sửa số liệu tại bàn khi bản giao ước đã chốt và chưa ký xong."))
    check(target.pledge_id in {party.pledge_id for party in agreement.parties}, _("Chỉ tiêu này không thuộc các bên."))
    composing(agreement, actor)
    review.amend(target.pledge, target, goal, reason, actor=actor, at=at, hamlets=hamlets)
    newer = new_version(agreement, reason, actor=actor, at=at)
    freeze(newer, version=newer.version_id, actor=actor, at=at, is_again=True)
    notify(user_ids_at(target.pledge.body_id), _l("Số liệu của đơn vị trong bản giao ước vừa được sửa tại hội nghị: "
                                                 "%(reason)s", reason=reason), "agreements.show", newer.pid, at=at)
    return newer


def document_ready(document: Document, *, at: datetime) -> None:
    """Event: the frozen paper was rendered and stored. The agreement awaits its signatures."""
    agreement = db.session.scalar(select(Agreement).where(Agreement.document_id == document.id))
    if agreement is None or agreement.state is not AgreementState.RENDERING:
        return
    agreement.move("ready", actor=SYSTEM)
    opened = open_round(document, signers(agreement), at=at)
    record("agreement.awaits_signing", agreement, actor=SYSTEM, at=at, unit_id=agreement.lead_body.unit_id,
           round=opened.pid)
    for party in agreement.parties:
        notify(user_ids_at(party.body_id, (Role.LEADER,)), _l("Bản giao ước đã chốt, chờ ký."),
               "agreements.show", agreement.pid, at=at)


def signers(agreement: Agreement) -> list[Signer]:
    """Who signs, cell by cell, as on the paper."""
    numbers = cell_numbers(agreement)
    rows = [(party, row) for party in sorted(agreement.parties, key=lambda p: (p.is_witness, p.position))
            for row in party.signatories]
    return [Signer(cell_id=numbers[row.id], body_id=row.body_id, body_name=row.body.name, person_id=row.person_id,
                   person_name=row.name, title=row.title, authority=row.authority.value, is_witness=party.is_witness)
            for party, row in rows]


def round_completed(signing_round: SigningRound, *, at: datetime) -> None:
    """Event: the last party signed. The agreement is signed, the older version replaced, the pledges in force."""
    agreement = db.session.scalar(select(Agreement).where(Agreement.document_id == signing_round.document_id))
    if agreement is None:
        return
    agreement.move("complete", actor=SYSTEM)
    agreement.signed_at = at
    older = agreement.replaces
    if older is not None and older.state is AgreementState.SIGNED:
        older.move("replace", actor=SYSTEM)
    record("agreement.signed", agreement, actor=SYSTEM, at=at, unit_id=agreement.lead_body.unit_id,
           content_sha256=signing_round.document.envelope.content_sha256)
    for party in agreement.parties:
        notify(user_ids_at(party.body_id), _l("Bản giao ước của %(name)s đã ký đủ và có hiệu lực.",
                                             name=agreement.cluster.name), "agreements.show", agreement.pid, at=at)
        pledge: Pledge | None = party.pledge
        if pledge is not None and pledge.state is PledgeState.AGREED:
            review.come_into_force(pledge, at=at)


def content_now(agreement: Agreement) -> str:
    """SHA-256 of the content as it would be frozen now: what a member has read."""
    return content_sha256(agreement_content(agreement))


def touch(agreement: Agreement) -> None:
    """A change of its parties or bases is a change of the agreement: its version counts it."""
    flag_modified(agreement, "place")


def composing(agreement: Agreement, actor: Actor) -> None:
    """Refuse anybody but the people of the body that leads the cluster."""
    if not compose.composes(actor, agreement):
        raise Forbidden(_("Chỉ đơn vị Cụm trưởng thực hiện được việc này. Dữ liệu chưa thay đổi."))


def drafting(agreement: Agreement, actor: Actor) -> None:
    """Refuse anybody but the lead, and any state but the draft."""
    agreement.LIFE.guard("freeze", agreement, actor)


def same_version(agreement: Agreement, version: int) -> None:
    """Raise Conflict when somebody else saved after the page was opened."""
    if agreement.version_id != version:
        raise Conflict(_("Bản giao ước vừa được người khác sửa. Phần bạn nhập chưa ghi nhưng đã được giữ lại bên dưới; "
                         "hãy tải lại trang, so sánh rồi nhập tiếp."))
