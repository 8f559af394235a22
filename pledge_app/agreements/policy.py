"""Who may do what to an agreement. The lead is read from its dated rows, on the actor's own day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from pledge_app.kernel.actor import Actor, Role
from pledge_app.kernel.permission import condition, permission, system_only
from pledge_app.orgs.queries import lead_of

if TYPE_CHECKING:
    from pledge_app.agreements.amendment_models import Amendment
    from pledge_app.agreements.models import Agreement
    from pledge_app.orgs.models import Cluster
    from pledge_app.pledges.models import Pledge


@permission(_l("Lập bản giao ước cụm"))
def leads_cluster(actor: Actor, cluster: Cluster) -> bool:
    """Clerk or leader of the body that leads the cluster today; who led it before has no right
    left.
    """
    if actor.today is None:
        return False
    lead = lead_of(cluster, on=actor.today)
    return lead is not None and lead.body_id in actor.bodies_as(Role.CLERK, Role.LEADER)


@permission(_l("Soạn, gửi lấy ý kiến, tạo lại văn bản, lập phiên bản mới của bản giao ước cụm"))
def composes_for(actor: Actor, agreement: Agreement) -> bool:
    """Clerk or leader of the body that leads the cluster today."""
    return leads_cluster(actor, agreement.cluster)


@permission(_l("Chốt nội dung trình ký, hủy bản giao ước cụm"))
def composes_or_system(actor: Actor, agreement: Agreement) -> bool:
    """The lead; or a change at the table that both sides consented to."""
    return actor.is_system or composes_for(actor, agreement)


@condition
def member_bodies(actor: Actor, agreement: Agreement) -> frozenset[int]:
    """The parties (witnesses too) for which the actor is clerk or leader."""
    parties = {party.body_id for party in agreement.parties}
    return actor.bodies_as(Role.CLERK, Role.LEADER) & parties


@permission(_l("Cho ý kiến về dự thảo bản giao ước"))
def member_of(actor: Actor, agreement: Agreement) -> bool:
    """Clerk or leader of a body that is a party."""
    return bool(member_bodies(actor, agreement))


@permission(_l("Trả lại bản quét đã có người xác nhận"))
def reviews_cluster(actor: Actor, agreement: Agreement) -> bool:
    """A reviewer of the cluster."""
    return actor.has(Role.REVIEWER, agreement.cluster.reviewer_body_id)


@permission(
    _l("Hội nghị: kế hoạch, đại biểu, bộ tài liệu, diễn biến, biên bản, Cụm trưởng và cụm phó mới")
)
def records_meeting(actor: Actor, agreement: Agreement) -> bool:
    """The lead's people, or a reviewer of the cluster, record what happened at the meeting."""
    return composes_for(actor, agreement) or reviews_cluster(actor, agreement)


@permission(_l("Tải bản quét bản đã ký; trả lại bản quét chưa ai xác nhận"))
def handles_scans(actor: Actor, agreement: Agreement) -> bool:
    """Who records the meeting, and every party."""
    return records_meeting(actor, agreement) or member_of(actor, agreement)


@permission(_l("Đề nghị sửa số liệu tại bàn"))
def proposes_for(actor: Actor, agreement: Agreement, pledge: Pledge) -> bool:
    """Who may propose another figure: the lead, the reviewer, or the commune itself."""
    own = bool(actor.bodies_as(Role.CLERK, Role.LEADER) & {pledge.body_id})
    return own or records_meeting(actor, agreement)


@permission(
    _l(
        "Đồng ý sửa số liệu thay mặt đơn vị (không phải người đề nghị; người phụ trách chỉ ghi "
        "nhận văn bản lãnh đạo đã ký)"
    )
)
def consents_for_commune(actor: Actor, amendment: Amendment) -> bool:
    """A clerk or leader of the commune whose figure it is; the verb asks who proposed."""
    body_id = amendment.target.pledge.body_id
    return actor.has(Role.CLERK, body_id) or actor.has(Role.LEADER, body_id)


@permission(_l("Đồng ý sửa số liệu thay mặt cơ quan thẩm định (không phải người đề nghị)"))
def consents_for_reviewer(actor: Actor, amendment: Amendment) -> bool:
    """A reviewer of the cluster; the verb asks who proposed, and who had a hand in the pledge."""
    return actor.has(Role.REVIEWER, amendment.target.pledge.cluster.reviewer_body_id)


@permission(_l("Không đồng ý sửa số liệu, rút đề nghị (cả người đã đề nghị)"))
def answers_for(actor: Actor, amendment: Amendment) -> bool:
    """Who may say no to a proposal: whoever is asked, and who made it."""
    body_id = amendment.target.pledge.body_id
    own = bool(actor.bodies_as(Role.CLERK, Role.LEADER) & {body_id})
    is_proposer = actor.user_id is not None and actor.user_id == amendment.proposed_by_id
    return own or is_proposer or reviews_cluster(actor, amendment.agreement)


@system_only
def by_system(actor: Actor, _subject: object) -> bool:
    """Only an event does this: the file was rendered, the parties signed, both sides consented."""
    return actor.is_system
