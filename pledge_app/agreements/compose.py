"""How an agreement is put together from what is already known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from pledge_app.agreements import closing
from pledge_app.agreements.models import Agreement, AgreementBasis, Party, Signatory
from pledge_app.agreements.paper import AGREEMENT
from pledge_app.agreements.policy import composes_for, leads_cluster
from pledge_app.campaigns.bases import cited_bases
from pledge_app.campaigns.models import EmulationYear, LegalBasis
from pledge_app.campaigns.queries import phrases, year_of
from pledge_app.documents.parts import guidance_basis
from pledge_app.documents.wording import wording
from pledge_app.kernel.actor import Actor
from pledge_app.kernel.base import db
from pledge_app.kernel.errors import Forbidden, Problem, check
from pledge_app.orgs.models import Authority, Body, BodyKind, Cluster, Line, OfficeHolding
from pledge_app.orgs.office_queries import holdings_of
from pledge_app.orgs.queries import lead_of
from pledge_app.pledges.models import Pledge
from pledge_app.pledges.states import PledgeState

COMPOSED_FROM = (PledgeState.AGREED, PledgeState.IN_FORCE)
CHARGED = (Authority.TL, Authority.TUQ)
PROPOSED = ("purpose", "contents", "standards", "measures", "organisation", "commitment")
composes = composes_for


@dataclass(frozen=True)
class SignatoryLine:
    """One signatory as chosen or typed."""

    body_id: int
    name: str
    title: str
    authority: Authority
    holding_id: int | None = None


def leading_body(cluster: Cluster, actor: Actor, today: date) -> Body:
    """The body that leads the cluster today, if the actor acts for it; raises Forbidden."""
    lead = lead_of(cluster, on=today)
    check(lead is not None, _("Cụm này chưa có đơn vị Cụm trưởng. Hãy ghi nhận Cụm trưởng trước."))
    assert lead is not None
    if not leads_cluster(actor, cluster):
        raise Forbidden(_("Chỉ đơn vị Cụm trưởng được lập bản giao ước. Dữ liệu chưa thay đổi."))
    return lead.body


def year_or_refuse(cluster: Cluster) -> EmulationYear:
    """The year that guides the cluster; raises DomainError when there is none."""
    year = year_of(cluster)
    check(year is not None, _("Năm thi đua của cụm này chưa được mở."))
    assert year is not None
    return year


def propose(agreement: Agreement, today: date) -> None:
    """Parties from the members with an agreed pledge, their heads as signatories, bases in
    force, usual words.
    """
    pledges = agreed_pledges(agreement)
    heads = {
        row.body_id: row
        for row in reversed(holdings_of([m.body_id for m in agreement.cluster.members], on=today))
    }
    for member in agreement.cluster.members:
        pledge = pledges.get(member.body_id)
        if pledge is None:
            continue
        party = Party(
            body=member.body,
            pledge=pledge,
            position=member.position,
        )
        party.signatories = [_from_holding(heads.get(member.body_id), member.body, 1)]
        agreement.parties.append(party)
    if agreement.cluster.line is Line.MTTQ:
        agreement.parties.append(_attesting(agreement, today))
    set_bases(agreement, [*_laws(agreement), *_guidance(agreement)])
    words = wording(AGREEMENT)
    places = {"năm": str(agreement.cluster.year), "cụm": agreement.cluster.name}
    for name in PROPOSED:
        setattr(agreement, name, getattr(agreement, name) or words.filled(name, places))
    agreement.copies = agreement.copies or closing.proposed_copies(agreement)
    agreement.recipients = agreement.recipients or closing.proposed_recipients(agreement)


def _attesting(agreement: Agreement, today: date) -> Party:
    """On the Front's line the standing board of the level above attests with a signature (its
    usage since 2020).
    """
    upper = agreement.cluster.reviewer
    held = holdings_of([upper.id], on=today)
    party = Party(
        body=upper,
        is_witness=True,
        position=len(agreement.cluster.members) + 1,
    )
    party.signatories = [_from_holding(held[0] if held else None, upper, 1)]
    return party


def agreed_pledges(agreement: Agreement) -> dict[int, Pledge]:
    """Body id → its agreed pledge of the agreement's year and cluster."""
    rows = db.session.scalars(
        select(Pledge).where(
            Pledge.cluster_id == agreement.cluster.id,
            Pledge.emulation_year_id == agreement.emulation_year.id,
            Pledge.state.in_(COMPOSED_FROM),
        )
    )
    return {row.body_id: row for row in rows}


def unready(agreement: Agreement) -> list[Body]:
    """The members whose pledge is not agreed yet: named on the page."""
    pledges = agreed_pledges(agreement)
    return [member.body for member in agreement.cluster.members if member.body_id not in pledges]


def waiting(agreement: Agreement) -> list[Body]:
    """The members whose pledge is agreed by now but who are no party yet: taken in by
    `refresh_parties`.
    """
    known = {party.body_id for party in agreement.parties}
    return [
        pledge.body for body_id, pledge in agreed_pledges(agreement).items() if body_id not in known
    ]


def refresh_parties(agreement: Agreement, today: date) -> None:
    """Take in members whose pledge was agreed after the draft was begun."""
    known = {party.body_id for party in agreement.parties}
    pledges = agreed_pledges(agreement)
    with closing.following(agreement):
        for member in agreement.cluster.members:
            if member.body_id in pledges and member.body_id not in known:
                held = holdings_of([member.body_id], on=today)
                party = Party(
                    body=member.body,
                    pledge=pledges[member.body_id],
                    position=member.position,
                )
                party.signatories = [_from_holding(held[0] if held else None, member.body, 1)]
                agreement.parties.append(party)


def set_signatories(party: Party, lines: Sequence[SignatoryLine]) -> None:
    """1..n signatories of a party, in order."""
    party.signatories = [_signatory(line, position) for position, line in enumerate(lines, 1)]


def set_bases(agreement: Agreement, lines: Sequence[tuple[str, int | None]]) -> None:
    """Replace the căn cứ; blank lines fall away."""
    agreement.bases = [
        AgreementBasis(
            position=position,
            text=text.strip().rstrip(";."),
            legal_basis_id=basis_id,
        )
        for position, (text, basis_id) in enumerate([line for line in lines if line[0].strip()], 1)
    ]


def basis(basis_id: int | None) -> LegalBasis | None:
    """The legal basis of the register, if the line names one."""
    return db.session.get(LegalBasis, basis_id) if basis_id is not None else None


def incomplete(agreement: Agreement) -> list[Problem]:
    """What would stand empty or wrong on the paper: asked before it is frozen for the first
    time.
    """
    found: list[Problem] = []
    drives = [
        row
        for row in agreement.emulation_year.campaigns
        if row.theme or row.contents or phrases(row)
    ]
    if not drives and not agreement.contents.strip():
        found.append(
            Problem(
                _(
                    "Mục Nội dung thi đua còn trống: các đợt thi đua chỉ có ngày. Hãy ghi phần "
                    "chung, hoặc đề nghị cơ quan hướng dẫn ghi nội dung các đợt."
                ),
                "contents",
            )
        )
    if not agreement.measures.strip():
        found.append(Problem(_("Mục Biện pháp thực hiện còn trống."), "measures"))
    if not agreement.organisation.strip():
        found.append(Problem(_("Mục Tổ chức thực hiện còn trống."), "organisation"))
    return [
        *found,
        *_without_party(agreement),
        *_authorities(agreement),
        *closing.faults(agreement),
    ]


def _without_party(agreement: Agreement) -> list[Problem]:
    names = [body.name for body in waiting(agreement)]
    if not names:
        return []
    said = _(
        "Đã thống nhất bản đăng ký nhưng chưa là một bên: %(names)s. Hãy đưa vào dự thảo.",
        names=", ".join(names),
    )
    return [Problem(said, "parties")]


def _authorities(agreement: Agreement) -> list[Problem]:
    """Signatories whose authority and office do not go together (NĐ 30, Điều 13)."""
    return [
        Problem(f"{party.body.name}: {said}", f"party-{party.pid}")
        for party in agreement.parties
        for row in party.signatories
        if (said := authority_fault(row.body.kind, row.authority, row.title))
    ]


def authority_fault(kind: BodyKind, authority: Authority, title: str) -> str:
    """What is wrong with an authority before an office, in a sentence; "" where nothing is."""
    is_deputy = title.casefold().startswith("phó ")
    if authority is Authority.KT and not is_deputy:
        return _("ký KT. thì chức vụ phải là cấp phó, không phải “%(title)s”.", title=title)
    if authority is Authority.Q and is_deputy:
        return _("Q. (quyền) chỉ đứng trước chức vụ của người đứng đầu.")
    if authority is Authority.TM and is_deputy and kind is BodyKind.UBND:
        return _("cấp phó của Ủy ban nhân dân ký KT., không ký TM.")
    if authority in CHARGED and title.casefold().startswith("chủ tịch"):
        return _("người đứng đầu không ký TL. hay TUQ. của chính mình.")
    return ""


def missing(agreement: Agreement) -> list[Problem]:
    """What keeps the agreement from being frozen."""
    found: list[Problem] = []
    members = [party for party in agreement.parties if not party.is_witness]
    if not members:
        found.append(Problem(_("Chưa có bên nào có bản đăng ký đã thống nhất."), "parties"))
    found += [
        Problem(_("%(body)s chưa có người ký.", body=party.body.name), f"party-{party.pid}")
        for party in members
        if not party.signatories
    ]
    if not agreement.place.strip():
        found.append(Problem(_("Chưa ghi địa danh."), "place"))
    if not agreement.bases:
        found.append(Problem(_("Chưa có căn cứ nào."), "bases"))
    return found


def copy(agreement: Agreement) -> Agreement:
    """The next version as a copy, still to be changed and frozen; goals come fresh from the
    pledges.
    """
    newest = db.session.scalar(
        select(func.max(Agreement.version)).where(Agreement.cluster_id == agreement.cluster_id)
    )
    names = (
        *PROPOSED,
        "place",
        "copies",
        "recipients",
        "symbol",
        "show_qr",
        "paper_date",
        "is_illustrative",
        "circulated_at",
    )
    newer = Agreement(
        cluster=agreement.cluster,
        emulation_year=agreement.emulation_year,
        lead_body=agreement.lead_body,
        version=(newest or 0) + 1,
        replaces=agreement,
        parties=[],
        bases=[],
        **{name: getattr(agreement, name) for name in names},
    )
    set_bases(newer, [(row.text, row.legal_basis_id) for row in agreement.bases])
    for party in agreement.parties:
        twin = Party(
            body=party.body,
            pledge=party.pledge,
            position=party.position,
            is_witness=party.is_witness,
        )
        twin.signatories = [
            Signatory(
                position=row.position,
                body_id=row.body_id,
                holding_id=row.holding_id,
                person_id=row.person_id,
                name=row.name,
                title=row.title,
                authority=row.authority,
            )
            for row in party.signatories
        ]
        newer.parties.append(twin)
    db.session.add(newer)
    return newer


def _signatory(line: SignatoryLine, position: int) -> Signatory:
    holding = (
        db.session.get(OfficeHolding, line.holding_id) if line.holding_id is not None else None
    )
    return Signatory(
        position=position,
        body_id=line.body_id,
        holding_id=line.holding_id,
        person_id=holding.person_id if holding else None,
        name=line.name,
        title=line.title,
        authority=line.authority,
    )


def _from_holding(holding: OfficeHolding | None, body: Body, position: int) -> Signatory:
    if holding is None:
        return Signatory(
            position=position,
            body_id=body.id,
            name="",
            title="Chủ tịch",
            authority=Authority.TM,
        )
    return Signatory(
        position=position,
        body_id=body.id,
        holding_id=holding.id,
        person_id=holding.person_id,
        name=holding.person.name,
        title=holding.title,
        authority=holding.authority,
    )


def _guidance(agreement: Agreement) -> list[tuple[str, int | None]]:
    return [(basis, None) for basis in guidance_basis(agreement.emulation_year)]


def _laws(agreement: Agreement) -> list[tuple[str, int | None]]:
    """What the register proposes for agreements of the line, in force on the paper's day."""
    rows = cited_bases(agreement.cluster.line, agreement.paper_date)
    return [(f"Căn cứ {row.citation}", row.id) for row in rows]
