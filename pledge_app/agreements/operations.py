"""Verbs of the joint agreement: it is composed, circulated, commented on and frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from pledge_app.accounts.queries import user_ids_at
from pledge_app.agreements import compose, policy, queries
from pledge_app.agreements.inherited import inherit_words
from pledge_app.agreements.models import Agreement, AgreementComment
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.snapshot import agreement_content
from pledge_app.agreements.states import AgreementState
from pledge_app.audit.operations import record
from pledge_app.campaigns.queries import judge
from pledge_app.documents.models import Document
from pledge_app.documents.operations import ask_to_render
from pledge_app.documents.operations import freeze as freeze_paper
from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.base import db
from pledge_app.kernel.canonical import content_sha256
from pledge_app.kernel.errors import Conflict, Forbidden, Problem, check
from pledge_app.kernel.versions import check_version
from pledge_app.notices.operations import notify
from pledge_app.orgs.models import Body, Cluster

TEXTS = (
    "place",
    "purpose",
    "contents",
    "standards",
    "measures",
    "organisation",
    "scoring",
    "commitment",
    "copies",
    "recipients",
    "symbol",
)


@dataclass(frozen=True)
class BasisLine:
    """A căn cứ: of the register (`legal_basis_id`) or a free line."""

    text: str
    legal_basis_id: int | None = None


def start_agreement(cluster: Cluster, *, actor: Actor, at: datetime, today: date) -> Agreement:
    """Version 1, composed from the cluster's agreed pledges, with what can be proposed already
    filled in.
    """
    lead = compose.leading_body(cluster, actor, today)
    year = compose.year_or_refuse(cluster)
    if db.session.scalar(
        select(Agreement.id).where(
            Agreement.cluster_id == cluster.id,
            Agreement.state != AgreementState.VOID,
        )
    ):
        raise Conflict(_("Cụm này đã có bản giao ước. Hãy mở bản đó."))
    version = (
        db.session.scalar(
            select(func.max(Agreement.version)).where(Agreement.cluster_id == cluster.id)
        )
        or 0
    ) + 1
    agreement = Agreement(
        cluster=cluster,
        emulation_year=year,
        lead_body=lead,
        version=version,
        paper_date=today,
        place=lead.place,
        is_illustrative=year.is_illustrative,
        parties=[],
        bases=[],
    )
    db.session.add(agreement)
    inherit_words(agreement)  # last year's own words before those of the template
    compose.propose(agreement, today)
    db.session.flush()
    record(
        "agreement.started",
        agreement,
        actor=actor,
        at=at,
        unit_id=lead.unit_id,
        version=version,
    )
    return agreement


def save_texts(
    agreement: Agreement,
    values: Mapping[str, str],
    *,
    bases: Sequence[BasisLine],
    paper_date: date,
    show_qr: bool,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The words of the agreement. A legal basis not in force on the paper's date is refused, the
    right one proposed.
    """
    drafting(agreement, actor)
    check_version(agreement.version_id, version)
    check_bases(bases, paper_date)
    for name in TEXTS:
        if name in values:
            setattr(agreement, name, values[name])
    agreement.paper_date, agreement.show_qr = paper_date, show_qr
    compose.set_bases(agreement, [(line.text, line.legal_basis_id) for line in bases])
    touch(agreement)
    record(
        "agreement.saved",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
    )


def check_bases(bases: Sequence[BasisLine], on: date) -> None:
    """Raise DomainError naming each basis that is not in force on the day, and what stands in
    its place.
    """
    wrong: list[Problem] = []
    for line in bases:
        basis = compose.basis(line.legal_basis_id)
        choice = judge(basis, on) if basis is not None else None
        if choice is not None and not choice.in_force:
            instead = (
                _(" Căn cứ đúng: %(name)s.", name=choice.instead.citation) if choice.instead else ""
            )
            wrong.append(
                Problem(
                    _(
                        "%(name)s không có hiệu lực vào ngày %(day)s.",
                        name=choice.basis.citation,
                        day=f"{on:%d/%m/%Y}",
                    )
                    + instead,
                    "bases",
                )
            )
    check(
        not wrong,
        _(
            "Có căn cứ không còn (hoặc chưa) hiệu lực vào ngày của văn bản. Nội dung đã nhập vẫn "
            "được giữ."
        ),
        wrong,
    )


def circulate(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """Gửi dự thảo lấy ý kiến: the members are told, and a preview is printed through the same
    pipe.
    """
    drafting(agreement, actor)
    check(agreement.parties, _("Bản giao ước chưa có bên nào."))
    agreement.circulated_at = at
    preview(agreement, actor=actor, at=at)
    record(
        "agreement.circulated",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
    )
    for party in agreement.parties:
        notify(
            user_ids_at(party.body_id, (Role.CLERK, Role.LEADER)),
            _l("Dự thảo bản giao ước của %(name)s đang lấy ý kiến.", name=agreement.cluster.name),
            "agreements.show",
            agreement.pid,
            at=at,
        )


def preview(agreement: Agreement, *, actor: Actor, at: datetime) -> Document:
    """The draft as it would be printed, marked DỰ THẢO."""
    if agreement.state is not AgreementState.DRAFT:
        raise Conflict(_("Chỉ bản dự thảo mới có bản xem trước."))
    agreement.preview = freeze_paper(
        AGREEMENT,
        agreement_content(agreement),
        subject=agreement,
        at=at,
        body_ids=queries.reading_bodies(agreement),
        is_draft=True,
    )
    return agreement.preview


def comment(
    agreement: Agreement,
    body: Body,
    *,
    agrees: bool,
    text: str,
    read_sha256: str,
    actor: Actor,
    at: datetime,
) -> None:
    """A member's word on the draft it has read (`read_sha256`: content_now() as the page showed
    it); every one stays.
    """
    if body.id not in commenting(agreement, actor):
        raise Forbidden(_("Chỉ các bên của bản giao ước được cho ý kiến."))
    check(
        agrees or text.strip(),
        _("Hãy ghi ý kiến, hoặc chọn nhất trí."),
        [Problem(_("Chưa có ý kiến."), "text")],
    )
    if agrees and read_sha256 != content_now(agreement):
        raise Conflict(
            _(
                "Dự thảo vừa được sửa sau khi bạn mở trang. Hãy tải lại trang, đọc nội dung mới "
                "rồi cho ý kiến."
            )
        )
    agreement.comments.append(
        AgreementComment(
            body_id=body.id,
            agrees=agrees,
            text=text,
            by_name=actor.name,
            at=at,
            draft_sha256=read_sha256,
        )
    )
    record(
        "agreement.commented",
        agreement,
        actor=actor,
        at=at,
        unit_id=body.unit_id,
        agrees=agrees,
        text=text,
    )
    notify(
        user_ids_at(agreement.lead_body_id, (Role.CLERK,)),
        _l("%(body)s đã cho ý kiến về dự thảo.", body=body.name),
        "agreements.show",
        agreement.pid,
        at=at,
    )


def commenting(agreement: Agreement, actor: Actor) -> set[int]:
    """The parties' bodies for which the actor may comment now. Raises Forbidden for anybody
    else, Conflict too late.
    """
    mine = policy.member_bodies(actor, agreement)
    if not mine:
        raise Forbidden(_("Chỉ các bên của bản giao ước được cho ý kiến."))
    if agreement.state is not AgreementState.DRAFT:
        raise Conflict(_("Bản giao ước không còn là dự thảo nên không nhận thêm ý kiến."))
    return set(mine)


def freeze(
    agreement: Agreement,
    *,
    version: int,
    actor: Actor,
    at: datetime,
    is_again: bool = False,
) -> Document:
    """Chốt nội dung trình ký: from here only signed, refused, voided. Not while a change waits
    for its consents.

    `is_again`: only figures of a frozen paper were changed at the table; its words are not asked
    about anew.
    """
    agreement.LIFE.guard("freeze", agreement, actor)
    check_version(agreement.version_id, version)
    missing = [*compose.missing(agreement), *undecided(agreement)]
    missing += [] if is_again else compose.incomplete(agreement)
    check(
        not missing,
        _("Bản giao ước chưa đủ điều kiện để chốt. Nội dung đã nhập vẫn được giữ."),
        missing,
    )
    check_bases(
        [BasisLine(row.text, row.legal_basis_id) for row in agreement.bases],
        agreement.paper_date,
    )
    agreement.document = freeze_paper(
        AGREEMENT,
        agreement_content(agreement),
        subject=agreement,
        at=at,
        body_ids=queries.reading_bodies(agreement),
        issuer_body_id=agreement.lead_body_id if agreement.symbol else None,
    )
    agreement.move("freeze", actor=actor)
    agreement.frozen_at = at
    agreement.refreeze = False
    record(
        "agreement.frozen",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
        version=agreement.version,
        content_sha256=agreement.document.envelope.content_sha256,
    )
    return agreement.document


def undecided(agreement: Agreement) -> list[Problem]:
    """The changes that are proposed and not decided: what is frozen must be what everybody will
    have agreed to.
    """
    return [
        Problem(
            _(
                "Đề nghị sửa chỉ tiêu %(code)s của %(body)s chưa được trả lời.",
                code=row.target.criterion.code,
                body=row.target.pledge.body.name,
            ),
            "amendments",
        )
        for row in queries.open_amendments(agreement)
    ]


def retry_render(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """Ask again for a paper that could not be made."""
    agreement.move("retry", actor=actor)
    assert agreement.document is not None
    ask_to_render(agreement.document, at=at)
    record(
        "agreement.render_retried",
        agreement,
        actor=actor,
        at=at,
        unit_id=agreement.lead_body.unit_id,
    )


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
