"""What the trail seals of an agreement, its state and its paper, and of a change at the table."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from pledge_app.agreements.amendment_models import Amendment
from pledge_app.agreements.models import Agreement, AgreementComment, Party, Signatory
from pledge_app.kernel.checks import Sealed

FREEZES = frozenset({"agreement.frozen"})

AGREEMENT = Sealed(
    Agreement,
    Agreement,
    (
        "cluster_id",
        "emulation_year_id",
        "version",
        "replaces_id",
        "lead_body_id",
        "state",
        "paper_date",
        "document_id",
        "frozen_at",
        "signed_at",
        "in_force_on",
        "void_reason",
    ),
    _l("trạng thái của bản giao ước"),
)
PARTIES = Sealed(
    Agreement,
    Party,
    ("body_id", "pledge_id", "position", "is_witness"),
    _l("các bên của bản giao ước đã chốt"),
    (Party.agreement_id == Agreement.id,),
    by=FREEZES,
)
SIGNATORIES = Sealed(
    Agreement,
    Signatory,
    ("party_id", "position", "body_id", "person_id", "name", "title", "authority"),
    _l("người ký của bản giao ước đã chốt"),
    (Signatory.party_id == Party.id, Party.agreement_id == Agreement.id),
    by=FREEZES,
)
COMMENTS = Sealed(
    Agreement,
    AgreementComment,
    ("pid", "body_id", "agrees", "text", "draft_sha256", "by_name", "at"),
    _l("ý kiến về dự thảo"),
    (AgreementComment.agreement_id == Agreement.id,),
    by=frozenset({"agreement.commented"}),
    is_always_sealed=True,
)
AMENDMENT = Sealed(
    Amendment,
    Amendment,
    (
        "agreement_id",
        "target_id",
        "state",
        "old_goal",
        "new_goal",
        "hamlets",
        "reason",
        "proposed_by_id",
        "proposed_by",
        "proposed_at",
        "commune_by_id",
        "commune_by",
        "commune_at",
        "reviewer_by_id",
        "reviewer_by",
        "reviewer_at",
        "answer",
    ),
    _l("đề nghị sửa số liệu tại bàn"),
)
ALL = (AGREEMENT, PARTIES, SIGNATORIES, COMMENTS, AMENDMENT)
